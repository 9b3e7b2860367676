import { Badge, Button, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { usePurchases, type Customer, type Purchase } from './api';

const paymentColors: Partial<Record<Purchase['payment_status'], string>> = { captured: 'teal', voided: 'gray', refunded: 'gray', capture_failed: 'red', authorize_failed: 'red', void_failed: 'red', review_refused: 'red' };

/** 購入情報: one row per product of an order. */
export function PurchasesTab({ customer }: { customer: Customer }) {
  const { t } = useTexts();
  const purchases = usePurchases(customer.id);
  const columns = useMemo<TableColumn<Purchase>[]>(
    () => [
      { key: 'order_number', header: t('purchase.order'), width: 140, render: (row) => row.order_number },
      { key: 'ordered_at', header: t('purchase.date'), width: 140, render: (row) => formatMoment(row.ordered_at) },
      { key: 'payment_status', header: t('purchase.payment'), width: 110, render: (row) => <Badge size="sm" variant="light" color={paymentColors[row.payment_status] ?? 'blue'}>{t(`purchase.status.${row.payment_status}`)}</Badge> },
      { key: 'product_number', header: t('purchase.productNumber'), width: 130, render: (row) => row.product_number ?? '' },
      { key: 'product_name', header: t('purchase.product'), width: 320, text: (row) => row.product_name ?? '', render: (row) => row.product_name ?? '' },
      { key: 'quantity', header: t('purchase.quantity'), width: 70, align: 'right', render: (row) => formatCount(row.quantity) },
      { key: 'total', header: t('purchase.total'), width: 120, align: 'right', render: (row) => formatYen(row.total) },
    ],
    [t],
  );
  if (purchases.error) return <ProblemPanel problem={purchases.error} onRetry={() => void purchases.refetch()} />;
  if (!purchases.data) return <LinesSkeleton lines={8} />;
  const items = purchases.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState title={t('purchase.none')}>{t('purchase.noneText')}</EmptyState>;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('purchase.summary', { total: formatYen(customer.purchase_total), count: customer.purchase_count })}</Text>
      <DataTable label={t('customer.tabPurchases')} columns={columns} rows={items} rowKey={(row) => row.line} fixedColumns={1} tone={(row) => (row.payment_status === 'voided' || row.payment_status === 'refunded' ? 'muted' : undefined)} />
      {purchases.hasNextPage && (
        <Button variant="default" loading={purchases.isFetchingNextPage} onClick={() => void purchases.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Stack>
  );
}
