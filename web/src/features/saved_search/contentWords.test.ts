import { describe, expect, it } from 'vitest';
import { Catalogue, type CatalogueDocument } from '@/lib/catalogue';
import type { Translate } from '@/lib/i18n';
import { contentWords, partWords } from './contentWords';

const document = {
  fields: [
    { key: 'labels', labels: { ja: 'ラベル', en: 'Labels' }, type: 'set', group: 'basic', operators: ['any_of'], options: [{ value: '7', labels: { ja: '常連', en: 'Regular' } }] },
    { key: 'newsletter', labels: { ja: 'メルマガ購読', en: 'Newsletter' }, type: 'boolean', group: 'basic', operators: ['is'] },
  ],
  groups: [],
  operators: [],
  things: [],
  past_fields: [],
  default_columns: [],
  restore_days: 30,
};
const catalogue = new Catalogue(document as unknown as CatalogueDocument);
const words = (content: Record<string, unknown>) => contentWords(content, catalogue, 'ja');

describe('contentWords', () => {
  it('has a line for the words and one for each condition', () => {
    const all = [
      { field: 'labels', op: 'any_of', value: ['7'] },
      { field: 'newsletter', op: 'is', value: true },
    ];
    expect(words({ text: '田中', condition: { all } })).toHaveLength(3);
    expect(words({ condition: all[0] })[0]).toContain('常連');
    expect(words({})).toEqual([]);
  });

  it('says what was deleted', () => {
    expect(words({ condition: { field: 'labels', op: 'any_of', value: ['7', '8'] } })[0]).toContain('（削除済み）');
  });

  it('shows what it does not know as it stands', () => {
    expect(words({ condition: { all: [{ xor: [1] }, null, 'x'] } })).toHaveLength(3);
    expect(words({ condition: 7 })).toEqual(['7']);
  });
});

describe('partWords', () => {
  const t = ((key: string, values: Record<string, string>) => [key, ...Object.values(values)].join(' ')) as unknown as Translate;
  const content = {
    condition: { all: [{ field: 'newsletter', op: 'is', value: true }, { any: [{ field: 'aura', op: 'is', value: 'x' }] }, { field: 'labels', op: 'rhymes', value: ['7'] }] },
    sort: [{ field: 'shine', direction: 'asc' }],
    columns: ['labels', 'y'],
  };
  const part = (pointer: string) => partWords(content, pointer, catalogue, 'ja', t);

  it('says a condition that is not known in words, wherever in it the fault is', () => {
    expect(part('/content/condition/all/1/any/0/field')).toBe('aura：「x」');
    expect(part('/content/condition/all/2/op')).toContain('常連');
    expect(part('/content/condition/all/2/value/0')).toBe(part('/content/condition/all/2/op'));
  });

  it('names what else is not known', () => {
    expect(part('/content/sort/0/field')).toBe('saved.partSort shine');
    expect(part('/content/columns/1')).toBe('saved.partColumn y');
    expect(part('/content/colour')).toBe('saved.partOther colour');
  });
});
