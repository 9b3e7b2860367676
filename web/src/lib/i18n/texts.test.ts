import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ja } from './ja';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`)));
}

const english = leaves(en as unknown as Tree);
const japanese = leaves(ja);

describe('texts', () => {
  // "at least 1 orders": what counts things by a word in the plural has the word for one of them, too.
  it('in English tell one from many', () => {
    const keys = new Set(english.map(([key]) => key));
    const plural = english.filter(([key, text]) => !key.endsWith('_one') && /\{\{count(, number)?\}\} ([a-z]+ ){0,2}[a-z]+s\b/.test(text)).map(([key]) => key);
    expect(plural.filter((key) => !keys.has(`${key}_one`) && !ofManyAlone.has(key))).toEqual([]);
  });

  it('are the same in both languages', () => {
    const bare = (all: [string, string][]) => all.map(([key]) => key).filter((key) => !key.endsWith('_one')).sort();
    expect(bare(english)).toEqual(bare(japanese));
  });

  // FEATURES, "Words for the same thing": one word for one thing.
  it.each(['管理ID', '購入者', '統合', '名寄せ', 'マージ', 'ブラックリスト', 'ランク', '顧客分類', 'タグ', '応対履歴', '対応履歴', '問合せ', '備考', 'サブスク', '頒布会', '注文番号'])('say our word instead of %s', (word) => {
    expect(japanese.filter(([, text]) => text.includes(word)).map(([key]) => key)).toEqual([]);
  });
});

// Never said of one.
const ofManyAlone = new Set(['lists.big']);
