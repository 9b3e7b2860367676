import type { Language } from '@/lib/i18n';
import { formatDay } from './moment';

const pattern = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** A day, month or year of the shop's calendar, as addresses and the API write it: 2026-11-22, 2026-11, 2026. */
export const asPeriod = (text: string | null): string | null => (text !== null && pattern.test(text) ? text : null);

/** 2026-11 -> 2026年11月, 2026/11 */
export function formatPeriod(period: string, language: Language): string {
  const [year = '', month, day] = period.split('-');
  if (day !== undefined) return formatDay(period);
  if (language === 'ja') return month === undefined ? `${year}年` : `${year}年${Number(month)}月`;
  return month === undefined ? year : `${year}/${month}`;
}
