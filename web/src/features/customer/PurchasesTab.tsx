import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { OrderDialog } from '@/features/order/OrderDialog';
import { PaymentBadge } from '@/features/order/PaymentBadge';
import { formatMoment } from '@/lib/date/moment';
import { asPeriod, formatPeriod } from '@/lib/date/period';
import { useTexts } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { usePurchases, type Customer, type Purchase } from './api';
import { narrowedBy, toAll } from './purchaseLinks';

const PurchasePicture = lazy(async () => ({ default: (await import('./PurchasePicture')).PurchasePicture }));

const pictureHeight = 212; // as PurchasePicture.module.css has it

/** 購入情報: how much was bought when, and one row per product of an order. */
export function PurchasesTab({ customer }: { customer: Customer }) {
  const { t, language } = useTexts();
  const [params] = useSearchParams();
  const period = asPeriod(params.get('period'));
  const narrowed = narrowedBy(params, period);
  const purchases = usePurchases(customer.id, narrowed);
  const [opened, setOpened] = useState<string | null>(null);
  const columns = useMemo<TableColumn<Purchase>[]>(
    () => [
      {
        key: 'order_number',
        header: t('purchase.order'),
        width: 140,
        render: (row) => (
          <Anchor component="button" type="button" tabIndex={-1} size="sm" aria-label={t('order.open', { number: row.order_number })} onClick={() => setOpened(row.order)}>
            {row.order_number}
          </Anchor>
        ),
      },
      { key: 'ordered_at', header: t('purchase.date'), width: 140, render: (row) => formatMoment(row.ordered_at) },
      { key: 'payment_status', header: t('purchase.payment'), width: 110, render: (row) => <PaymentBadge status={row.payment_status} /> },
      { key: 'product_number', header: t('purchase.productNumber'), width: 130, render: (row) => row.product_number ?? '' },
      { key: 'product_name', header: t('purchase.product'), width: 320, text: (row) => row.product_name ?? '', render: (row) => row.product_name ?? '' },
      { key: 'quantity', header: t('purchase.quantity'), width: 70, align: 'right', render: (row) => (row.line === null ? '' : formatCount(row.quantity)) },
      { key: 'total', header: t('purchase.total'), width: 120, align: 'right', render: (row) => formatYen(row.total) },
    ],
    [t, setOpened],
  );
  const items = purchases.data?.pages.flatMap((page) => page.items);
  const only = [
    ...(narrowed.order_number ? [t('purchase.onlyOrder', { number: narrowed.order_number })] : []),
    ...(narrowed.unsettled ? [t('purchase.onlyUnsettled')] : []),
    ...(period ? [t('picture.narrowed', { period: formatPeriod(period, language) })] : []),
  ];
  // What was asked for before has told nothing of what is asked for now.
  const isEmpty = items?.length === 0 && !purchases.isPlaceholderData;
  if (isEmpty && only.length === 0) return <EmptyState title={t('purchase.none')}>{t('purchase.noneText')}</EmptyState>;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('purchase.summary', { total: formatYen(customer.purchase_total), count: customer.purchase_count })}</Text>
      {customer.purchase_count === 0 ? (
        <Text size="sm" c="dimmed">
          {t('picture.none')}
        </Text>
      ) : (
        <Suspense fallback={<div style={{ minHeight: pictureHeight }} />}>
          <PurchasePicture customer={customer.id} period={period} />
        </Suspense>
      )}
      {only.length > 0 && (
        <Group gap="sm">
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {only.join(language === 'ja' ? '・' : ', ')}
          </Text>
          <Button component={Link} to={toAll(customer.id, params)} replace preventScrollReset size="compact-sm" variant="default" leftSection={<IconX size={14} aria-hidden />}>
            {period && only.length === 1 ? t('picture.all') : t('purchase.all')}
          </Button>
        </Group>
      )}
      {purchases.error ? (
        <ProblemPanel problem={purchases.error} onRetry={() => void purchases.refetch()} />
      ) : !items || (items.length === 0 && !isEmpty) ? (
        <LinesSkeleton lines={8} />
      ) : isEmpty ? (
        <EmptyState title={period && only.length === 1 ? t('picture.noneThen', { period: formatPeriod(period, language) }) : t('purchase.noneSuch')} />
      ) : (
        <TableArea part>
          <DataTable label={t('customer.tabPurchases')} columns={columns} rows={items} rowKey={(row) => row.line ?? `order-${row.order}`} fixedColumns={1} onOpen={(row) => setOpened(row.order)} busy={purchases.isPlaceholderData} tone={(row) => (row.payment_status === 'voided' || row.payment_status === 'refunded' ? 'muted' : undefined)} />
        </TableArea>
      )}
      {purchases.hasNextPage && (
        <Button variant="default" loading={purchases.isFetchingNextPage} onClick={() => void purchases.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      <OrderDialog order={opened} customer={customer.id} onClose={() => setOpened(null)} />
    </Stack>
  );
}
