// What the forms of a customer have in common: which boxes, their values as typed, and what is sent.

import type { Catalogue, CatalogueField } from '@/lib/catalogue';

export type FormValues = Record<string, unknown>;

// A value made of parts: shown as one, edited by its parts.
export const composed: Record<string, string[]> = {
  name: ['family_name', 'given_name'],
  kana: ['family_kana', 'given_kana'],
  address: ['prefecture', 'city', 'street', 'building'],
  birth_date: ['age'],
};
const partsOfOthers = new Set(Object.values(composed).flat());

/** Fields of a group as they are read: a composed value stands for its parts. */
export function viewFields(catalogue: Catalogue, group: string): CatalogueField[] {
  return catalogue.inGroup(group).filter((field) => field.listable && !partsOfOthers.has(field.key) && field.key !== 'version' && field.key !== 'deleted' && field.options?.length !== 0);
}

/** Fields of a group that a form has boxes for. */
export function formFields(catalogue: Catalogue, group: string, use: 'editable' | 'creatable'): CatalogueField[] {
  return catalogue.inGroup(group).filter((field) => field[use] && !field.masked && field.options?.length !== 0);
}

// Only members have these; whoever is none has no boxes for them.
const ofMembersOnly = new Set(['level', 'level_fixed', 'special_type']);
export const forStatus = (fields: CatalogueField[], status: unknown): CatalogueField[] => (status === 'member' ? fields : fields.filter((field) => !ofMembersOnly.has(field.key)));
/** What was chosen in a box that is gone by now is not sent. */
export const withoutHidden = (values: FormValues, status: unknown): FormValues => (status === 'member' ? values : Object.fromEntries(Object.entries(values).filter(([key]) => !ofMembersOnly.has(key))));

/** Statuses that a customer with this one may have next, and the one he has; 退会 only for who may withdraw him. */
export const withNextStatuses = (fields: CatalogueField[], status: string, mayWithdraw: boolean): CatalogueField[] =>
  fields.map((field) => {
    if (field.key !== 'status') return field;
    const next = field.options?.find((option) => option.value === status)?.next ?? [];
    const touchesWithdrawal = (to: unknown) => status === 'withdrawn' || to === 'withdrawn';
    return { ...field, options: (field.options ?? []).filter(({ value }) => value === status || (next.some((one) => one === value) && (mayWithdraw || !touchesWithdrawal(value)))) };
  });

const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const same = (a: unknown, b: unknown) => (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);

/** The values to send: those that differ from the start; an emptied box is null. */
export function changedValues(start: FormValues, now: FormValues): FormValues {
  const changed: FormValues = {};
  for (const [key, value] of Object.entries(now)) {
    if (!same(start[key], value)) changed[key] = isEmpty(value) && !Array.isArray(value) ? null : value;
  }
  return changed;
}

/** Which of the values sent are others than before; what was only written in another way is not. Parts of one value are told as one. */
export function changedKeys(before: object, after: object, sent: string[]): string[] {
  const moved = sent.filter((key) => !same((before as FormValues)[key], (after as FormValues)[key]));
  const wholes = Object.entries(composed).filter(([, parts]) => parts.filter((part) => moved.includes(part)).length > 1);
  return [...new Set(moved.map((key) => wholes.find(([, parts]) => parts.includes(key))?.[0] ?? key))];
}

export const pick = (record: object, keys: string[]): FormValues => Object.fromEntries(keys.map((key) => [key, (record as FormValues)[key] ?? null]));
