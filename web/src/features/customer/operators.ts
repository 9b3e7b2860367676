import type { Catalogue, CatalogueField, Operator } from '@/lib/catalogue';
import type { Language } from '@/lib/i18n';

export const isDated = (field: CatalogueField | undefined): boolean => field?.type === 'date' || field?.type === 'moment';

// "At least 2026/1/1" is no way to speak of a day.
const ofDays: Partial<Record<Operator, { ja: string; en: string }>> = {
  is: { ja: '当日', en: 'is on' },
  at_least: { ja: '以降', en: 'is on or after' },
  at_most: { ja: '以前', en: 'is on or before' },
};

/** An operator in the words that fit the field. */
export function operatorWords(op: Operator, field: CatalogueField | undefined, catalogue: Catalogue, language: Language): string {
  const words = isDated(field) ? ofDays[op] : undefined;
  return words?.[language] ?? catalogue.operatorLabel(op, language);
}
