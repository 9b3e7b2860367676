import { expect, it } from 'vitest';
import { asPeriod, formatPeriod } from './period';

it('a period of an address is a day, a month or a year, and nothing else', () => {
  for (const text of ['2026-11-22', '2026-11', '2026']) expect(asPeriod(text)).toBe(text);
  for (const text of [null, '', 'never', '2026-', '2026-1', '2026-11-22T00:00', '26']) expect(asPeriod(text)).toBeNull();
});

it('periods are written as people read them', () => {
  expect(['2026-11-22', '2026-01', '2026'].map((period) => formatPeriod(period, 'ja'))).toEqual(['2026/11/22', '2026年1月', '2026年']);
  expect(['2026-11-22', '2026-01', '2026'].map((period) => formatPeriod(period, 'en'))).toEqual(['2026/11/22', '2026/01', '2026']);
});
