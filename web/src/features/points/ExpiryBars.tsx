import { Link } from 'react-router';
import { asPeriod, formatPeriod } from '@/lib/date/period';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import type { PointsExplained } from './api';
import classes from './points.module.css';

const never = 'never';

/** What an address says: a period, or `never`. */
export const asExpires = (text: string | null): string | null => (text === never ? never : asPeriod(text));

/** The words of a bar: its day, month or year, or that the points never expire. */
export function useExpiryWords(): (expires: string | null) => string {
  const { t, language } = useTexts();
  return (expires) => (expires === null || expires === never ? t('points.neverExpires') : formatPeriod(expires, language));
}

type Props = { customer: string; told: PointsExplained; chosen: string | null };

/** How much expires when; each bar is a link to the lots it is made of. */
export function ExpiryBars({ customer, told, chosen }: Props) {
  const { t } = useTexts();
  const words = useExpiryWords();
  if (told.expiries.length === 0) return null;
  const most = Math.max(...told.expiries.map((expiry) => expiry.points));
  return (
    <ol className={classes.bars} aria-label={t('points.byExpiry')}>
      {told.expiries.map((expiry) => {
        const key = expiry.period ?? never;
        const when = words(key);
        const isChosen = key === chosen;
        return (
          <li key={key}>
            <Link
              to={`/customers/${customer}/points${isChosen ? '' : `?expires=${key}`}`}
              replace
              preventScrollReset
              className={classes.barRow}
              aria-current={isChosen || undefined}
              title={t('picture.expiry', { when, points: formatCount(expiry.points), count: expiry.lots })}
            >
              <span>{when}</span>
              <span>
                <span className={classes.bar} style={{ width: `${(expiry.points / most) * 100}%` }} />
              </span>
              <span className={classes.number}>{formatCount(expiry.points)}</span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
