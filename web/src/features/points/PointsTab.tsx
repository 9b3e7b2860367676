import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Customer } from '@/features/customer/api';
import { formatDay, formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useLedger, usePointsExplained, type PointEntry, type PointsExplained } from './api';
import { CancelDialog } from './CancelDialog';
import { asExpires, ExpiryBars } from './ExpiryBars';
import { LotsBehind } from './Lots';
import classes from './points.module.css';
import { PointsForm } from './PointsForm';
import { signed, useKindWords } from './words';

/** ポイント履歴: what is held, the box to change it, and the ledger. */
export function PointsTab({ customer }: { customer: Customer }) {
  const { t } = useTexts();
  const may = useMay();
  const told = usePointsExplained(customer.id);
  const [params] = useSearchParams();
  const expires = asExpires(params.get('expires'));
  const isMember = customer.status === 'member' && customer.deleted === 'no';
  if (told.error) return <ProblemPanel problem={told.error} onRetry={() => void told.refetch()} />;
  if (!told.data) return <LinesSkeleton lines={8} />;
  return (
    <Stack gap="md">
      <div className={classes.top}>
        <Summary customer={customer.id} told={told.data} expires={expires} />
        {isMember && may('points.edit') && <PointsForm customer={customer.id} told={told.data} />}
        {!isMember && (
          <Text size="sm" c="dimmed">
            {t('points.notMember')}
          </Text>
        )}
      </div>
      {expires && <LotsBehind customer={customer.id} expires={expires} />}
      <Ledger customer={customer.id} mayCancel={isMember && may('points.edit')} />
    </Stack>
  );
}

function Summary({ customer, told, expires }: { customer: string; told: PointsExplained; expires: string | null }) {
  const { t } = useTexts();
  return (
    <Paper withBorder p="md" component="section" aria-label={t('points.balance')}>
      <Text size="xs" c="dimmed">
        {t('points.balance')}
      </Text>
      <Text className={classes.balance} {...(told.balance < 0 ? { c: 'var(--mantine-color-error)' } : {})}>
        {formatCount(told.balance)}
      </Text>
      {told.next_expiry && (
        <Text size="sm">
          <Text span size="xs" c="dimmed">
            {t('points.next')}
          </Text>{' '}
          {t('points.nextText', { day: formatDay(told.next_expiry.at), points: formatCount(told.next_expiry.points) })}
        </Text>
      )}
      <ExpiryBars customer={customer} told={told} chosen={expires} />
      <Kinds told={told} />
    </Paper>
  );
}

/** The balance by kind, where it is of more than one. */
function Kinds({ told }: { told: PointsExplained }) {
  const kindOf = useKindWords();
  if (told.kinds.length < 2) return null;
  return (
    <dl className={classes.kinds}>
      {told.kinds.map((kind) => (
        <div key={`${kind.kind} ${kind.point_kind ?? ''}`}>
          <dt>{kindOf(kind)}</dt>
          <dd className={classes.number}>{formatCount(kind.points)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Ledger({ customer, mayCancel }: { customer: string; mayCancel: boolean }) {
  const { t } = useTexts();
  const ledger = useLedger(customer);
  const kindOf = useKindWords();
  const [cancelling, setCancelling] = useState<PointEntry | null>(null);
  const columns = useMemo<TableColumn<PointEntry>[]>(
    () => [
      { key: 'at', header: t('points.at'), width: 136, render: (row) => formatMoment(row.at) },
      { key: 'kind', header: t('points.kind'), width: 160, text: kindOf, render: kindOf },
      {
        key: 'delta',
        header: t('points.delta'),
        width: 80,
        align: 'right',
        render: (row) => (
          <span className={row.delta < 0 ? classes.minus : classes.plus}>{signed(row.delta)}</span>
        ),
      },
      { key: 'balance_after', header: t('points.after'), width: 84, align: 'right', render: (row) => formatCount(row.balance_after) },
      { key: 'expires_at', header: t('points.expiry'), width: 98, render: (row) => formatDay(row.expires_at) },
      { key: 'reason', header: t('points.reason'), width: 180, text: (row) => row.reason ?? '', render: (row) => row.reason ?? '' },
      { key: 'order_number', header: t('points.order'), width: 104, render: (row) => row.order_number ?? '' },
      { key: 'actor', header: t('points.by'), width: 100, text: (row) => row.actor ?? '', render: (row) => row.actor ?? '' },
      {
        key: 'cancel',
        header: t('points.cancel'),
        width: 90,
        render: (row) => {
          if (row.reversed_by) return <Badge size="sm" variant="default">{t('points.isCancelled')}</Badge>;
          if (!mayCancel || !row.cancellable) return '';
          return (
            <Button size="compact-xs" variant="default" aria-label={`${t('points.cancel')}: ${formatMoment(row.at)} ${signed(row.delta)}`} onClick={() => setCancelling(row)}>
              {t('points.cancel')}
            </Button>
          );
        },
      },
    ],
    [t, kindOf, mayCancel],
  );
  if (ledger.error) return <ProblemPanel problem={ledger.error} onRetry={() => void ledger.refetch()} />;
  const items = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  if (ledger.data && items.length === 0) return <EmptyState title={t('points.none')}>{t('points.noneText')}</EmptyState>;
  return (
    <Stack gap="sm">
      <TableArea part>
        <DataTable label={t('points.tab')} columns={columns} rows={items} rowKey={(row) => row.id} fixedColumns={1} tone={(row) => (row.reversed_by ? 'muted' : undefined)} {...(ledger.data ? {} : { bones: 8 })} />
      </TableArea>
      {ledger.hasNextPage && (
        <Group>
          <Button variant="default" loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </Group>
      )}
      {cancelling && <CancelDialog customer={customer} entry={cancelling} onClose={() => setCancelling(null)} />}
    </Stack>
  );
}
