import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Operation = Schemas['Operation'];
export type UndoConflict = Schemas['UndoConflict'];

export const operationKeys = { all: ['operation'] as const, list: ['operation', 'list'] as const, one: (id: string) => ['operation', 'one', id] as const, left: (job: string) => ['operation', 'left', job] as const };

/** Whose operations, and of which days. */
export type OperationFilter = { staff?: string; from?: string; to?: string };

export function useOperations(filter: OperationFilter) {
  return useInfiniteQuery({
    queryKey: [...operationKeys.list, filter],
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/operations', { params: { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const useOperation = (id: string) =>
  useQuery({ queryKey: operationKeys.one(id), queryFn: () => answer(api.GET('/operations/{operation}', { params: { path: { operation: id } } })) });

export function useLeftAlone(job: string) {
  return useInfiniteQuery({
    queryKey: operationKeys.left(job),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/jobs/{job}/conflicts', { params: { path: { job }, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}
