import { describe, expect, it } from 'vitest';
import { ReadingCollector, readingIn, toKatakana } from './kana';

describe('toKatakana', () => {
  it.each([
    ['たなか', 'タナカ'],
    ['ﾀﾅｶ', 'タナカ'],
    ['ｶﾞｷﾞ ﾊﾟ', 'ガギ パ'],
    ['ゔぁん', 'ヴァン'],
    ['タナカ', 'タナカ'],
    [' 山田 ', '山田'],
  ])('turns %s into %s', (from, to) => expect(toKatakana(from)).toBe(to));
});

describe('readingIn', () => {
  it('takes kana, leaves an unfinished syllable out, and knows converted text', () => {
    expect(readingIn('たなk')).toBe('タナ');
    expect(readingIn('たなｋ')).toBe('タナ');
    expect(readingIn('田中')).toBeNull();
    expect(readingIn('t')).toBeNull();
  });
});

describe('ReadingCollector', () => {
  const compose = (steps: string[], result: string) => {
    const collector = new ReadingCollector();
    collector.start();
    steps.forEach((step) => collector.update(step));
    return collector.end(result);
  };

  it('keeps the reading typed before the conversion', () => {
    expect(compose(['t', 'た', 'たn', 'たな', 'たなk', 'たなか', '田中'], '田中')).toBe('タナカ');
  });

  it('follows corrections before the conversion', () => {
    expect(compose(['たなかs', 'たなか', 'たな', 'たなべ', '田辺'], '田辺')).toBe('タナベ');
  });

  it('gives nothing when the composition is given up', () => {
    expect(compose(['たなか', ''], '')).toBe('');
  });

  it('takes kana left unconverted as it is', () => {
    expect(compose(['さくら'], 'さくら')).toBe('サクラ');
  });
});
