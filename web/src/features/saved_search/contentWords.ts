import type { Catalogue } from '@/lib/catalogue';
import { conditionWords } from '@/features/customer/conditionWords';
import type { Condition } from '@/features/customer/conditions';
import type { Translate } from '@/lib/i18n';

type Language = 'ja' | 'en';
/** What a saved search holds; one of another version may hold anything. */
export type AnyContent = Record<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One condition in words; as it stands when it has a form this version does not know. */
function words(condition: unknown, catalogue: Catalogue, language: Language): string {
  try {
    return conditionWords(condition as Condition, catalogue, language);
  } catch {
    return JSON.stringify(condition);
  }
}

/** The conditions of a saved search, one line each. */
export function contentWords(content: AnyContent, catalogue: Catalogue, language: Language): string[] {
  const lines: string[] = [];
  const { condition, text } = content;
  if (text !== undefined && text !== null && text !== '') lines.push(words({ text }, catalogue, language));
  if (isObject(condition)) {
    const parts = Array.isArray(condition['all']) ? (condition['all'] as unknown[]) : [condition];
    lines.push(...parts.map((part) => words(part, catalogue, language)));
  } else if (condition !== undefined && condition !== null) {
    lines.push(JSON.stringify(condition));
  }
  return lines;
}

/** How the list looks: order, columns, height of rows. */
export function looksWords(content: AnyContent, catalogue: Catalogue, language: Language, t: Translate): string[] {
  const lines: string[] = [];
  const { sort, columns, density } = content;
  const join = language === 'ja' ? '・' : ', ';
  if (Array.isArray(sort) && sort.length > 0)
    lines.push(
      t('saved.sortedBy', {
        fields: sort.filter(isObject).map((by) => t(by['direction'] === 'desc' ? 'saved.descending' : 'saved.ascending', { field: catalogue.label(String(by['field']), language) })).join(join),
      }),
    );
  if (Array.isArray(columns) && columns.length > 0) lines.push(t('saved.columns', { columns: columns.map((key) => catalogue.label(String(key), language)).join(join) }));
  if (density === 'compact' || density === 'normal' || density === 'relaxed') lines.push(t('saved.density', { density: t(`search.${density}`) }));
  return lines;
}
