import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { customerKeys } from '@/features/customer/api';
import type { StoredSearch } from '@/features/customer/conditions';
import { answer, api, idempotencyKey, ifMatch, written, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { pageOf } from '@/lib/api/paging';

export type SavedSearch = Schemas['SavedSearch'];
export type SavedSearchContent = Schemas['SavedSearchContent'];

const keys = {
  all: ['saved-searches'] as const,
  scope: (scope: string) => ['saved-searches', scope] as const,
  history: (id: string) => ['saved-searches', 'history', id] as const,
};
const most = 200; // the server lets a scope hold no more

/** Looked at anew whenever the dialog opens: others share them, and a membership may have ended. */
export const useSavedSearches = (scope: string) =>
  useQuery({
    queryKey: keys.scope(scope),
    queryFn: async () => (await answer(api.GET('/saved-searches', { params: { query: { scope, limit: most } } }))).items,
    staleTime: 0,
    retry: (count, problem) => asProblem(problem).status !== 404 && count < 2,
  });

export const useSavedHistory = (id: string) =>
  useInfiniteQuery({
    queryKey: keys.history(id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/saved-searches/{saved}/history', { params: { path: { saved: id }, query: pageOf(20, pageParam) } })),
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });

function useSavedMutation<Input, Output>(act: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => cache.invalidateQueries({ queryKey: keys.all }) });
}

export const useSaveSearch = () =>
  useSavedMutation((body: { scope: string; name: string; content: SavedSearchContent }) => written(api.POST('/saved-searches', { body, params: { header: idempotencyKey() } })));

export const useChangeSaved = () =>
  useSavedMutation(({ saved, body }: { saved: SavedSearch; body: { name?: string; content?: SavedSearchContent } }) =>
    written(api.PATCH('/saved-searches/{saved}', { body, params: { path: { saved: saved.id }, header: ifMatch(saved.version) } })),
  );

export const useDeleteSaved = () => useSavedMutation((saved: SavedSearch) => written(api.DELETE('/saved-searches/{saved}', { params: { path: { saved: saved.id }, header: ifMatch(saved.version) } })));

export const useOrderSaved = () => useSavedMutation((body: { scope: string; ids: string[] }) => written(api.PUT('/saved-searches/order', { body })));

/** Answers the id of a stored search, which the list's address carries. */
export function useRunSaved() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (saved: SavedSearch) => (await answer(api.POST('/saved-searches/{saved}/run', { body: {}, params: { path: { saved: saved.id } } }))).search,
    onSuccess: (id, { content }) => cache.setQueryData(customerKeys.search(id), searchOf(content)),
  });
}

/** What a saved search finds, without how its list looks. */
function searchOf(content: SavedSearch['content']): StoredSearch {
  const { condition, text, sort, columns } = content as StoredSearch;
  return { ...(condition ? { condition } : {}), ...(text ? { text } : {}), ...(sort ? { sort } : {}), ...(columns ? { columns } : {}) };
}
