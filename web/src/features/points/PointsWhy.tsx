import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Customer } from '@/features/customer/api';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { WhyNumber } from '@/ui/WhyNumber';
import { usePointsExplained, type PointsExplained } from './api';
import { LotTable } from './Lots';

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
  const { data: told, error, refetch } = usePointsExplained(customer);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!told) return <LinesSkeleton lines={4} />;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('points.whyTitle')} {formatCount(told.balance)}
      </Text>
      <LotTable told={told} most={12} />
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
