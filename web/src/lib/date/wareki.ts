// Japanese calendar (和暦) for days: reading what people type, and showing it beside the western date.

export type Day = { year: number; month: number; day: number };

type Era = { key: string; names: { ja: string; en: string }; writings: string[]; start: Day };

// Newest first. Days before 1873-01-01 (明治6年) were counted by another calendar, so Meiji starts there for us.
const eras: Era[] = [
  { key: 'R', names: { ja: '令和', en: 'Reiwa' }, writings: ['令和', '令', 'R'], start: { year: 2019, month: 5, day: 1 } },
  { key: 'H', names: { ja: '平成', en: 'Heisei' }, writings: ['平成', '平', 'H'], start: { year: 1989, month: 1, day: 8 } },
  { key: 'S', names: { ja: '昭和', en: 'Showa' }, writings: ['昭和', '昭', 'S'], start: { year: 1926, month: 12, day: 25 } },
  { key: 'T', names: { ja: '大正', en: 'Taisho' }, writings: ['大正', '大', 'T'], start: { year: 1912, month: 7, day: 30 } },
  { key: 'M', names: { ja: '明治', en: 'Meiji' }, writings: ['明治', '明', 'M'], start: { year: 1868, month: 10, day: 23 } },
];

export type DayReading =
  | { kind: 'empty' }
  | { kind: 'day'; iso: string }
  | { kind: 'year'; year: number } // a year alone: the rest has still to be typed
  | { kind: 'outside_era'; era: string; from: string; to: string | null }
  | { kind: 'no_such_day' }
  | { kind: 'unreadable' };

const two = (value: number) => String(value).padStart(2, '0');
export const isoOf = (day: Day) => `${String(day.year).padStart(4, '0')}-${two(day.month)}-${two(day.day)}`;

export function dayOf(iso: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null;
}

const compare = (a: Day, b: Day) => a.year - b.year || a.month - b.month || a.day - b.day;

function exists(day: Day): boolean {
  if (day.month < 1 || day.month > 12 || day.day < 1) return false;
  return day.day <= new Date(Date.UTC(2000 + (day.year % 400), day.month, 0)).getUTCDate();
}

/** The era a day lies in; null before Meiji. */
export function eraOf(day: Day): { era: Era; year: number } | null {
  const era = eras.find((candidate) => compare(day, candidate.start) >= 0);
  return era ? { era, year: day.year - era.start.year + 1 } : null;
}

function lastDayOf(era: Era): string | null {
  const next = eras[eras.indexOf(era) - 1];
  if (!next) return null;
  const before = new Date(Date.UTC(next.start.year, next.start.month - 1, next.start.day - 1));
  return before.toISOString().slice(0, 10);
}

/** Reads 1970/1/2, 19700102, 1970年1月2日, S45.1.2, 昭和45年1月2日, 平成元年5月1日 in any width. */
export function readDay(typed: string): DayReading {
  const text = typed.normalize('NFKC').replace(/\s+/g, '').replace(/[‐‑‒–—―−ー]/g, '-').toUpperCase();
  if (text === '') return { kind: 'empty' };
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return western(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const era = eras.find((candidate) => candidate.writings.some((writing) => text.startsWith(writing)));
  const writing = era?.writings.find((candidate) => text.startsWith(candidate)) ?? '';
  const rest = text.slice(writing.length).replace('元', '1');
  const parts = /^(\d{1,4})(?:[/.\-年](?:(\d{1,2})[/.\-月](\d{1,2})日?)?)?$/.exec(rest);
  if (!parts) return { kind: 'unreadable' };
  const year = Number(parts[1]);
  if (!era) {
    if (String(parts[1]).length !== 4) return { kind: 'unreadable' };
    return parts[2] ? western(year, Number(parts[2]), Number(parts[3])) : { kind: 'year', year };
  }
  if (year < 1) return { kind: 'no_such_day' };
  const full = era.start.year + year - 1;
  const outside: DayReading = { kind: 'outside_era', era: era.key, from: isoOf(era.start), to: lastDayOf(era) };
  if (!parts[2]) {
    const next = eras[eras.indexOf(era) - 1];
    return next && full > next.start.year ? outside : { kind: 'year', year: full };
  }
  const day = { year: full, month: Number(parts[2]), day: Number(parts[3]) };
  if (!exists(day)) return { kind: 'no_such_day' };
  return eraOf(day)?.era === era ? { kind: 'day', iso: isoOf(day) } : outside;
}

function western(year: number, month: number, day: number): DayReading {
  const value = { year, month, day };
  return exists(value) ? { kind: 'day', iso: isoOf(value) } : { kind: 'no_such_day' };
}

export function eraName(key: string, language: 'ja' | 'en'): string {
  return eras.find((era) => era.key === key)?.names[language] ?? key;
}

/** 昭和45年 / Showa 45; the first year is 元年 in Japanese. Empty before Meiji. */
export function warekiYear(iso: string, language: 'ja' | 'en'): string {
  const day = dayOf(iso);
  const found = day && eraOf(day);
  if (!found) return '';
  if (language === 'en') return `${found.era.names.en} ${found.year}`;
  return `${found.era.names.ja}${found.year === 1 ? '元' : found.year}年`;
}

/** Full years between two days; null when the birth lies ahead. */
export function ageOn(birth: string, today: string): number | null {
  const from = dayOf(birth);
  const to = dayOf(today);
  if (!from || !to || compare(from, to) > 0) return null;
  const had = to.month > from.month || (to.month === from.month && to.day >= from.day);
  return to.year - from.year - (had ? 0 : 1);
}
