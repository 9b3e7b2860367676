import { describe, expect, it } from 'vitest';
import { Catalogue, type CatalogueDocument, type CatalogueField } from '@/lib/catalogue';
import { defaultSearch, emptyPanel, isReversed, splitValues, toPanel, toSearch, type Condition } from './conditions';
import { conditionWords } from './conditionWords';

const field = (key: string, ja: string, en: string, more: Partial<CatalogueField>): CatalogueField => ({
  key, labels: { ja, en }, type: 'text', group: 'basic', operators: ['contains'], options: null, name_key: null, sortable: true, listable: true, editable: true,
  creatable: true, required: false, max_length: null, minimum: null, maximum: null, personal: false, masked: false, csv_names: [], ...more,
});

const document: CatalogueDocument = {
  fields: [
    field('name', '氏名', 'Name', {}),
    field('status', 'ステータス', 'Status', {
      type: 'choice',
      options: [
        { value: 'guest', labels: { ja: 'ゲスト', en: 'Guest' } },
        { value: 'member', labels: { ja: '会員', en: 'Member' } },
      ],
    }),
    field('purchase_total', '購入総額', 'Purchase total', { type: 'money' }),
    field('birth_date', '生年月日', 'Birth date', { type: 'date' }),
    field('last_purchase_at', '最終購入日', 'Last purchase', { type: 'moment' }),
    field('newsletter', 'メルマガ購読', 'Newsletter', { type: 'boolean' }),
    field('number', '顧客番号', 'Number', {}),
  ],
  groups: [],
  operators: [
    { op: 'contains', labels: { ja: 'を含む', en: 'contains' }, operand: 'one' },
    { op: 'at_least', labels: { ja: '以上', en: 'at least' }, operand: 'one' },
    { op: 'empty', labels: { ja: 'が未設定', en: 'is empty' }, operand: 'none' },
  ],
  default_columns: [],
};
const catalogue = new Catalogue(document);

describe('conditionWords', () => {
  it.each<[Condition, string, string]>([
    [{ field: 'name', op: 'contains', value: '田中' }, '氏名：田中（を含む）', 'Name: contains 田中'],
    [{ field: 'status', op: 'in', value: ['guest', 'member'] }, 'ステータス：ゲスト・会員', 'Status: Guest, Member'],
    [{ field: 'purchase_total', op: 'at_least', value: 10000 }, '購入総額：¥10,000（以上）', 'Purchase total: at least ¥10,000'],
    [{ field: 'birth_date', op: 'between', value: { from: '1970-01-02', to: '1980-01-02' } }, '生年月日：1970/01/02〜1980/01/02', 'Birth date: 1970/01/02 – 1980/01/02'],
    [{ field: 'last_purchase_at', op: 'at_least', value: { ago: 30, unit: 'day' } }, '最終購入日：30日前（以上）', 'Last purchase: at least 30 days ago'],
    [{ field: 'newsletter', op: 'is', value: true }, 'メルマガ購読：はい', 'Newsletter: yes'],
    [{ field: 'name', op: 'empty' }, '氏名：が未設定', 'Name: is empty'],
    [{ field: 'number', op: 'in', value: ['1', '2', '3', '4', '5', '6'] }, '顧客番号：1・2・3・4 ほか2件', 'Number: 1, 2, 3, 4 and 2 more'],
    [{ any: [{ text: '田中' }, { field: 'newsletter', op: 'is', value: false }] }, '「田中」 または メルマガ購読：いいえ', '“田中” or Newsletter: no'],
    [{ none: [{ field: 'newsletter', op: 'is', value: true }] }, '(メルマガ購読：はい) 以外', 'not (Newsletter: yes)'],
  ])('says %j', (condition, ja, en) => {
    expect(conditionWords(condition, catalogue, 'ja')).toBe(ja);
    expect(conditionWords(condition, catalogue, 'en')).toBe(en);
  });
});

describe('the search panel', () => {
  it('starts with guests, provisional members and members', () => {
    expect(defaultSearch()).toEqual({ condition: { all: [{ field: 'status', op: 'in', value: ['guest', 'provisional', 'member'] }] } });
  });

  it('cleared asks for everyone', () => {
    expect(toSearch(emptyPanel())).toEqual({});
  });

  it('comes back from what it was stored as', () => {
    const panel = {
      text: '田中',
      fields: { name: { op: 'contains' as const, value: '花' }, birth_date: { op: 'empty' as const } },
      deleted: 'only' as const,
      others: [{ any: [{ text: 'a' }, { text: 'b' }] }],
    };
    expect(toPanel(toSearch(panel))).toEqual(panel);
  });

  it('leaves out what is still being typed', () => {
    expect(toSearch({ ...emptyPanel(), fields: { name: { op: 'contains', value: ' ' }, status: { op: 'in', value: [] } } })).toEqual({});
  });

  it('keeps a second condition on a field beside the first', () => {
    const twice = { condition: { all: [{ field: 'name', op: 'contains' as const, value: '田' }, { field: 'name', op: 'not_contains' as const, value: '中' }] } };
    expect(toSearch(toPanel(twice))).toEqual(twice);
  });

  it('knows a reversed range', () => {
    expect(isReversed({ from: '2000-01-01', to: '1999-01-01' })).toBe(true);
    expect(isReversed({ from: 1, to: 1 })).toBe(false);
    expect(isReversed({ from: { ago: 1, unit: 'day' }, to: '1999-01-01' })).toBe(false);
  });
});

describe('splitValues', () => {
  it('takes any separator and full-width digits, each value once', () => {
    expect(splitValues('１００\n200,300\t400 500、100')).toEqual(['100', '200', '300', '400', '500']);
  });
});
