import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Customer } from '@/features/customer/api';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatYen } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { LinesSkeleton, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useCancelUse, useGrants, useRevokeCoupon, useUses, type CouponGrant, type CouponUse } from './api';
import { GrantDialog } from './GrantDialog';
import { useCouponWords } from './words';

const colors: Record<CouponGrant['state'], string> = { live: 'teal', used_up: 'gray', expired: 'gray', revoked: 'gray' };

/** クーポン履歴: what the customer was granted, and in which orders coupons were used. */
export function CouponsTab({ customer }: { customer: Customer }) {
  const may = useMay();
  const mayEdit = may('coupon.edit') && customer.deleted === 'no' && customer.status !== 'withdrawn';
  return (
    <Stack gap="lg">
      <Grants customer={customer.id} mayEdit={mayEdit} />
      <Uses customer={customer.id} mayEdit={may('coupon.edit')} />
    </Stack>
  );
}

function Grants({ customer, mayEdit }: { customer: string; mayEdit: boolean }) {
  const { t } = useTexts();
  const words = useCouponWords();
  const failed = useProblemToast();
  const { undoOf, mayUndo } = useUndoAct();
  const grants = useGrants(customer);
  const { mutate, isPending } = useRevokeCoupon(customer);
  const [revoking, setRevoking] = useState<CouponGrant | null>(null);
  const revoke = (grant: CouponGrant) =>
    mutate(grant, {
      onSuccess: ({ operation }) => toast(t('coupon.revoked'), undoOf(operation)),
      onError: failed,
      onSettled: () => setRevoking(null),
    });
  const [granting, setGranting] = useState(false);
  const columns: TableColumn<CouponGrant>[] = [
    { key: 'name', header: t('coupon.name'), width: 180, text: (grant) => grant.coupon_name, render: (grant) => grant.coupon_name },
    { key: 'code', header: t('coupon.code'), width: 120, text: (grant) => grant.coupon_code, render: (grant) => grant.coupon_code },
    {
      key: 'state',
      header: t('coupon.status'),
      width: 100,
      render: (grant) => (
        <Badge size="sm" variant="light" color={colors[grant.state]}>
          {t(`coupon.grantStates.${grant.state}`)}
        </Badge>
      ),
    },
    { key: 'left', header: t('coupon.left'), width: 80, align: 'right', render: (grant) => grant.times_left ?? t('coupon.unlimited') },
    { key: 'days', header: t('coupon.usable'), width: 180, render: (grant) => words.days(grant.usable_from, grant.usable_to) },
    { key: 'at', header: t('coupon.grantedAt'), width: 130, render: (grant) => formatMoment(grant.at) },
    { key: 'actor', header: t('coupon.by'), width: 100, text: (grant) => grant.actor ?? '', render: (grant) => grant.actor ?? '' },
    {
      key: 'act',
      header: t('common.actions'),
      width: 100,
      render: (grant) =>
        mayEdit && grant.state !== 'revoked' ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${t('coupon.revoke')}: ${grant.coupon_name}`}
            onClick={() => (mayUndo ? revoke(grant) : setRevoking(grant))}
          >
            {t('coupon.revoke')}
          </Button>
        ) : (
          grant.revoked_at && formatMoment(grant.revoked_at).slice(0, 10)
        ),
    },
  ];
  const items = grants.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2}>{t('coupon.grants')}</Title>
        {mayEdit && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setGranting(true)}>
            {t('coupon.grant')}
          </Button>
        )}
      </Group>
      {grants.error && <ProblemPanel problem={grants.error} onRetry={() => void grants.refetch()} />}
      {!grants.data && !grants.error && <LinesSkeleton lines={3} />}
      {grants.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('coupon.noGrants')}
        </Text>
      )}
      {items.length > 0 && (
        <TableArea part>
          <DataTable label={t('coupon.grants')} columns={columns} rows={items} rowKey={(grant) => grant.id} fixedColumns={1} tone={(grant) => (grant.state === 'live' ? undefined : 'muted')} />
        </TableArea>
      )}
      <More list={grants} />
      <ConfirmDialog opened={revoking !== null} title={t('coupon.revokeTitle')} act={t('coupon.revoke')} danger busy={isPending} onClose={() => setRevoking(null)} onConfirm={() => revoking && revoke(revoking)}>
        {revoking && t('coupon.revokeText', { name: revoking.coupon_name })}
      </ConfirmDialog>
      {granting && <GrantDialog target={{ customers: [customer] }} count={1} customer={customer} onClose={() => setGranting(false)} />}
    </Stack>
  );
}

function Uses({ customer, mayEdit }: { customer: string; mayEdit: boolean }) {
  const { t } = useTexts();
  const failed = useProblemToast();
  const { undoOf } = useUndoAct();
  const uses = useUses(customer);
  const cancel = useCancelUse(customer);
  const [asking, setAsking] = useState<CouponUse | null>(null);
  const columns = useMemo<TableColumn<CouponUse>[]>(
    () => [
      { key: 'at', header: t('coupon.usedAt'), width: 140, render: (use) => formatMoment(use.at) },
      { key: 'name', header: t('coupon.name'), width: 220, text: (use) => use.coupon_name, render: (use) => use.coupon_name },
      { key: 'code', header: t('coupon.code'), width: 130, text: (use) => use.coupon_code, render: (use) => use.coupon_code },
      { key: 'order', header: t('coupon.order'), width: 130, text: (use) => use.order_number, render: (use) => use.order_number },
      { key: 'amount', header: t('coupon.amount'), width: 100, align: 'right', render: (use) => formatYen(use.amount) },
      {
        key: 'act',
        header: t('common.actions'),
        width: 130,
        render: (use) =>
          use.state === 'cancelled' ? (
            <Badge size="sm" variant="default">
              {t('coupon.cancelled')}
            </Badge>
          ) : (
            mayEdit && (
              <Button size="compact-xs" variant="default" aria-label={`${t('coupon.cancelUse')}: ${use.order_number}`} onClick={() => setAsking(use)}>
                {t('coupon.cancelUse')}
              </Button>
            )
          ),
      },
    ],
    [t, mayEdit],
  );
  const items = uses.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="xs">
      <Title order={2}>{t('coupon.uses')}</Title>
      {uses.error && <ProblemPanel problem={uses.error} onRetry={() => void uses.refetch()} />}
      {!uses.data && !uses.error && <LinesSkeleton lines={3} />}
      {uses.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('coupon.noUses')}
        </Text>
      )}
      {items.length > 0 && (
        <TableArea part>
          <DataTable label={t('coupon.uses')} columns={columns} rows={items} rowKey={(use) => use.id} fixedColumns={1} tone={(use) => (use.state === 'used' ? undefined : 'muted')} />
        </TableArea>
      )}
      <More list={uses} />
      <ConfirmDialog
        opened={asking !== null}
        title={t('coupon.cancelTitle')}
        act={t('coupon.cancelAct')}
        cancel={t('common.close')}
        danger
        busy={cancel.isPending}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          asking &&
          cancel.mutate(asking.id, {
            onSuccess: ({ operation }) => toast(t('coupon.useCancelled'), undoOf(operation)),
            onError: failed,
            onSettled: () => setAsking(null),
          })
        }
      >
        {asking && t('coupon.cancelText', { name: asking.coupon_name, order: asking.order_number, amount: formatYen(asking.amount) })}
      </ConfirmDialog>
    </Stack>
  );
}

function More({ list }: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useTexts();
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('common.more')}
      </Button>
    </div>
  );
}
