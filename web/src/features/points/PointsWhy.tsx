import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Customer } from '@/features/customer/api';
import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { WhyNumber } from '@/ui/WhyNumber';
import { usePointsExplained, type PointsExplained } from './api';
import classes from './points.module.css';
import { useKindWords } from './words';

/** 保有ポイント in the head; pressed, it shows the lots and the rule. */
export function PointsWhy({ customer }: { customer: Customer }) {
  const { t } = useTexts();
  return (
    <WhyNumber label={t('points.balance')} shown={formatCount(customer.points)} why={t('points.why', { label: t('points.balance') })}>
      <Lots customer={customer.id} />
    </WhyNumber>
  );
}

function Lots({ customer }: { customer: string }) {
  const { t } = useTexts();
  const kindOf = useKindWords();
  const { data: told, error, refetch } = usePointsExplained(customer);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!told) return <LinesSkeleton lines={4} />;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('points.whyTitle')} {formatCount(told.balance)}
      </Text>
      <table className={classes.lots}>
        <tbody>
          {told.lots.slice(0, 12).map((lot) => (
            <tr key={lot.entry}>
              <td>{lot.remaining < 0 ? t('points.debt') : t('points.lot', { kind: kindOf(lot), at: formatDay(lot.at) })}</td>
              <td>{lot.remaining < 0 ? '' : lot.expires_at ? formatDay(lot.expires_at) : t('points.neverExpires')}</td>
              <td className={classes.number}>{lot.remaining < 0 || lot.remaining === lot.granted ? formatCount(lot.remaining) : t('points.left', { remaining: formatCount(lot.remaining), granted: formatCount(lot.granted) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {told.lot_count > 12 && (
        <Text size="xs" c="dimmed">
          {t('points.moreLots', { count: told.lot_count - 12 })}
        </Text>
      )}
      <Rule told={told} />
      <Anchor component={Link} size="sm" to={`/customers/${customer}/points`}>
        {t('points.toLedger')}
      </Anchor>
    </Stack>
  );
}

function Rule({ told }: { told: PointsExplained }) {
  const { t } = useTexts();
  const { expiry_days: days, expiry_mode: mode } = told.rules;
  const words = days === 0 ? t('points.ruleNever') : mode === 'balance' ? t('points.ruleBalance', { days }) : t('points.ruleLots', { days });
  return (
    <Text size="xs" c="dimmed">
      {words} {days > 0 && t('points.lastDay')}
    </Text>
  );
}
