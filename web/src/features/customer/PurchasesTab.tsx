import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { asPeriod, formatPeriod } from '@/lib/date/period';
import { useTexts } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { usePurchases, type Customer, type Purchase } from './api';

const PurchasePicture = lazy(async () => ({ default: (await import('./PurchasePicture')).PurchasePicture }));

const pictureHeight = 212; // as PurchasePicture.module.css has it

const paymentColors: Partial<Record<Purchase['payment_status'], string>> = { captured: 'teal', voided: 'gray', refunded: 'gray', capture_failed: 'red', authorize_failed: 'red', void_failed: 'red', review_refused: 'red' };

/** 購入情報: how much was bought when, and one row per product of an order. */
export function PurchasesTab({ customer }: { customer: Customer }) {
  const { t, language } = useTexts();
  const [params] = useSearchParams();
  const period = asPeriod(params.get('period'));
  const purchases = usePurchases(customer.id, period);
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
  const items = purchases.data?.pages.flatMap((page) => page.items);
  if (items?.length === 0 && !period) return <EmptyState title={t('purchase.none')}>{t('purchase.noneText')}</EmptyState>;
  const words = period && formatPeriod(period, language);
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
      {words && (
        <Group gap="sm">
          <Text size="sm" fw={600}>
            {t('picture.narrowed', { period: words })}
          </Text>
          <Button component={Link} to={withoutPeriod(customer.id, params)} replace preventScrollReset size="compact-sm" variant="default" leftSection={<IconX size={14} aria-hidden />}>
            {t('picture.all')}
          </Button>
        </Group>
      )}
      {purchases.error ? (
        <ProblemPanel problem={purchases.error} onRetry={() => void purchases.refetch()} />
      ) : !items ? (
        <LinesSkeleton lines={8} />
      ) : words && items.length === 0 ? (
        <EmptyState title={t('picture.noneThen', { period: words })} />
      ) : (
        <TableArea part>
          <DataTable label={t('customer.tabPurchases')} columns={columns} rows={items} rowKey={(row) => row.line} fixedColumns={1} busy={purchases.isPlaceholderData} tone={(row) => (row.payment_status === 'voided' || row.payment_status === 'refunded' ? 'muted' : undefined)} />
        </TableArea>
      )}
      {purchases.hasNextPage && (
        <Button variant="default" loading={purchases.isFetchingNextPage} onClick={() => void purchases.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Stack>
  );
}

function withoutPeriod(customer: string, params: URLSearchParams): string {
  const rest = new URLSearchParams(params);
  rest.delete('period');
  return `/customers/${customer}/purchases${rest.size > 0 ? `?${rest.toString()}` : ''}`;
}
