import { Anchor, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount, formatYen } from '@/lib/text/number';
import { formatPhone, formatPostalCode } from '@/lib/text/phone';
import { Facts, type Fact } from '@/ui/Facts';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useOrder, type Order } from './api';
import classes from './order.module.css';
import { PaymentBadge } from './PaymentBadge';

type Props = { customer: string; order: string | null; onClose: () => void };

/** One order as it came in. It stays mounted: only so the focus goes back to the row it was opened from. */
export function OrderDialog({ customer, order, onClose }: Props) {
  const { t } = useTexts();
  // While it fades away it still shows what it showed.
  const [shown, setShown] = useState(order);
  if (order !== null && order !== shown) setShown(order);
  const read = useOrder(customer, shown);
  return (
    <Modal opened={order !== null} onClose={onClose} size="xl" title={read.data ? t('order.title', { number: read.data.number }) : t('order.one')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {read.error ? <ProblemPanel problem={read.error} onRetry={() => void read.refetch()} /> : read.data ? <Shown order={read.data} customer={customer} /> : <LinesSkeleton lines={10} />}
    </Modal>
  );
}

function Shown({ order, customer }: { order: Order; customer: string }) {
  const { t } = useTexts();
  const may = useMay();
  const to = order.ship_to;
  const masked = !may('contact.read');
  const facts: Fact[] = [
    [t('purchase.date'), formatMoment(order.ordered_at)],
    [t('order.status'), order.status],
    [t('purchase.payment'), <PaymentBadge key="payment" status={order.payment_status} />],
    [t('order.method'), order.payment_method],
    [t('order.channel'), order.channel],
    [t('order.subscription'), order.subscription_number],
    [t('order.shippedAt'), formatMoment(order.shipped_at)],
    [t('order.tracking'), order.tracking_number],
    [t('order.note'), order.note],
  ];
  // A masked address does not say the prefecture, which everybody may know.
  const place = (masked ? [to.prefecture_name, to.address ?? to.postal_code] : [to.postal_code && `〒${formatPostalCode(to.postal_code)}`, to.address]).filter(Boolean).join(' ');
  const destination: Fact[] = [
    [t('order.shipName'), to.name],
    [t('order.shipAddress'), place],
    [t('order.shipPhone'), formatPhone(to.phone)],
  ];
  const hasDestination = destination.some(([, value]) => value);
  return (
    <Stack gap="md">
      <Facts facts={facts} />
      <Lines order={order} />
      <section aria-labelledby="order-destination">
        <Title order={3} id="order-destination" mb={4}>
          {t('order.destination')}
        </Title>
        {hasDestination ? <Facts facts={destination} /> : <Text size="sm" c="dimmed">{t('order.noDestination')}</Text>}
        {hasDestination && masked && <Text size="xs" c="dimmed">{t('order.masked')}</Text>}
      </section>
      <Anchor component={Link} to={`/customers/${customer}/timeline`} size="sm" w="fit-content">
        {t('order.toTimeline')}
      </Anchor>
    </Stack>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useTexts();
  const sums: Fact[] = [
    ...(order.shipping_fee !== 0 ? [[t('order.shippingFee'), formatYen(order.shipping_fee)] as Fact] : []),
    ...(order.discount !== 0 ? [[t('order.discount'), formatYen(-order.discount)] as Fact] : []),
    [t('order.total'), <strong key="total">{formatYen(order.total)}</strong>],
    ...(order.tax !== 0 ? [[t('order.tax'), formatYen(order.tax)] as Fact] : []),
  ];
  return (
    <Table verticalSpacing={4} aria-label={t('order.products')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('purchase.product')}</Table.Th>
          <Table.Th className={classes.number}>{t('order.price')}</Table.Th>
          <Table.Th className={classes.number}>{t('purchase.quantity')}</Table.Th>
          <Table.Th className={classes.number}>{t('purchase.total')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {order.lines.map((line) => (
          <Table.Tr key={line.id}>
            <Table.Td className={classes.value}>
              {line.product_name}
              {line.product_number && (
                <Text size="xs" c="dimmed">
                  {line.product_number}
                </Text>
              )}
            </Table.Td>
            <Table.Td className={classes.number}>{formatYen(line.unit_price)}</Table.Td>
            <Table.Td className={classes.number}>{formatCount(line.quantity)}</Table.Td>
            <Table.Td className={classes.number}>{formatYen(line.total)}</Table.Td>
          </Table.Tr>
        ))}
        {order.lines.length === 0 && (
          <Table.Tr>
            <Table.Td colSpan={4}>
              <Text size="sm" c="dimmed">{t('order.noProducts')}</Text>
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
      <Table.Tfoot>
        {sums.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" colSpan={3} className={classes.number}>{name}</Table.Th>
            <Table.Td className={classes.number}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tfoot>
    </Table>
  );
}
