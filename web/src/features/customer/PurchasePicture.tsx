import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { formatPeriod } from '@/lib/date/period';
import { useTexts } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { Columns, type Column } from '@/ui/Columns';
import { ProblemPanel } from '@/ui/states';
import { usePurchasePeriods, type PurchasePeriod, type PurchaseStep } from './api';
import classes from './PurchasePicture.module.css';

const steps: readonly PurchaseStep[] = ['month', 'year'];

type Props = { customer: string; period: string | null };

/** 購入の推移: what was captured, by month or year; each bar narrows the list below it to what it is made of. */
export function PurchasePicture({ customer, period }: Props) {
  const { t, language } = useTexts();
  const [params] = useSearchParams();
  const by = steps.find((step) => step === params.get('by')) ?? null;
  const { data: told, error, refetch } = usePurchasePeriods(customer, by);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!told) return <PicturePlace />;
  const address = (step: PurchaseStep | null, chosen: string | null) => {
    const query = new URLSearchParams({ ...(step ? { by: step } : {}), ...(chosen ? { period: chosen } : {}) }).toString();
    return `/customers/${customer}/purchases${query && `?${query}`}`;
  };
  const linkTo = (item: PurchasePeriod) => address(by, item.period === period ? null : item.period);
  const columns = told.items.map((item, at): Column => {
    const [year = '', month] = item.period.split('-');
    return {
      key: item.period,
      name: t('picture.bar', { period: formatPeriod(item.period, language), total: formatYen(item.total), count: item.orders }),
      value: item.total,
      shown: formatYen(item.total),
      axis: month === undefined ? year : String(Number(month)),
      group: month !== undefined && (at === 0 || month === '01') ? year : '',
      to: item.orders === 0 ? null : linkTo(item),
      current: item.period === period,
    };
  });
  return (
    <Paper withBorder p="sm" component="figure" m={0} className={classes.place ?? ''}>
      <Group justify="space-between" mih={26}>
        <Text component="figcaption" size="sm" fw={600}>
          {t('picture.purchases')}
        </Text>
        {(told.by === 'year' || !told.whole) && (
          <Group gap={4} role="group" aria-label={t('picture.step')} className="no-print">
            {steps.map((step) => (
              <Button key={step} component={Link} to={address(step, period)} replace preventScrollReset size="compact-xs" variant={step === told.by ? 'filled' : 'default'} aria-current={step === told.by || undefined}>
                {t(`picture.${step}`)}
              </Button>
            ))}
          </Group>
        )}
      </Group>
      <Columns label={t('picture.purchases')} columns={columns} />
      <Numbers items={told.items.filter((item) => item.orders > 0)} linkTo={linkTo} />
    </Paper>
  );
}

/** As large as the picture that comes. */
export function PicturePlace() {
  return <Paper withBorder p="sm" className={classes.place ?? ''} aria-hidden />;
}

function Numbers({ items, linkTo }: { items: PurchasePeriod[]; linkTo: (item: PurchasePeriod) => string }) {
  const { t, language } = useTexts();
  return (
    <details className={classes.numbers}>
      <summary>{t('picture.numbers')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('picture.period')}</th>
            <th scope="col" className={classes.number}>
              {t('picture.orders')}
            </th>
            <th scope="col" className={classes.number}>
              {t('picture.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.toReversed().map((item) => (
            <tr key={item.period}>
              <th scope="row">
                <Anchor component={Link} to={linkTo(item)} replace preventScrollReset size="sm">
                  {formatPeriod(item.period, language)}
                </Anchor>
              </th>
              <td className={classes.number}>{formatCount(item.orders)}</td>
              <td className={classes.number}>{formatYen(item.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
