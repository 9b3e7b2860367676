import { describe, expect, it } from 'vitest';
import { readingOf } from './romaji';

describe('readingOf', () => {
  it.each([
    ['tanaka', 'タナカ'],
    ['Tanaka', 'タナカ'],
    ['ＴＡＮＡＫＡ', 'タナカ'],
    ['hattori', 'ハットリ'],
    ["jun'ichirou", 'ジュンイチロウ'],
    ['homma', 'ホンマ'],
    ['Shimbashi', 'シンバシ'],
    ['hotchi', 'ホッチ'],
    ['Satō Yūko', 'サトウ ユウコ'],
    ['たなka', 'タナカ'],
    ['ﾀﾅｶ', 'タナカ'],
    ['たなか', 'タナカ'],
  ])('reads %s as %s', (typed, kana) => expect(readingOf(typed)).toBe(kana));

  it.each(['Smith', '田中', 'タナカ-2', 'x'])('leaves %s, which is no reading', (typed) => expect(readingOf(typed)).toBe(typed));
});
