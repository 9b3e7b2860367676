import { formatDay } from '@/lib/date/moment';
import { formatCount, formatYen } from '@/lib/text/number';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { isLeaf, type Condition, type ConditionValue, type Leaf, type RelativeDay } from './conditions';

type Language = 'ja' | 'en';

const mostNamed = 4; // more values than this are only counted

const units = {
  ja: { day: '日', week: '週間', month: 'か月', year: '年' },
  en: { day: 'day', week: 'week', month: 'month', year: 'year' },
};

function relativeWords(day: RelativeDay, language: Language): string {
  const amount = 'ago' in day ? day.ago : day.ahead;
  if (amount === 0) return language === 'ja' ? '今日' : 'today';
  const unit = units[language][day.unit];
  if (language === 'ja') return `${amount}${unit}${'ago' in day ? '前' : '後'}`;
  const plural = amount === 1 ? unit : `${unit}s`;
  return 'ago' in day ? `${amount} ${plural} ago` : `in ${amount} ${plural}`;
}

function valueWords(field: CatalogueField | undefined, value: unknown, catalogue: Catalogue, language: Language): string {
  if (typeof value === 'object' && value !== null && ('ago' in value || 'ahead' in value)) return relativeWords(value as RelativeDay, language);
  if (typeof value === 'boolean') return language === 'ja' ? (value ? 'はい' : 'いいえ') : value ? 'yes' : 'no';
  if (field?.options) return catalogue.optionLabel(field.key, value, language);
  if (field?.type === 'money' && typeof value === 'number') return formatYen(value);
  if (field?.type === 'number' && typeof value === 'number') return formatCount(value);
  if ((field?.type === 'date' || field?.type === 'moment') && typeof value === 'string') return formatDay(value);
  return String(value);
}

function operandWords(leaf: Leaf, catalogue: Catalogue, language: Language): string {
  const field = catalogue.find(leaf.field);
  const value: ConditionValue | undefined = leaf.value;
  if (value === undefined) return '';
  const words = (one: unknown) => valueWords(field, one, catalogue, language);
  if (Array.isArray(value)) {
    const joined = value.slice(0, mostNamed).map(words).join(language === 'ja' ? '・' : ', ');
    const rest = value.length - mostNamed;
    if (rest <= 0) return joined;
    return language === 'ja' ? `${joined} ほか${formatCount(rest)}件` : `${joined} and ${formatCount(rest)} more`;
  }
  if (typeof value === 'object' && value !== null && 'from' in value) {
    return language === 'ja' ? `${words(value.from)}〜${words(value.to)}` : `${words(value.from)} – ${words(value.to)}`;
  }
  return words(value);
}

/** A condition in words: 氏名: 田中 を含む / Name: contains 田中. The plainest operators go without saying. */
export function conditionWords(condition: Condition, catalogue: Catalogue, language: Language): string {
  if (!isLeaf(condition)) return treeWords(condition, catalogue, language);
  const label = catalogue.label(condition.field, language);
  const operand = operandWords(condition, catalogue, language);
  const operator = catalogue.operatorLabel(condition.op, language);
  const plain = ['in', 'any_of', 'is', 'between'].includes(condition.op);
  const colon = language === 'ja' ? '：' : ': ';
  if (operand === '') return `${label}${colon}${operator}`;
  if (plain) return `${label}${colon}${operand}`;
  return language === 'ja' ? `${label}${colon}${operand}（${operator}）` : `${label}${colon}${operator} ${operand}`;
}

function treeWords(condition: Exclude<Condition, Leaf>, catalogue: Catalogue, language: Language): string {
  if ('text' in condition) return language === 'ja' ? `「${condition.text}」` : `“${condition.text}”`;
  const [kind, parts] = 'all' in condition ? (['all', condition.all] as const) : 'any' in condition ? (['any', condition.any] as const) : (['none', condition.none] as const);
  const joins = { ja: { all: ' かつ ', any: ' または ', none: ' または ' }, en: { all: ' and ', any: ' or ', none: ' or ' } };
  const words = parts.map((part) => (isLeaf(part) || 'text' in part ? conditionWords(part, catalogue, language) : `(${conditionWords(part, catalogue, language)})`)).join(joins[language][kind]);
  if (kind !== 'none') return words;
  return language === 'ja' ? `(${words}) 以外` : `not (${words})`;
}
