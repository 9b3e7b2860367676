import { describe, expect, it } from 'vitest';
import { guessKind, roughCount } from './guess';

describe('guessKind', () => {
  it.each([
    ['1\n2\n３', 'id'],
    ['C-001\nC-002', 'number'],
    ['00000300\n00000297', 'number'],
    ['hanako@example.jp, taro@example.jp', 'email'],
    ['090-1234-5678\n０３（１２３４）５６７８', 'phone'],
    ['+81 90 1234 5678', 'phone'],
    ['090 1234 5678\n03 1234 5678', 'phone'],
    ['  \n', null],
  ])('%j is %s', (text, kind) => expect(guessKind(text)).toBe(kind));
});

describe('roughCount', () => {
  it.each([
    ['', 0],
    ['1', 1],
    ['1, 2\n\n3　4、5', 5],
  ])('%j holds %i', (text, count) => expect(roughCount(text)).toBe(count));
});
