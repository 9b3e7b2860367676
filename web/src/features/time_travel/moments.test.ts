import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '@/features/timeline/api';
import { fromBeginning, marksOf, momentAt, momentsOf, typedMoment, typedOf } from './moments';

const item = (at: string, title: string): TimelineItem => ({ kind: 'record', id: '1', at, title: { ja: title, en: title }, detail: null, number: null, operation: '7' });

describe('moments', () => {
  it('stand once each, oldest first, with all that was done then', () => {
    const moments = momentsOf([item('2026-11-22T10:00:02.000+09:00', 'c'), item('2026-11-22T10:00:01.000+09:00', 'b'), item('2026-11-22T10:00:01.000+09:00', 'a')]);
    expect(moments.map(({ at, titles }) => [at.slice(17, 19), titles.ja.join('')])).toEqual([['01', 'ab'], ['02', 'c']]);
    expect(momentAt(moments)).toBe('2026-11-22T10:00:01.000+09:00');
    expect(momentAt([])).toBeNull();
  });

  it('begin with the customer, whether a change tells of it or not', () => {
    const moments = momentsOf([item('2026-11-22T10:00:02.000+09:00', 'b'), item('2026-11-22T10:00:01.000+09:00', 'a')]);
    expect(fromBeginning(moments, '2026-11-22T10:00:01.000+09:00', '登録')).toEqual(moments);
    const loaded = fromBeginning(moments, '2019-03-04T12:00:00.000+09:00', '登録');
    expect(loaded.map(({ at }) => at.slice(0, 10))).toEqual(['2019-03-04', '2026-11-22', '2026-11-22']);
    expect(fromBeginning([], '2019-03-04T12:00:00.000+09:00', '登録')).toHaveLength(1);
  });

  it('are marked by their days at the ends and between, each day once', () => {
    const moments = momentsOf(Array.from({ length: 30 }, (_, at) => item(`2026-11-${String(30 - at).padStart(2, '0')}T10:00:00.000+09:00`, 'a')));
    const marks = marksOf(moments);
    expect(marks).toHaveLength(6);
    expect([marks[0], marks[5]]).toEqual([{ place: 0, day: '2026/11/01' }, { place: 29, day: '2026/11/30' }]);
    expect(marksOf(momentsOf([item('2026-11-22T10:00:02.000+09:00', 'b'), item('2026-11-22T10:00:01.000+09:00', 'a')]))).toEqual([{ place: 0, day: '2026/11/22' }]);
  });

  it('are typed in the shop’s own time', () => {
    expect(typedOf('2026-11-22T10:00:02.123+09:00')).toBe('2026/11/22 10:00:02');
    expect(typedMoment('2026-11-22T10:00', '+09:00')).toBe('2026-11-22T10:00:59.999+09:00');
    expect(typedMoment('2026-11-22T10:00:05', '+09:00')).toBe('2026-11-22T10:00:05.999+09:00');
    expect(typedMoment('２０２６／１１／２２ 9:05', '+09:00')).toBe('2026-11-22T09:05:59.999+09:00');
    expect(typedMoment('2026/11/22', '+09:00')).toBe('2026-11-22T23:59:59.999+09:00');
    for (const wrong of ['', '2026/02/31', '2026/13/01', '2026/11/22 24:00', '2026/11/22 10', 'gestern']) expect(typedMoment(wrong, '+09:00')).toBeNull();
  });
});
