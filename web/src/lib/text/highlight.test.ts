import { describe, expect, it } from 'vitest';
import { markWords, wordsOf } from './highlight';

const marked = (shown: string, text: string) =>
  markWords(shown, wordsOf(text))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('markWords', () => {
  it.each([
    ['田中 花子', '田中', '[田中] 花子'],
    ['タナカ ハナコ', 'はなこ', 'タナカ [ハナコ]'],
    ['090-1234-5678', '12345678', '090-[1234-5678]'],
    ['090-1234-5678', '０９０', '[090]-1234-5678'],
    ['Hanako@Example.jp', 'example 花', 'Hanako@[Example].jp'],
    ['山田', '田中', '山田'],
    ['', '田', ''],
  ])('in %s for %s', (shown, text, expected) => expect(marked(shown, text)).toBe(expected));
});
