import { describe, expect, it } from 'vitest';
import { Catalogue, type CatalogueDocument, type CatalogueField } from '@/lib/catalogue';
import { formatDay } from '@/lib/date/moment';
import { resolveDay } from '@/lib/date/relative';
import { fromGroup, moved, newLeaf, replaced, toGroup } from './builder/tree';
import { anyReversed, defaultSearch, emptyPanel, isReversed, splitValues, toPanel, toSearch, type Condition } from './conditions';
import { conditionWords } from './conditionWords';

const field = (key: string, ja: string, en: string, more: Partial<CatalogueField>): CatalogueField => ({
  key, labels: { ja, en }, type: 'text', group: 'basic', operators: ['contains'], options: null, name_key: null, sortable: true, one_box: false, listable: true, editable: true,
  creatable: true, required: false, multiline: false, exported: true, of_address: false, max_length: null, minimum: null, maximum: null, personal: false, masked: false, csv_names: [], ...more,
});

const document = {
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
    { op: 'at_least', labels: { ja: '以上', en: 'is at least' }, operand: 'one' },
    { op: 'between', labels: { ja: 'の範囲', en: 'is between' }, operand: 'range' },
    { op: 'anniversary_between', labels: { ja: 'が毎年この期間', en: 'falls each year between' }, operand: 'range' },
    { op: 'empty', labels: { ja: 'が未設定', en: 'is not set' }, operand: 'none' },
  ],
  things: [{ key: 'order', labels: { ja: '受注', en: 'Orders' }, fields: [field('total', '合計', 'Total', { type: 'money' })] }],
  past_fields: [],
  default_columns: [],
  restore_days: 30,
};
const catalogue = new Catalogue(document as unknown as CatalogueDocument);
const inDays = (ahead: number) => resolveDay({ ahead, unit: 'day' }).split('-').slice(1).map(Number).join('/');
const ago30 = formatDay(resolveDay({ ago: 30, unit: 'day' }));

describe('conditionWords', () => {
  it.each<[Condition, string, string]>([
    [{ field: 'name', op: 'contains', value: '田中' }, '氏名：「田中」を含む', 'Name contains “田中”'],
    [{ field: 'status', op: 'in', value: ['guest', 'member'] }, 'ステータス：ゲスト・会員', 'Status is Guest, Member'],
    [{ field: 'purchase_total', op: 'at_least', value: 10000 }, '購入総額：¥10,000以上', 'Purchase total is at least ¥10,000'],
    [{ field: 'birth_date', op: 'between', value: { from: '1970-01-02', to: '1980-01-02' } }, '生年月日：1970/01/02〜1980/01/02', 'Birth date is between 1970/01/02 and 1980/01/02'],
    [{ field: 'birth_date', op: 'anniversary_between', value: { from: '12-25', to: '01-05' } }, '生年月日：毎年12/25〜1/5', 'Birth date falls each year between 12/25 and 1/5'],
    [
      { field: 'birth_date', op: 'anniversary_between', value: { from: { ahead: 0, unit: 'day' }, to: { ahead: 7, unit: 'day' } } },
      `生年月日：誕生日が今日（${inDays(0)}）〜今日から7日後（${inDays(7)}）`,
      `Birth date falls each year between today (${inDays(0)}) and in 7 days (${inDays(7)})`,
    ],
    [{ field: 'last_purchase_at', op: 'at_least', value: { ago: 30, unit: 'day' } }, `最終購入日：今日から30日前（${ago30}）以降`, `Last purchase is on or after 30 days ago (${ago30})`],
    [{ field: 'newsletter', op: 'is', value: true }, 'メルマガ購読：はい', 'Newsletter is yes'],
    [{ field: 'name', op: 'empty' }, '氏名：未設定', 'Name is not set'],
    [{ field: 'number', op: 'in', value: ['1', '2', '3', '4', '5', '6'] }, '顧客番号：「1」・「2」・「3」・「4」 ほか2件', 'Number is “1”, “2”, “3”, “4” and 2 more'],
    [{ any: [{ text: '田中' }, { field: 'newsletter', op: 'is', value: false }] }, '検索語「田中」 または メルマガ購読：いいえ', 'words “田中” or Newsletter is no'],
    [{ none: [{ field: 'newsletter', op: 'is', value: true }] }, '（メルマガ購読：はい）に当てはまらない', 'not (Newsletter is yes)'],
    [
      { all: [{ any: [{ text: 'a' }, { text: 'b' }] }, { none: [{ text: 'c' }, { text: 'd' }] }] },
      '（検索語「a」 または 検索語「b」） かつ （検索語「c」 または 検索語「d」）に当てはまらない',
      '(words “a” or words “b”) and not (words “c” or words “d”)',
    ],
    [
      { has: 'order', where: { all: [{ field: 'total', op: 'at_least', value: 5000 }] }, count: { at_least: 3 } } as unknown as Condition,
      '受注（合計：¥5,000以上）が3件以上',
      'has at least 3 orders where (Total is at least ¥5,000)',
    ],
    [{ has: 'order', count: { at_most: 0 } } as unknown as Condition, '受注がない', 'has no orders'],
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
      others: [{ any: [{ text: 'a' }, { text: 'b' }] }, { field: 'last_purchase_at', op: 'between' as const, value: { from: '2026-01-01', to: { ago: 1, unit: 'day' as const } } }],
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
    expect(isReversed({ from: { ago: 1, unit: 'day' }, to: { ago: 1, unit: 'week' } })).toBe(true);
    expect(isReversed({ from: '12-25', to: '01-05' })).toBe(false); // birthdays go over the end of the year
    expect(anyReversed({ field: 'birth_date', op: 'anniversary_between', value: { from: { ahead: 7, unit: 'day' }, to: { ahead: 0, unit: 'day' } } })).toBe(true);
    expect(anyReversed({ any: [{ text: 'a' }, { none: [{ field: 'purchase_total', op: 'between', value: { from: 2, to: 1 } }] }] })).toBe(true);
  });
});

describe('the builder', () => {
  const tree: Condition = { any: [{ field: 'name', op: 'contains', value: '田' }, { none: [{ text: 'x' }, { field: 'newsletter', op: 'is', value: true }] }] };

  it('gives back the tree it was given', () => {
    expect(fromGroup(toGroup(tree))).toEqual(tree);
    expect(fromGroup(toGroup(undefined))).toBeUndefined();
  });

  it('keeps what a leaf carries besides, such as a list', () => {
    const listed = { all: [{ field: 'number', op: 'in', list: 'abc' }] } as unknown as Condition;
    expect(fromGroup(toGroup(listed))).toEqual(listed);
  });

  it('leaves out what is still being filled in, and groups of nothing', () => {
    const root = toGroup(tree);
    expect(fromGroup({ ...root, parts: [...root.parts, newLeaf(catalogue), toGroup({ all: [] })] })).toEqual(tree);
  });

  it('moves and takes out parts', () => {
    const root = toGroup(tree);
    const [first] = root.parts;
    expect(fromGroup(moved(root, first?.id ?? '', 1))).toEqual({ any: [...(tree as { any: Condition[] }).any].reverse() });
    expect(fromGroup(replaced(root, first?.id ?? '', null))).toEqual({ any: [(tree as { any: Condition[] }).any[1]] });
  });
});

describe('splitValues', () => {
  it('takes any separator and full-width digits, each value once', () => {
    expect(splitValues('１００\n200,300\t400 500、100')).toEqual(['100', '200', '300', '400', '500']);
  });
});
