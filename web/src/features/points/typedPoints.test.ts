import { describe, expect, it } from 'vitest';
import { typedPoints, withSign } from './typedPoints';

describe('typedPoints', () => {
  it.each([
    ['100', 100],
    ['-30', -30],
    ['+5', 5],
    ['１，０００', 1000],
    ['－３０', -30],
    ['−30', -30],
    [' 7 ', 7],
    ['', null],
    ['-', null],
    ['1.5', null],
    ['abc', null],
    ['12345678901', null],
  ])('reads %j', (typed, points) => {
    expect(typedPoints(typed)).toBe(points);
  });

  it('keeps the digits under the other sign', () => {
    expect(withSign('１００', -1)).toBe('-100');
    expect(withSign('-100', 1)).toBe('100');
    expect(withSign('', -1)).toBe('-');
  });
});
