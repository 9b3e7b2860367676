// What the builder holds of a field: everything as typed, and what becomes of it.

import type { CatalogueField } from '@/lib/catalogue';
import type { FormField, FormFieldInput, FormFieldType } from './api';

export type DraftOption = { id: number; code: string; ja: string; en: string; removed: boolean };
export type Draft = {
  key: string;
  ja: string;
  en: string;
  type: FormFieldType;
  required: boolean;
  maxLength: number | null;
  minimum: number | null;
  maximum: number | null;
  options: DraftOption[];
  onList: boolean;
  onCsv: boolean;
};

export const types: readonly FormFieldType[] = ['text', 'long_text', 'number', 'date', 'select', 'multi', 'checkbox'];
export const hasOptions = (type: FormFieldType) => type === 'select' || type === 'multi';
export const isText = (type: FormFieldType) => type === 'text' || type === 'long_text';
const usualLength = { text: 200, long_text: 2000 };
export const mostLength = { text: 1000, long_text: 10_000 };

let optionCount = 0;
export const newOption = (): DraftOption => ({ id: ++optionCount, code: '', ja: '', en: '', removed: false });

export const emptyDraft = (): Draft => ({ key: '', ja: '', en: '', type: 'text', required: false, maxLength: null, minimum: null, maximum: null, options: [newOption(), newOption()], onList: false, onCsv: true });

export function draftOf(field: FormField): Draft {
  return {
    key: field.key,
    ja: field.labels.ja,
    en: field.labels.en ?? '',
    type: field.type,
    required: field.required,
    maxLength: field.max_length,
    minimum: field.minimum,
    maximum: field.maximum,
    options: field.options.map(({ code, labels, removed }) => ({ ...newOption(), code: code ?? '', ja: labels.ja, en: labels.en ?? '', removed: removed ?? false })),
    onList: field.on_list,
    onCsv: field.on_csv,
  };
}

const labels = ({ ja, en }: { ja: string; en: string }) => ({ ja: ja.trim(), en: en.trim() === '' ? null : en.trim() });

/** The options that are sent: rows nobody wrote anything into are none. */
export const sentOptions = (draft: Draft): DraftOption[] => (hasOptions(draft.type) ? draft.options.filter(({ ja, en, code }) => ja.trim() !== '' || en.trim() !== '' || code !== '') : []);

export function inputOf(draft: Draft): FormFieldInput {
  return {
    labels: labels(draft),
    required: draft.required,
    max_length: isText(draft.type) ? draft.maxLength : null,
    minimum: draft.type === 'number' ? draft.minimum : null,
    maximum: draft.type === 'number' ? draft.maximum : null,
    options: sentOptions(draft).map((option) => ({ ...(option.code === '' ? {} : { code: option.code }), labels: labels(option), removed: option.removed })),
    on_list: draft.onList,
    on_csv: draft.onCsv,
  };
}

const catalogueTypes: Record<FormFieldType, CatalogueField['type']> = { text: 'text', long_text: 'text', number: 'number', date: 'date', select: 'choice', multi: 'set', checkbox: 'boolean' };

/** The field as forms will show it. */
export function previewOf(draft: Draft, unnamed: string): CatalogueField {
  const ja = draft.ja.trim() || unnamed;
  return {
    key: `x.${draft.key || 'preview'}`,
    labels: { ja, en: draft.en.trim() || ja },
    type: catalogueTypes[draft.type],
    group: 'own',
    operators: [],
    options: hasOptions(draft.type)
      ? sentOptions(draft)
          .filter(({ removed }) => !removed)
          .map((option) => ({ value: option.code || `new ${option.id}`, labels: { ja: option.ja, en: option.en || option.ja } }))
      : null,
    name_key: null,
    sortable: false,
    one_box: false,
    listable: true,
    editable: true,
    creatable: true,
    required: draft.required,
    multiline: draft.type === 'long_text',
    exported: draft.onCsv,
    of_address: false,
    max_length: isText(draft.type) ? (draft.maxLength ?? usualLength[draft.type === 'text' ? 'text' : 'long_text']) : null,
    minimum: draft.type === 'number' ? draft.minimum : null,
    maximum: draft.type === 'number' ? draft.maximum : null,
    personal: true,
    masked: false,
    csv_names: [],
  };
}
