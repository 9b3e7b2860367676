import { describe, expect, it } from 'vitest';
import { readNumber } from './typedNumber';

describe('readNumber', () => {
  it.each([
    ['１２３４', 0, 1234],
    ['１，２３４', 0, 1234],
    ['¥1,234', 0, 1234],
    ['￥１２３４円', 0, 1234],
    ['－５', 0, -5],
    ['ー５', 0, -5],
    [' 12 ', 0, 12],
    ['１．５', 2, 1.5],
    ['1。25', 2, 1.25],
  ])('reads %s with %i decimals as %f', (typed, decimals, number) => expect(readNumber(typed, decimals)).toBe(number));

  it.each([
    ['', 0],
    ['十', 0],
    ['1.5', 0],
    ['1.234', 2],
    ['1234567890123456', 0],
  ])('does not read %s with %i decimals', (typed, decimals) => expect(readNumber(typed, decimals)).toBeNull());
});
