import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import type { PointsExplained } from './api';
import classes from './points.module.css';

const mostBars = 6;

/** How much expires when; only where there is more than one date. */
export function ExpiryBars({ told }: { told: PointsExplained }) {
  const { t } = useTexts();
  const byDate = new Map<string, number>();
  for (const lot of told.lots) {
    if (lot.remaining > 0) byDate.set(formatDay(lot.expires_at), (byDate.get(formatDay(lot.expires_at)) ?? 0) + lot.remaining);
  }
  const dates = [...byDate].slice(0, mostBars);
  if (dates.length < 2) return null;
  const most = Math.max(...dates.map(([, points]) => points));
  return (
    <div className={classes.bars} role="img" aria-label={`${t('points.byExpiry')}: ${dates.map(([day, points]) => `${day || t('points.neverExpires')} ${formatCount(points)}`).join(', ')}`}>
      {dates.map(([day, points]) => (
        <Bar key={day} day={day || t('points.neverExpires')} points={points} share={points / most} />
      ))}
    </div>
  );
}

function Bar({ day, points, share }: { day: string; points: number; share: number }) {
  return (
    <>
      <span>{day}</span>
      <span className={classes.bar} style={{ width: `${share * 100}%` }} />
      <span className={classes.number}>{formatCount(points)}</span>
    </>
  );
}
