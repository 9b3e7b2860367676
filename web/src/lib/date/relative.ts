// Days that move with today, as conditions hold them. The server resolves them when a search runs; here they are only shown.

import { today } from './moment';
import { isoOf } from './wareki';

export type DayUnit = 'day' | 'week' | 'month' | 'year';
export type MovingDay = { ago: number; unit: DayUnit } | { ahead: number; unit: DayUnit };

/** One end of a range of days: a written day, one that moves, or none. */
export type Bound = string | MovingDay | null;

export const isMoving = (value: unknown): value is MovingDay => typeof value === 'object' && value !== null && ('ago' in value || 'ahead' in value);

/** The day that is meant today. A missing day of a month is the month's end, as on the server. */
export function resolveDay(moving: MovingDay, now = today()): string {
  const amount = 'ago' in moving ? -moving.ago : moving.ahead;
  const [year = 0, month = 1, day = 1] = now.split('-').map(Number);
  if (moving.unit === 'day' || moving.unit === 'week') {
    const moved = new Date(Date.UTC(year, month - 1, day + amount * (moving.unit === 'week' ? 7 : 1)));
    return moved.toISOString().slice(0, 10);
  }
  const months = year * 12 + (month - 1) + amount * (moving.unit === 'year' ? 12 : 1);
  const there = { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
  const last = new Date(Date.UTC(there.year, there.month, 0)).getUTCDate();
  return isoOf({ ...there, day: Math.min(day, last) });
}
