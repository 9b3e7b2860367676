import { today } from '@/lib/date/moment';
import { isMoving, resolveDay, type Bound, type MovingDay } from '@/lib/date/relative';
import type { FieldCondition } from './conditions';

export type Bounds = { from: Bound; to: Bound };

/** The two ends of a condition on days, whatever its operator. */
export function boundsOf(condition: FieldCondition | undefined): Bounds {
  const value = condition?.value;
  const bound = (part: unknown): Bound => (typeof part === 'string' || isMoving(part) ? part : null);
  if (condition?.op === 'at_least') return { from: bound(value), to: null };
  if (condition?.op === 'at_most') return { from: null, to: bound(value) };
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && 'from' in value) return { from: bound(value.from), to: bound(value.to) };
  return { from: bound(value), to: null };
}

export function isRelative(condition: FieldCondition | undefined): boolean {
  const { from, to } = boundsOf(condition);
  return isMoving(from) || isMoving(to);
}

/** A range with one end open is at_least or at_most. */
export function rangeCondition(from: Bound | number, to: Bound | number): FieldCondition | undefined {
  if (from !== null && to !== null) return { op: 'between', value: { from, to } };
  if (from !== null) return { op: 'at_least', value: from };
  return to !== null ? { op: 'at_most', value: to } : undefined;
}

const dayLength = 86_400_000;

/** 相対日付 switched on: the day that was written, counted from today. */
export function toMoving(bound: Bound, now = today()): MovingDay | null {
  if (bound === null || isMoving(bound)) return bound;
  const days = Math.round((Date.parse(now) - Date.parse(bound)) / dayLength);
  return days >= 0 ? { ago: days, unit: 'day' } : { ahead: -days, unit: 'day' };
}

/** And off again: the day it stands for today. */
export const toWritten = (bound: Bound, now = today()): string | null => (isMoving(bound) ? resolveDay(bound, now) : bound);

/** 誕生日 of the days to come, unless the ends move already. */
export const toMovingBirthdays = ({ from, to }: Bounds): Bounds => ({ from: isMoving(from) ? from : { ahead: 0, unit: 'day' }, to: isMoving(to) ? to : { ahead: 7, unit: 'day' } });

/** "MM-DD" of the day it stands for today. */
export const toYearly = (bound: Bound, now = today()): string | null => toWritten(bound, now)?.slice(-'MM-DD'.length) ?? null;
