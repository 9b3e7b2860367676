import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type Operation = Schemas['Operation'];
export type UndoConflict = Schemas['UndoConflict'];

export const operationKeys = { all: ['operation'] as const, list: ['operation', 'list'] as const, kinds: ['operation', 'kinds'] as const, one: (id: string) => ['operation', 'one', id] as const, left: (job: string) => ['operation', 'left', job] as const };

/** Whose operations, of which days, and what was done: kinds with commas between. */
export type OperationFilter = { staff?: string; from?: string; to?: string; kinds?: string };

/** What has been done so far, by name. */
export const useOperationKinds = () => useQuery({ queryKey: operationKeys.kinds, queryFn: () => answer(api.GET('/operation-kinds')) });

export function useOperations(filter: OperationFilter) {
  return useInfiniteQuery({
    queryKey: [...operationKeys.list, filter],
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/operations', { params: { query: { ...filter, ...pageOf(100, pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const useOperation = (id: string) =>
  useQuery({ queryKey: operationKeys.one(id), queryFn: () => answer(api.GET('/operations/{operation}', { params: { path: { operation: id } } })) });

export function useLeftAlone(job: string) {
  return useInfiniteQuery({
    queryKey: operationKeys.left(job),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/jobs/{job}/conflicts', { params: { path: { job }, query: pageOf(100, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}
