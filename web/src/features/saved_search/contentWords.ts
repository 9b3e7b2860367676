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

/** How the list looks: order, columns, height of rows, changed widths. */
export function looksWords(content: AnyContent, catalogue: Catalogue, language: Language, t: Translate): string[] {
  const lines: string[] = [];
  const { sort, columns, density, widths } = content;
  const join = language === 'ja' ? '・' : ', ';
  if (Array.isArray(sort) && sort.length > 0)
    lines.push(
      t('saved.sortedBy', {
        fields: sort.filter(isObject).map((by) => t(by['direction'] === 'desc' ? 'saved.descending' : 'saved.ascending', { field: catalogue.label(String(by['field']), language) })).join(join),
      }),
    );
  if (Array.isArray(columns) && columns.length > 0) lines.push(t('saved.columns', { columns: columns.map((key) => catalogue.label(String(key), language)).join(join) }));
  if (density === 'compact' || density === 'normal' || density === 'relaxed') lines.push(t('saved.density', { density: t(`search.${density}`) }));
  if (isObject(widths) && Object.keys(widths).length > 0) lines.push(t('saved.widths', { columns: Object.keys(widths).map((key) => catalogue.label(key, language)).join(join) }));
  return lines;
}

const atStep = (value: unknown, step: string): unknown => {
  if (Array.isArray(value)) return (value as unknown[])[Number(step)];
  return isObject(value) ? value[step] : undefined;
};
const isGroup = (part: Record<string, unknown>) => ['all', 'any', 'none'].some((kind) => Array.isArray(part[kind]));

/** What a warning points at (`/content/condition/all/1/op`), in words. */
export function partWords(content: AnyContent, pointer: string, catalogue: Catalogue, language: Language, t: Translate): string {
  const steps = pointer
    .split('/')
    .slice(2)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [member = '', ...rest] = steps;
  let here: unknown = content[member];
  let leaf: Record<string, unknown> | null = isObject(here) ? here : null;
  for (const step of rest) {
    here = atStep(here, step);
    if (isObject(here) && (leaf === null || isGroup(leaf))) leaf = here; // the condition, not what it is made of
  }
  if (member === 'condition') return leaf ? words(leaf, catalogue, language) : JSON.stringify(content[member]);
  if (member === 'sort') return t('saved.partSort', { field: leaf ? catalogue.label(String(leaf['field']), language) : '?' });
  if (member === 'columns') return t('saved.partColumn', { column: catalogue.label(String(here), language) });
  return t('saved.partOther', { part: member });
}
