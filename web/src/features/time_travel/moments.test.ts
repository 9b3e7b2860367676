import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '@/features/timeline/api';
import { momentAt, momentsOf, typedMoment, typedOf } from './moments';

const item = (at: string, title: string): TimelineItem => ({ kind: 'record', id: '1', at, title: { ja: title, en: title }, detail: null, number: null, operation: '7' });

describe('moments', () => {
  it('stand once each, oldest first, with all that was done then', () => {
    const moments = momentsOf([item('2026-11-22T10:00:02.000+09:00', 'c'), item('2026-11-22T10:00:01.000+09:00', 'b'), item('2026-11-22T10:00:01.000+09:00', 'a')]);
    expect(moments.map(({ at, titles }) => [at.slice(17, 19), titles.ja.join('')])).toEqual([['01', 'ab'], ['02', 'c']]);
    expect(momentAt(moments)).toBe('2026-11-22T10:00:01.000+09:00');
    expect(momentAt([])).toBeNull();
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
