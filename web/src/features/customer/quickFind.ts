import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { customerKeys } from './api';
import type { Row } from './columns';
import type { Condition } from './conditions';
import { oneBoxFields } from './hits';

const most = 8;

/** What is meant most likely: this very number, or a phone that ends so. Null when the words are nothing of the kind. */
function meantFirst(text: string, catalogue: Catalogue): Condition | null {
  const word = text.normalize('NFKC').trim();
  const any: Condition[] = [];
  if (/^[0-9A-Za-z-]{1,40}$/.test(word)) any.push({ field: 'number', op: 'is', value: word });
  if (/^\d{4}$/.test(word) && catalogue.find('phone')?.operators.includes('ends_with')) any.push({ field: 'phone', op: 'ends_with', value: word });
  return any.length > 0 ? { any } : null;
}

/** A few customers by number, mail, phone, its last four digits, name or order number; who is meant most likely first. */
export function useQuickFind(text: string, catalogue: Catalogue | null) {
  return useQuery({
    queryKey: [...customerKeys.lists, 'quick', text] as const,
    enabled: catalogue !== null && text !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Row[]> => {
      if (!catalogue) return [];
      const columns = [...new Set(['number', 'name', 'kana', 'status', 'phone', 'email', 'deleted', ...oneBoxFields(catalogue).map((field) => field.key)])].filter((key) => catalogue.find(key)?.listable);
      const ask = async (body: { text: string } | { condition: Condition }) => (await answer(api.POST('/customers/search', { body: { ...body, columns, limit: most }, signal }))).items;
      const first = meantFirst(text, catalogue);
      const [exact, others] = await Promise.all([first ? ask({ condition: first }) : [], ask({ text })]);
      const known = new Set(exact.map((row) => row.id));
      return [...exact, ...others.filter((row) => !known.has(row.id))].slice(0, most);
    },
  });
}
