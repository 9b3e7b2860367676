import { Anchor, Badge, Button, Group, Menu, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDots, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Condition } from '@/features/customer/conditions';
import { useStoreSearch } from '@/features/customer/searchApi';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { IconButton } from '@/ui/IconButton';
import { ListPage, TableArea } from '@/ui/ListPage';
import { EmptyState, PageTitle, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useCoupons, useDeleteCoupon, useSwitchCoupon, type Coupon } from './api';
import { CouponForm } from './CouponForm';
import { useCouponWords } from './words';

const colors: Record<Coupon['status'], string> = { unissued: 'gray', issued: 'teal', ended: 'gray' };
const settlesAfter = 250;

export function CouponListPage() {
  const { t } = useTexts();
  const may = useMay();
  const words = useCouponWords();
  const [typed, setTyped] = useState('');
  const [composing, setComposing] = useState(false);
  const [calm, setCalm] = useState(''); // what was asked for when a conversion of kana began
  const [text] = useDebouncedValue(composing ? calm : typed.trim(), settlesAfter);
  const coupons = useCoupons(text);
  const [editing, setEditing] = useState<Coupon | 'new' | null>(null);
  const mayEdit = may('coupon.edit');
  const columns = useMemo<TableColumn<Coupon>[]>(
    () => [
      {
        key: 'name',
        header: t('coupon.name'),
        width: 190,
        text: (coupon) => coupon.name,
        render: (coupon) =>
          mayEdit ? (
            <Anchor component="button" type="button" tabIndex={-1} size="sm" ta="left" onClick={() => setEditing(coupon)}>
              {coupon.name}
            </Anchor>
          ) : (
            coupon.name
          ),
      },
      { key: 'code', header: t('coupon.code'), width: 120, text: (coupon) => coupon.code, render: (coupon) => coupon.code },
      { key: 'discount', header: t('coupon.discount'), width: 150, text: words.discount, render: words.discount },
      { key: 'days', header: t('coupon.valid'), width: 180, render: (coupon) => words.days(coupon.valid_from, coupon.valid_to) },
      {
        key: 'status',
        header: t('coupon.status'),
        width: 200,
        render: (coupon) => (
          <Group gap={4} wrap="nowrap">
            <Badge size="sm" variant="light" color={colors[coupon.status]}>
              {t(`coupon.statuses.${coupon.status}`)}
            </Badge>
            {coupon.customer_limited && (
              <Badge size="sm" variant="default">
                {t('coupon.limited')}
              </Badge>
            )}
            {!coupon.enabled && (
              <Badge size="sm" variant="default">
                {t('coupon.disabled')}
              </Badge>
            )}
          </Group>
        ),
      },
      { key: 'granted', header: t('coupon.granted'), width: 70, align: 'right', render: (coupon) => (coupon.customer_limited ? <Holders coupon={coupon} state="granted" count={coupon.granted} /> : '') },
      { key: 'used', header: t('coupon.used'), width: 70, align: 'right', render: (coupon) => <Holders coupon={coupon} state="used" count={coupon.used} /> },
      { key: 'acts', header: t('common.actions'), width: 48, render: (coupon) => mayEdit && <Acts coupon={coupon} onEdit={() => setEditing(coupon)} /> },
    ],
    [t, words, mayEdit],
  );
  const items = coupons.data?.pages.flatMap((page) => page.items) ?? [];
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('coupon.add')}
    </Button>
  );
  const isEmpty = coupons.data !== undefined && items.length === 0;
  return (
    <ListPage>
      <PageTitle title={t('coupon.title')} acts={add} />
      <TextInput
        aria-label={t('coupon.search')}
        placeholder={t('coupon.search')}
        w={300}
        maxLength={100}
        value={typed}
        leftSection={<IconSearch size={16} aria-hidden />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onCompositionStart={() => {
          setCalm(text);
          setComposing(true);
        }}
        onCompositionEnd={() => setComposing(false)}
      />
      {coupons.error && <ProblemPanel problem={coupons.error} onRetry={() => void coupons.refetch()} />}
      {isEmpty && <EmptyState title={t(text ? 'coupon.noneFound' : 'coupon.none')}>{text ? null : t('coupon.noneText')}</EmptyState>}
      {!coupons.error && !isEmpty && (
        <TableArea>
          <DataTable label={t('coupon.title')} columns={columns} rows={items} rowKey={(coupon) => coupon.id} fixedColumns={1} tone={(coupon) => (coupon.enabled && coupon.status !== 'ended' ? undefined : 'muted')} busy={coupons.isPlaceholderData} {...(coupons.data ? {} : { bones: 8 })} />
        </TableArea>
      )}
      {coupons.hasNextPage && (
        <div>
          <Button variant="default" loading={coupons.isFetchingNextPage} onClick={() => void coupons.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {editing && <CouponForm key={editing === 'new' ? 'new' : editing.id} coupon={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </ListPage>
  );
}

/** The number, leading to the customers behind it. */
function Holders({ coupon, state, count }: { coupon: Coupon; state: 'granted' | 'used'; count: number }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const store = useStoreSearch();
  const tell = useProblemToast();
  if (count === 0) return '0';
  const open = async () => {
    const where: Condition = { all: [{ field: 'code', op: 'is', value: coupon.code }, { field: 'state', op: 'in', value: [state] }] };
    try {
      await navigate(`/customers?s=${await store({ condition: { has: 'coupon', where } })}`);
    } catch (thrown) {
      tell(asProblem(thrown));
    }
  };
  return (
    <Anchor component="button" type="button" tabIndex={-1} size="sm" aria-label={`${formatCount(count)} ${t(state === 'granted' ? 'coupon.toHolders' : 'coupon.toUsers', { name: coupon.name })}`} onClick={() => void open()}>
      {formatCount(count)}
    </Anchor>
  );
}

function Acts({ coupon, onEdit }: { coupon: Coupon; onEdit: () => void }) {
  const { t } = useTexts();
  const onError = useProblemToast();
  const { undoOf, mayUndo } = useUndoAct();
  const remove = useDeleteCoupon();
  const change = useSwitchCoupon();
  const [asking, setAsking] = useState(false);
  const deleteIt = () => remove.mutate(coupon, { onSuccess: ({ operation }) => toast(t('coupon.deleted'), undoOf(operation)), onError, onSettled: () => setAsking(false) });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('coupon.acts', { name: coupon.name })}>
            <IconDots size={16} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t('common.edit')}</Menu.Item>
          <Menu.Item
            onClick={() =>
              change.mutate({ coupon, enabled: !coupon.enabled }, { onSuccess: ({ operation }) => toast(t(coupon.enabled ? 'coupon.switchedOff' : 'coupon.switchedOn'), undoOf(operation)), onError })
            }
          >
            {t(coupon.enabled ? 'coupon.switchOff' : 'coupon.switchOn')}
          </Menu.Item>
          <Menu.Item color="var(--otokui-grave)" onClick={mayUndo ? deleteIt : () => setAsking(true)}>
            {t('coupon.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog opened={asking} title={t('coupon.deleteTitle')} act={t('common.deleteAct')} danger busy={remove.isPending} onClose={() => setAsking(false)} onConfirm={deleteIt}>
        {t('coupon.deleteText', { name: coupon.name })}
      </ConfirmDialog>
    </>
  );
}
