import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Customer } from '@/features/customer/api';
import { formatDay, formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatYen } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { WhyNumber } from '@/ui/WhyNumber';
import { useLevelExplained } from './api';
import { LevelProgress } from './LevelProgress';
import classes from './level.module.css';

/** The level in the head; pressed, it shows what each level asks and what the customer has of it. */
export function LevelWhy({ customer, label }: { customer: Customer; label: string }) {
  const { t } = useTexts();
  return (
    <WhyNumber label={label} shown={customer.level_name ?? t('common.unset')} why={t('level.why')}>
      <LevelReasons customer={customer.id} date={null} />
    </WhyNumber>
  );
}

/** What each level asks, what the customer has of it as of a day, and the orders that count. */
export function LevelReasons({ customer, date }: { customer: string; date: string | null }) {
  const { t, language } = useTexts();
  const { data: told, error, refetch } = useLevelExplained(customer, date);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!told) return <LinesSkeleton lines={6} />;
  const verdict = told.level_fixed ? t('level.fixed') : told.would_be === told.level ? t('level.asJudged', { day: formatDay(told.date) }) : t('level.wouldBe', { day: formatDay(told.date), name: told.would_be_name ?? t('level.none') });
  return (
    <Stack gap="xs">
      <Text size="sm">{verdict}</Text>
      {!told.level_fixed && (
        <div className={classes.standing}>
          <LevelProgress told={told} />
        </div>
      )}
      <table className={classes.rows}>
        <thead>
          <tr>
            <th scope="col">{t('level.level')}</th>
            <th scope="col">{t('level.asks')}</th>
            <th scope="col" className={classes.number}>
              {t('level.has')}
            </th>
          </tr>
        </thead>
        <tbody>
          {told.levels.toReversed().map((level) => (
            <tr key={level.id} className={level.fulfilled ? classes.reached : undefined}>
              <td>
                {level.fulfilled ? '✓ ' : ''}
                {level.name}
              </td>
              <td>{asked(level, t)}</td>
              <td className={classes.number}>
                {formatYen(level.total)}
                <br />
                {t('customer.times', { count: level.count })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {told.orders && told.orders.length > 0 && (
        <div>
          <Text size="xs">
            {t('level.orders')} {told.orders.slice(0, 5).map((order) => `${order.number} ${formatDay(order.ordered_at)} ${formatYen(order.total)}`).join(language === 'ja' ? '、' : ', ')}
            {told.orders.length > 5 && ` ${t('level.moreOrders', { count: told.orders.length - 5 })}`}
          </Text>
          <Anchor component={Link} size="xs" to={`/customers/${customer}/purchases`}>
            {t('level.toOrders')}
          </Anchor>
        </div>
      )}
      <Text size="xs" c="dimmed">
        {told.set_by && t('level.setBy', { at: formatMoment(told.set_by.at), actor: told.set_by.actor, kind: told.set_by.kind_label[language] })} {told.next_judging ? t('level.next', { day: formatDay(told.next_judging) }) : t('level.noNext')}{' '}
        {!told.allow_downgrade && t('level.noFall')}
      </Text>
    </Stack>
  );
}

type Asked = { minimum_total: number | null; minimum_count: number | null; match: 'all' | 'any'; look_back_months: number | null };

function asked(level: Asked, t: ReturnType<typeof useTexts>['t']): string {
  const parts: string[] = [];
  if (level.minimum_total !== null) parts.push(t('level.minimumTotal', { total: formatYen(level.minimum_total) }));
  if (level.minimum_count !== null) parts.push(t('level.minimumCount', { count: level.minimum_count }));
  if (parts.length === 0) return t('level.nothing');
  const period = level.look_back_months === null ? t('level.everPeriod') : t('level.period', { months: level.look_back_months });
  return `${period} ${parts.join(level.match === 'any' ? t('level.or') : t('level.and'))}`;
}
