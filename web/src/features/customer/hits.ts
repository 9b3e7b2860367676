import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import type { Language, Translate } from '@/lib/i18n';
import { markWords } from '@/lib/text/highlight';
import { shownValue } from './columns';

/** A word that was found where no column shows it: the field and its value, or an order number. */
export type Hit = { key: string; label: string; text: string };

/** The fields that the words of the one box are looked for in, for this person. */
export const oneBoxFields = (catalogue: Catalogue): CatalogueField[] => catalogue.fields.filter((field) => field.one_box && field.listable);

const holds = (text: string, word: string) => text !== '' && markWords(text, [word]).some((piece) => piece.hit);
const couldBeOrderNumber = (word: string) => /^[\x21-\x7e]+$/.test(word.normalize('NFKC'));

/** Where the words were found that no shown column explains. A row whose columns show every word has none. */
export function hiddenHits(row: object, words: string[], shown: ReadonlySet<string>, catalogue: Catalogue, language: Language, t: Translate): Hit[] {
  if (words.length === 0) return [];
  const texts = oneBoxFields(catalogue).map((field) => ({ field, text: shownValue(row, field, catalogue, language, t) }));
  const hits = new Map<string, Hit>();
  for (const word of words) {
    if (texts.some(({ field, text }) => shown.has(field.key) && holds(text, word))) continue;
    const found = texts.find(({ text }) => holds(text, word));
    if (found) hits.set(found.field.key, { key: found.field.key, label: found.field.labels[language], text: found.text });
    // What none of the customer's own fields has was found through an order; other writings of a name are not told.
    else if (couldBeOrderNumber(word)) hits.set('$order', { key: '$order', label: t('search.orderNumber'), text: word });
  }
  return [...hits.values()];
}
