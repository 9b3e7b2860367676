// The whole language of conditions in words, for chips, the builder, saved searches and whoever tells what is searched for.

import { listWords } from '@/features/list/words';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { formatDay, today } from '@/lib/date/moment';
import { isMoving, resolveDay, type MovingDay } from '@/lib/date/relative';
import { formatCount, formatYen } from '@/lib/text/number';
import { asHas, countEnds, isLeaf, type Condition, type Has, type Leaf } from './conditions';
import { isDated, operatorWords } from './operators';

type Language = 'ja' | 'en';

const mostNamed = 4; // more values than this are only counted
const deepest = 40;

const units = {
  ja: { day: '日', week: '週間', month: 'か月', year: '年' },
  en: { day: 'day', week: 'week', month: 'month', year: 'year' },
};

/** 今日から30日前 / 30 days ago */
function movingWords(moving: MovingDay, language: Language): string {
  const amount = 'ago' in moving ? moving.ago : moving.ahead;
  if (language === 'ja') return amount === 0 ? '今日' : `今日から${amount}${units.ja[moving.unit]}${'ago' in moving ? '前' : '後'}`;
  const unit = `${units.en[moving.unit]}${amount === 1 ? '' : 's'}`;
  return amount === 0 ? 'today' : 'ago' in moving ? `${amount} ${unit} ago` : `in ${amount} ${unit}`;
}

const withDay = (words: string, day: string, language: Language) => (language === 'ja' ? `${words}（${day}）` : `${words} (${day})`);

/** 今日から30日前（2026/10/26） / 30 days ago (2026/10/26) */
export const movingDayWords = (moving: MovingDay, language: Language, now = today()): string => withDay(movingWords(moving, language), formatDay(resolveDay(moving, now)), language);

/** 12/31 of "12-31" and of a day, and of one that moves what it is today: 今日から7日後（11/2） */
function yearlyWords(value: unknown, language: Language): string {
  const monthDay = (day: string) => day.split('-').slice(-2).map(Number).join('/');
  return isMoving(value) ? withDay(movingWords(value, language), monthDay(resolveDay(value)), language) : monthDay(String(value));
}

function valueWords(field: CatalogueField | undefined, value: unknown, catalogue: Catalogue, language: Language): string {
  if (isMoving(value)) return movingDayWords(value, language);
  if (typeof value === 'boolean') return language === 'ja' ? (value ? 'はい' : 'いいえ') : value ? 'yes' : 'no';
  if (field?.options) return catalogue.optionLabel(field.key, value, language);
  if (field?.type === 'money' && typeof value === 'number') return formatYen(value);
  if (field?.type === 'number' && typeof value === 'number') return formatCount(value);
  if (isDated(field) && typeof value === 'string') return formatDay(value);
  return language === 'ja' ? `「${String(value)}」` : `“${String(value)}”`;
}

/** What a condition compares with, in words. */
export function operandWords(leaf: Leaf, catalogue: Catalogue, language: Language): string {
  const field = catalogue.find(leaf.field);
  const { value } = leaf;
  if ('list' in leaf && leaf.list) return language === 'ja' ? 'リスト' : 'a list';
  if (value === undefined) return '';
  const words = (one: unknown) => valueWords(field, one, catalogue, language);
  if (Array.isArray(value)) {
    const joined = value.slice(0, mostNamed).map(words).join(language === 'ja' ? '・' : ', ');
    const rest = value.length - mostNamed;
    if (rest <= 0) return joined;
    return language === 'ja' ? `${joined} ほか${formatCount(rest)}件` : `${joined} and ${formatCount(rest)} more`;
  }
  if (typeof value === 'object' && value !== null && 'from' in value) {
    if (leaf.op === 'anniversary_between') {
      const [from, to] = [yearlyWords(value.from, language), yearlyWords(value.to, language)];
      if (language === 'en') return `${from} and ${to}`;
      return `${isMoving(value.from) || isMoving(value.to) ? '誕生日が' : '毎年'}${from}〜${to}`;
    }
    return language === 'ja' ? `${words(value.from)}〜${words(value.to)}` : `${words(value.from)} and ${words(value.to)}`;
  }
  return words(value);
}

// Operators that go without saying once the value is named.
const silent = { ja: ['in', 'any_of', 'is', 'between', 'anniversary_between'], en: ['in', 'is'] };

function leafWords(leaf: Leaf, catalogue: Catalogue, language: Language): string {
  if (leaf.list !== undefined) return listWords(leaf.list, leaf.op);
  const field = catalogue.find(leaf.field);
  const label = catalogue.label(leaf.field, language);
  const operand = operandWords(leaf, catalogue, language);
  const operator = operatorWords(leaf.op, field, catalogue, language);
  if (language === 'ja') {
    if (operand === '') return `${label}：${operator.replace(/^が/, '')}`;
    return `${label}：${operand}${silent.ja.includes(leaf.op) ? '' : operator}`;
  }
  if (operand === '') return `${label} ${operator}`;
  return `${label} ${silent.en.includes(leaf.op) ? (isDated(field) ? 'is on' : 'is') : operator} ${operand}`;
}

/** A condition in words: 氏名：「田中」を含む / Name contains “田中”; groups with かつ and または, brackets only where needed. */
export function conditionWords(condition: Condition, catalogue: Catalogue, language: Language, depth = 0): string {
  if (depth > deepest) return '…';
  if (isLeaf(condition)) return leafWords(condition, catalogue, language);
  const has = asHas(condition);
  if (has) return hasWords(has, catalogue, language, depth);
  if ('text' in condition) return language === 'ja' ? `検索語「${condition.text}」` : `words “${condition.text}”`;
  if ('none' in condition) {
    const words = joined(condition.none, ' または ', ' or ', catalogue, language, depth);
    return language === 'ja' ? `（${words}）に当てはまらない` : `not (${words})`;
  }
  if ('any' in condition) return joined(condition.any, ' または ', ' or ', catalogue, language, depth);
  return 'all' in condition ? joined(condition.all, ' かつ ', ' and ', catalogue, language, depth) : '?';
}

function joined(parts: Condition[], ja: string, en: string, catalogue: Catalogue, language: Language, depth: number): string {
  if (parts.length === 0) return language === 'ja' ? '条件なし' : 'nothing';
  const words = parts.map((part) => {
    const text = conditionWords(part, catalogue, language, depth + 1);
    const bracketed = parts.length > 1 && (('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1));
    if (!bracketed) return text;
    return language === 'ja' ? `（${text}）` : `(${text})`;
  });
  return words.join(language === 'ja' ? ja : en);
}

/** 受注（商品番号：「A」と一致する）が3件以上 / has at least 3 of Orders where (…) */
function hasWords({ has, where, count }: Has, catalogue: Catalogue, language: Language, depth: number): string {
  const thing = catalogue.thing(has);
  const label = thing?.labels[language] ?? has;
  const inner = where && thing ? conditionWords(where, thing.catalogue, language, depth + 1) : '';
  const { least, most } = countEnds(count);
  if (language === 'ja') {
    const many = most === 0 ? 'がない' : least !== undefined && most !== undefined ? `が${least}〜${most}件` : most !== undefined ? `が${most}件以下` : (least ?? 1) === 1 ? 'がある' : `が${least}件以上`;
    return `${label}${inner ? `（${inner}）` : ''}${many}`;
  }
  const many = most === 0 ? 'no' : least !== undefined && most !== undefined ? `${least} to ${most}` : most !== undefined ? `at most ${most}` : `at least ${least ?? 1}`;
  return `has ${many} ${label.toLowerCase()}${inner ? ` where (${inner})` : ''}`;
}
