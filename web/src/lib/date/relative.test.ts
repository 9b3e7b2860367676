import { describe, expect, it } from 'vitest';
import { resolveDay } from './relative';

describe('resolveDay', () => {
  it.each([
    [{ ago: 0, unit: 'day' as const }, '2026-03-31', '2026-03-31'],
    [{ ago: 30, unit: 'day' as const }, '2026-03-31', '2026-03-01'],
    [{ ahead: 1, unit: 'day' as const }, '2026-12-31', '2027-01-01'],
    [{ ago: 2, unit: 'week' as const }, '2026-01-05', '2025-12-22'],
    [{ ago: 1, unit: 'month' as const }, '2026-03-31', '2026-02-28'],
    [{ ago: 3, unit: 'month' as const }, '2026-01-15', '2025-10-15'],
    [{ ahead: 1, unit: 'month' as const }, '2026-12-31', '2027-01-31'],
    [{ ago: 1, unit: 'year' as const }, '2024-02-29', '2023-02-28'],
  ])('moves %j from %s to %s', (moving, now, day) => expect(resolveDay(moving, now)).toBe(day));
});
