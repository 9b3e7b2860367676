import { describe, expect, it } from 'vitest';
import { NameReading, ReadingCollector, readingIn, toKatakana } from './kana';

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

describe('NameReading', () => {
  it('joins what was composed piece by piece, at either end', () => {
    const name = new NameReading();
    expect(name.put('', '佐', 'サ', '')).toBe('サ');
    expect(name.put('佐', '藤', 'トウ', '')).toBe('サトウ');
    expect(name.put('', '新', 'シン', '佐藤')).toBe('シンサトウ');
  });

  it('begins anew when the whole name is replaced', () => {
    const name = new NameReading();
    name.put('', '田中', 'タナカ', '');
    expect(name.put('', '鈴木', 'スズキ', '')).toBe('スズキ');
  });

  it('drops the reading of a piece that was deleted', () => {
    const name = new NameReading();
    name.put('', '佐', 'サ', '');
    name.put('佐', '藤', 'トウ', '');
    expect(name.put('佐', '野', 'ノ', '')).toBe('サノ');
  });

  it('is unknown beside a part that was not composed, or was cut', () => {
    const name = new NameReading();
    expect(name.put('田', '村', 'ムラ', '')).toBeNull(); // 田 stood there before
    name.put('', '田中', 'タナカ', '');
    expect(name.put('田', '村', 'ムラ', '')).toBeNull();
    expect(name.put('', '山', '', '')).toBeNull();
  });
});
