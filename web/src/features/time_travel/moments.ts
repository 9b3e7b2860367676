import { formatDay, formatMoment } from '@/lib/date/moment';
import type { TimelineItem } from '@/features/timeline/api';

/** A moment at which something changed; what was done then stands beside it. */
export type PastMoment = { at: string; titles: { ja: string[]; en: string[] }; operation: string | null };

/** The moments of a timeline, each once, oldest first. */
export function momentsOf(items: TimelineItem[]): PastMoment[] {
  const moments: PastMoment[] = [];
  for (const item of [...items].reverse()) {
    const last = moments.at(-1);
    if (last?.at === item.at) {
      last.titles.ja.push(item.title.ja);
      last.titles.en.push(item.title.en);
    } else {
      moments.push({ at: item.at, titles: { ja: [item.title.ja], en: [item.title.en] }, operation: item.operation });
    }
  }
  return moments;
}

/**
 * The moments with the one at which the customer began: who came with a load of data has no change that tells of it, and of a
 * long history only the newest part has been read.
 */
export function fromBeginning(moments: PastMoment[], createdAt: string, title: string): PastMoment[] {
  const first = moments[0];
  if (first && Date.parse(first.at) <= Date.parse(createdAt)) return moments;
  return [{ at: createdAt, titles: { ja: [title], en: [title] }, operation: null }, ...moments];
}

/** Where days stand below the slider: its ends and a few moments between, each day once. */
export function marksOf(moments: PastMoment[], most = 6): { place: number; day: string }[] {
  const last = moments.length - 1;
  const places = last < most ? moments.map((_, place) => place) : Array.from({ length: most }, (_, at) => Math.round((at * last) / (most - 1)));
  const marks: { place: number; day: string }[] = [];
  for (const place of places) {
    const day = formatDay(moments[place]?.at);
    if (marks.at(-1)?.day !== day) marks.push({ place, day });
  }
  return marks;
}

/** 2026/11/22 10:00:05: changes stand close together. */
export const toTheSecond = (moment: string): string => `${formatMoment(moment)}${moment.slice(16, 19)}`;

/** What is shown before anybody chose: the state before the last change. */
export const momentAt = (moments: PastMoment[]): string | null => (moments.at(-2) ?? moments.at(-1))?.at ?? null;

/** 2026-11-22T10:00:00.123+09:00 -> 2026/11/22 10:00:00, as its box holds it. */
export const typedOf = (moment: string | null): string => (moment ? toTheSecond(moment) : '');

/**
 * The moment a box holds, at its last millisecond: what happened within that second, minute or day is seen. In any width;
 * the time may be left out. Null while incomplete, and for what is not in the calendar.
 */
export function typedMoment(typed: string, offset: string): string | null {
  const match = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(typed.normalize('NFKC').trim());
  if (!match) return null;
  const [year, month, day, hour = '23', minute = '59', second = '59'] = match.slice(1).map((part) => part?.padStart(2, '0'));
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day) && Number(month) <= 12;
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.999${offset}`;
}
