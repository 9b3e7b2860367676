import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { usePurchasesExplained, type PurchasesExplained } from '@/features/points/api';
import pointClasses from '@/features/points/points.module.css';
import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatYen } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { WhyNumber } from '@/ui/WhyNumber';
import type { Customer } from './api';

/** 購入総額 and 購入回数 in the head; pressed, it shows which orders count and which do not. */
export function PurchasesWhy({ customer, label }: { customer: Customer; label: string }) {
  const { t } = useTexts();
  const shown = (
    <>
      {formatYen(customer.purchase_total)}
      <Text span c="dimmed" size="sm">
        {' '}
        ({t('customer.times', { count: customer.purchase_count })})
      </Text>
    </>
  );
  return (
    <WhyNumber label={label} shown={shown} why={t('why.purchases')}>
      <Orders customer={customer.id} />
    </WhyNumber>
  );
}

function Orders({ customer }: { customer: string }) {
  const { t } = useTexts();
  const { data: told, error, refetch } = usePurchasesExplained(customer, true);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!told) return <LinesSkeleton lines={4} />;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('why.purchases')}
      </Text>
      <Text size="sm">{t('why.rule')}</Text>
      <Statuses told={told} />
      {told.counted.length > 0 && (
        <>
          <Text size="xs" c="dimmed">
            {t('why.newest')}
          </Text>
          <table className={pointClasses.lots}>
            <tbody>
              {told.counted.map((order) => (
                <tr key={order.order}>
                  <td>{order.order_number}</td>
                  <td>{formatDay(order.ordered_at)}</td>
                  <td className={pointClasses.number}>{formatYen(order.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <Anchor component={Link} size="sm" to={`/customers/${customer}/purchases`}>
        {t('why.toOrders')}
      </Anchor>
    </Stack>
  );
}

function Statuses({ told }: { told: PurchasesExplained }) {
  const { t, language } = useTexts();
  if (told.statuses.length === 0) return <Text size="sm">{t('why.none')}</Text>;
  return (
    <table className={pointClasses.lots}>
      <tbody>
        {told.statuses.map((status) => (
          <tr key={status.payment_status}>
            <td>{status.labels[language]}</td>
            <td>{t(status.counts ? 'why.counted' : 'why.notCounted')}</td>
            <td className={pointClasses.number}>{t('why.orders', { count: status.orders })}</td>
            <td className={pointClasses.number}>{formatYen(status.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
