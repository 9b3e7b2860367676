import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { usePointsExplained, type PointsExplained } from './api';
import { useExpiryWords } from './ExpiryBars';
import classes from './points.module.css';
import { useKindWords } from './words';

/** The lots behind one bar: what was given when, and what is left of it. */
export function LotsBehind({ customer, expires }: { customer: string; expires: string }) {
  const { t } = useTexts();
  const words = useExpiryWords();
  const { data: told, error, refetch } = usePointsExplained(customer, expires);
  const title = expires === 'never' ? t('picture.lasting') : t('picture.expiring', { period: words(expires) });
  return (
    <Paper withBorder p="md" component="section" aria-label={title} className={classes.behind ?? ''}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{title}</Title>
        <Button component={Link} to={`/customers/${customer}/points`} replace preventScrollReset size="compact-sm" variant="default" leftSection={<IconX size={14} aria-hidden />}>
          {t('picture.close')}
        </Button>
      </Group>
      {error ? (
        <ProblemPanel problem={error} onRetry={() => void refetch()} />
      ) : !told ? (
        <LinesSkeleton lines={3} />
      ) : told.lots.length === 0 ? (
        <Text size="sm">{t('picture.noLots')}</Text>
      ) : (
        <LotTable told={told} most={told.lots.length} />
      )}
    </Paper>
  );
}

/** Lots in the order they will be used, at most `most`, and how many more there are. */
export function LotTable({ told, most }: { told: PointsExplained; most: number }) {
  const { t } = useTexts();
  const kindOf = useKindWords();
  const more = told.lot_count - Math.min(most, told.lots.length);
  return (
    <>
      <table className={classes.lots}>
        <tbody>
          {told.lots.slice(0, most).map((lot) => (
            <tr key={`${lot.entry} ${lot.expires_at ?? ''}`}>
              <td>{lot.remaining < 0 ? t('points.debt') : t('points.lot', { kind: kindOf(lot), at: formatDay(lot.at) })}</td>
              <td>{lot.remaining < 0 ? '' : lot.expires_at ? formatDay(lot.expires_at) : t('points.neverExpires')}</td>
              <td className={classes.number}>{lot.remaining < 0 || lot.remaining === lot.granted ? formatCount(lot.remaining) : t('points.left', { remaining: formatCount(lot.remaining), granted: formatCount(lot.granted) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {t('points.moreLots', { count: more })}
        </Text>
      )}
    </>
  );
}
