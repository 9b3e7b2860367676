// The search panel as a value, and its way to and from the condition tree that the server understands.

import type { Schemas } from '@/lib/api/client';
import type { Catalogue, CatalogueField, Operator } from '@/lib/catalogue';
import { isMoving, resolveDay } from '@/lib/date/relative';

export type Condition = Schemas['Condition'];
export type Leaf = Schemas['ConditionLeaf'];
export type ConditionValue = Schemas['ConditionValue'];
export type StoredSearch = Schemas['StoredSearch'];
export type Range = Schemas['Range'];
export type RelativeDay = Schemas['RelativeDay'];

export type DeletedMode = 'without' | 'with' | 'only';
export type FieldCondition = { op: Operator; value?: ConditionValue };

export type Panel = {
  text: string;
  fields: Record<string, FieldCondition>;
  deleted: DeletedMode;
  /** Parts of the tree the panel has no boxes for; kept as they are and shown as chips. */
  others: Condition[];
};

export const defaultStatuses = ['guest', 'provisional', 'member'];
export const mostInline = 10_000;

export const emptyPanel = (): Panel => ({ text: '', fields: {}, deleted: 'without', others: [] });
export const defaultPanel = (): Panel => ({ ...emptyPanel(), fields: { status: { op: 'in', value: [...defaultStatuses] } } });
export const defaultSearch = (): StoredSearch => toSearch(defaultPanel());

export const isLeaf = (condition: Condition): condition is Leaf => 'field' in condition;

export type HasCount = Schemas['HasCount'];
/** Things a customer has: orders that fulfil `where`, so many of them. */
export type Has = Schemas['ConditionHas'];
/** The two ends of how many; without a count at least one is asked for. */
export function countEnds(count: HasCount | undefined): { least?: number; most?: number } {
  if (!count) return { least: 1 };
  if ('between' in count) return { least: count.between.from, most: count.between.to };
  return 'at_least' in count ? { least: count.at_least } : { most: count.at_most };
}
export const asHas = (condition: Condition): Has | null => ('has' in condition ? condition : null);

const deletedValues: Record<Exclude<DeletedMode, 'without'>, string[]> = { with: ['no', 'yes'], only: ['yes'] };

/** Whether a condition has all it needs; others are still being typed and are left out. */
export function isComplete({ op, value }: FieldCondition): boolean {
  if (op === 'empty' || op === 'not_empty') return true;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== undefined && value !== null;
}

/** From must not lie behind to. A written day and one that moves with today are compared by the server alone. */
export function isReversed(value: ConditionValue | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('from' in value)) return false;
  const { from, to } = value;
  if (typeof from === 'number' && typeof to === 'number') return from > to;
  if (isMoving(from) && isMoving(to)) return resolveDay(from) > resolveDay(to);
  const isDay = (day: unknown): day is string => typeof day === 'string' && day.length > 'MM-DD'.length; // the year goes round
  return isDay(from) && isDay(to) && from > to;
}

/** Whether any range of the tree lies the wrong way round. */
export function anyReversed(condition: Condition | undefined): boolean {
  if (!condition) return false;
  if (isLeaf(condition)) return (condition.op === 'between' || condition.op === 'anniversary_between') && isReversed(condition.value);
  const has = asHas(condition);
  if (has) return anyReversed(has.where);
  if ('text' in condition) return false;
  return ('all' in condition ? condition.all : 'any' in condition ? condition.any : 'none' in condition ? condition.none : []).some(anyReversed);
}

/** The lists of customers that a tree names. */
export function listsOf(condition: Condition | undefined): string[] {
  if (!condition) return [];
  if (isLeaf(condition)) return condition.list === undefined ? [] : [condition.list];
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : 'none' in condition ? condition.none : [];
  return [...new Set(parts.flatMap(listsOf))];
}

/** The search with one more condition, which must hold too. */
export function withLeaf(search: StoredSearch, leaf: Leaf): StoredSearch {
  const panel = toPanel(search);
  return toSearch({ ...panel, others: [...panel.others, leaf] });
}

export function toCondition(panel: Panel): Condition | undefined {
  const parts: Condition[] = [];
  for (const [field, condition] of Object.entries(panel.fields)) {
    if (isComplete(condition)) parts.push({ field, ...condition });
  }
  if (panel.deleted !== 'without') parts.push({ field: 'deleted', op: 'in', value: deletedValues[panel.deleted] });
  parts.push(...panel.others);
  return parts.length === 0 ? undefined : { all: parts };
}

export function toSearch(panel: Panel): StoredSearch {
  const condition = toCondition(panel);
  const text = panel.text.trim();
  return { ...(condition ? { condition } : {}), ...(text ? { text } : {}) };
}

function deletedModeOf(leaf: Leaf): DeletedMode | null {
  if (leaf.op !== 'in' || !Array.isArray(leaf.value)) return null;
  const values = leaf.value.map(String);
  if (values.includes('yes')) return values.includes('no') ? 'with' : 'only';
  return values.includes('no') ? 'without' : null;
}

/** The panel has one tick for both ends of a range of days, and no box for lists. */
function fitsPanel({ value, ...leaf }: Leaf): boolean {
  if (Object.keys(leaf).some((key) => key !== 'field' && key !== 'op')) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('from' in value)) return true;
  return isMoving(value.from) === isMoving(value.to);
}

/** The panel that shows a stored search. Whatever it has no box for lands in `others`. */
export function toPanel(search: StoredSearch): Panel {
  const panel = emptyPanel();
  panel.text = search.text ?? '';
  const { condition } = search;
  if (!condition) return panel;
  const parts = 'all' in condition ? condition.all : [condition];
  for (const part of parts) {
    if ('text' in part && panel.text === '') {
      panel.text = part.text;
    } else if (isLeaf(part) && part.field === 'deleted' && deletedModeOf(part)) {
      panel.deleted = deletedModeOf(part) ?? 'without';
    } else if (isLeaf(part) && fitsPanel(part) && !(part.field in panel.fields)) {
      panel.fields[part.field] = { op: part.op, ...(part.value === undefined ? {} : { value: part.value }) };
    } else {
      panel.others.push(part);
    }
  }
  return panel;
}

/** Values pasted as one text: any separator, digits of any width. */
export function splitValues(text: string): string[] {
  const found = text.normalize('NFKC').split(/[\s,、;]+/).filter((value) => value !== '');
  return [...new Set(found)];
}

/** The operator a field starts with when one begins to fill its box. */
export function firstOperator(field: CatalogueField): Operator {
  const wanted: Partial<Record<CatalogueField['type'], Operator[]>> = {
    id: ['in'],
    text: ['contains', 'in', 'is'],
    choice: ['in'],
    reference: ['in'],
    set: ['any_of'],
    number: ['between'],
    money: ['between'],
    date: ['is'],
    moment: ['between'],
    boolean: ['is'],
  };
  const operator = wanted[field.type]?.find((candidate) => field.operators.includes(candidate));
  return operator ?? field.operators[0] ?? 'is';
}

/** Fields that a condition can be put on by this person, in the order of the catalogue; masters without rows offer none. */
export function searchableFields(catalogue: Catalogue): CatalogueField[] {
  return catalogue.fields.filter((field) => field.operators.length > 0 && !field.masked && field.key !== 'deleted' && field.options?.length !== 0);
}
