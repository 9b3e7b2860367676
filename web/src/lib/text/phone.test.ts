import { describe, expect, it } from 'vitest';
import { formatPhone, formatPostalCode, readPostalCode } from './phone';

describe('formatPhone', () => {
  it.each([
    ['0312345678', '03-1234-5678'],
    ['09012345678', '090-1234-5678'],
    ['0120444444', '0120-444-444'],
    ['05012345678', '050-1234-5678'],
    ['0467123456', '0467-12-3456'],
    ['110', '110'],
    ['*****', '*****'],
    ['', ''],
  ])('shows %s as %s', (digits, shown) => expect(formatPhone(digits)).toBe(shown));
});

describe('postal codes', () => {
  it('are shown with a hyphen', () => expect(formatPostalCode('1000001')).toBe('100-0001'));
  it('are read in any writing', () => {
    for (const typed of ['1000001', '100-0001', '１００－０００１', '〒100ー0001', '100−0001']) {
      expect(readPostalCode(typed)).toBe('1000001');
    }
    expect(readPostalCode('10000')).toBeNull();
  });
});
