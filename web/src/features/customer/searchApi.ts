import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import type { Sort } from './columns';
import { customerKeys } from './api';
import { defaultSearch, type Condition, type StoredSearch } from './conditions';

export type CustomerRow = Schemas['CustomerRow'];
export type SearchPage = Schemas['SearchPage'];

/** Stores a search for the page's address and answers its id. */
async function storeSearch(search: StoredSearch): Promise<string> {
  return (await answer(api.POST('/searches', { body: search }))).search;
}

export function useStoreSearch(): (search: StoredSearch) => Promise<string> {
  const cache = useQueryClient();
  return async (search) => {
    const id = await storeSearch(search);
    cache.setQueryData(customerKeys.search(id), search);
    return id;
  };
}

/** The search that the address names; the default view without one. */
export function useStoredSearch(id: string | null) {
  return useQuery({
    queryKey: customerKeys.search(id ?? 'default'),
    queryFn: (): Promise<StoredSearch> => (id === null ? Promise.resolve(defaultSearch()) : answer(api.GET('/searches/{search}', { params: { path: { search: id } } }))),
    staleTime: Infinity,
    placeholderData: keepPreviousData, // the panel stays where it is while another search is read
  });
}

export type PageRequest = { search: StoredSearch; sort: Sort; columns: string[]; limit: number; cursor: string | null };

export function useCustomerPage(request: PageRequest | null) {
  return useQuery({
    queryKey: customerKeys.list(request),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      if (!request) throw new Error('nothing to ask for');
      const { search, sort, columns, limit, cursor } = request;
      return answer(
        api.POST('/customers/search', {
          body: { ...pickSearch(search), sort, columns, limit, ...(cursor ? { cursor } : {}) },
          signal,
        }),
      );
    },
  });
}

/** The whole of a search as one condition. */
function wholeCondition({ condition, text }: StoredSearch): Condition {
  if (!text) return condition ?? { all: [] };
  return condition ? { all: [condition, { text }] } : { text };
}

const mostTries = 5;

/**
 * How many a search would find, while its conditions are being put together. An older question is cancelled here by the
 * next, and in the database by the server: it runs one count at a time for each of us, so a second one asked for
 * meanwhile waits its turn.
 */
export function useCustomerCount(search: StoredSearch, enabled: boolean) {
  return useQuery({
    queryKey: customerKeys.count(search),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    retry: (tries, problem) => problem.code === 'count.superseded' && tries < mostTries,
    retryDelay: 300,
    queryFn: async ({ signal }): Promise<number> => {
      const { counts } = await answer(api.POST('/customers/count', { body: { conditions: [wholeCondition(search)] }, signal }));
      return counts[0] ?? 0;
    },
  });
}

export function pickSearch({ condition, text }: StoredSearch): Pick<StoredSearch, 'condition' | 'text'> {
  return { ...(condition ? { condition } : {}), ...(text ? { text } : {}) };
}
