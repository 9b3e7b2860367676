import { describe, expect, it } from 'vitest';
import { ageOn, readDay, warekiYear } from './wareki';

const day = (iso: string) => ({ kind: 'day', iso });

describe('readDay', () => {
  it.each([
    ['1970/1/2', '1970-01-02'],
    ['1970-01-02', '1970-01-02'],
    ['19700102', '1970-01-02'],
    ['1970年1月2日', '1970-01-02'],
    ['S45.1.2', '1970-01-02'],
    ['s45/1/2', '1970-01-02'],
    ['Ｓ４５．１．２', '1970-01-02'],
    ['昭和45年1月2日', '1970-01-02'],
    ['昭45.1.2', '1970-01-02'],
    ['１９７０／１／２', '1970-01-02'],
    ['1970ー1ー2', '1970-01-02'],
    ['平成元年5月1日', '1989-05-01'],
    ['㍻元年5月1日', '1989-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['2000/2/29', '2000-02-29'],
  ])('reads %s', (typed, iso) => {
    expect(readDay(typed)).toEqual(day(iso));
  });

  it('keeps the borders of the eras exact', () => {
    expect(readDay('昭和64年1月7日')).toEqual(day('1989-01-07'));
    expect(readDay('平成元年1月8日')).toEqual(day('1989-01-08'));
    expect(readDay('H31.4.30')).toEqual(day('2019-04-30'));
    expect(readDay('昭和64年1月8日')).toEqual({ kind: 'outside_era', era: 'S', from: '1926-12-25', to: '1989-01-07' });
    expect(readDay('平成元年1月7日')).toMatchObject({ kind: 'outside_era', era: 'H', from: '1989-01-08' });
    expect(readDay('昭和65年1月1日')).toMatchObject({ kind: 'outside_era', era: 'S' });
    expect(readDay('R1.4.30')).toEqual({ kind: 'outside_era', era: 'R', from: '2019-05-01', to: null });
  });

  it('asks for the rest when only a year is typed', () => {
    expect(readDay('平成元年')).toEqual({ kind: 'year', year: 1989 });
    expect(readDay('R1')).toEqual({ kind: 'year', year: 2019 });
    expect(readDay('1970')).toEqual({ kind: 'year', year: 1970 });
    expect(readDay('昭和70年')).toMatchObject({ kind: 'outside_era' });
  });

  it('refuses days that do not exist and text that is no date', () => {
    expect(readDay('1999/2/29').kind).toBe('no_such_day');
    expect(readDay('1900/2/29').kind).toBe('no_such_day');
    expect(readDay('2000/13/1').kind).toBe('no_such_day');
    expect(readDay('きのう').kind).toBe('unreadable');
    expect(readDay('70/1/2').kind).toBe('unreadable');
    expect(readDay('  ').kind).toBe('empty');
  });
});

describe('warekiYear', () => {
  it('names the era, the first year as 元年', () => {
    expect(warekiYear('1970-01-02', 'ja')).toBe('昭和45年');
    expect(warekiYear('1989-01-07', 'ja')).toBe('昭和64年');
    expect(warekiYear('1989-01-08', 'ja')).toBe('平成元年');
    expect(warekiYear('2019-05-01', 'en')).toBe('Reiwa 1');
    expect(warekiYear('1800-01-01', 'ja')).toBe('');
  });
});

describe('ageOn', () => {
  it('counts full years', () => {
    expect(ageOn('2000-02-29', '2026-02-28')).toBe(25);
    expect(ageOn('2000-02-29', '2026-03-01')).toBe(26);
    expect(ageOn('2000-11-22', '2026-11-22')).toBe(26);
    expect(ageOn('2030-01-01', '2026-11-22')).toBeNull();
  });
});
