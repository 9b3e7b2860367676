import { describe, expect, it } from 'vitest';
import { toMoving, toMovingBirthdays, toWritten, toYearly } from './dayRange';

describe('相対日付', () => {
  it('switched on counts the written day from today, and off gives the day back', () => {
    expect(toMoving('2026-03-01', '2026-03-31')).toEqual({ ago: 30, unit: 'day' });
    expect(toMoving('2026-03-31', '2026-03-31')).toEqual({ ago: 0, unit: 'day' });
    expect(toMoving('2027-01-01', '2026-12-31')).toEqual({ ahead: 1, unit: 'day' });
    expect(toMoving(null, '2026-03-31')).toBeNull();
    expect(toWritten({ ago: 1, unit: 'month' }, '2026-03-31')).toBe('2026-02-28');
    expect(toWritten(null, '2026-03-31')).toBeNull();
  });

  it('of birthdays begins with the week to come, and off gives month and day', () => {
    expect(toMovingBirthdays({ from: '12-25', to: null })).toEqual({ from: { ahead: 0, unit: 'day' }, to: { ahead: 7, unit: 'day' } });
    const [from, to] = [{ ago: 1, unit: 'week' } as const, { ahead: 1, unit: 'month' } as const];
    expect(toMovingBirthdays({ from, to })).toEqual({ from, to });
    expect(toYearly({ ahead: 7, unit: 'day' }, '2026-12-28')).toBe('01-04');
    expect(toYearly('12-25')).toBe('12-25');
    expect(toYearly(null)).toBeNull();
  });
});
