import i18next from 'i18next';
import { formatCount } from '@/lib/text/number';
import type { CustomerList } from './api';

/** What this page has learnt of lists; null: gone, or another person's. Words are made where no hook can ask. */
const known = new Map<string, CustomerList | null>();
export const learn = (name: string, list: CustomerList | null) => known.set(name, list);

export const nameOf = (list: CustomerList): string => list.name ?? i18next.t('lists.unnamed');

/** リスト: 春の案内 (1,234件). Whoever shows it calls useLists, so that it is drawn again once the list is known. */
export function listWords(name: string, op: string): string {
  const list = known.get(name);
  if (list === null) return i18next.t('lists.chipGone');
  return i18next.t(op === 'not_in' ? 'lists.chipNot' : 'lists.chip', { name: list ? nameOf(list) : '…', found: list ? formatCount(list.found) : '…' });
}
