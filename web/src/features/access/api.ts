import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type AccessEntry = Schemas['AccessEntry'];
export type AccessKind = Schemas['AccessKind'];
export type AccessFilter = { staff?: string; customer_number?: string; kind?: AccessKind; from?: string; to?: string };

const keys = {
  list: (filter: AccessFilter) => ['access', 'list', filter] as const,
  one: (id: string) => ['access', 'one', id] as const,
  summary: (filter: AccessFilter) => ['access', 'summary', filter] as const,
};

export const useAccessLog = (filter: AccessFilter) =>
  useInfiniteQuery({
    queryKey: keys.list(filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/access-log', { params: { query: { ...filter, ...pageOf(100, pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Reading an entry is logged itself, so it is asked for once. */
export const useAccessEntry = (id: string) =>
  useQuery({ queryKey: keys.one(id), queryFn: () => answer(api.GET('/access-log/{entry}', { params: { path: { entry: id } } })), staleTime: Infinity });

export const useAccessSummary = (filter: AccessFilter) => {
  const { staff, kind, from, to } = filter;
  const query = { ...(staff && { staff }), ...(kind && { kind }), ...(from && { from }), ...(to && { to }) };
  return useQuery({ queryKey: keys.summary(query), queryFn: () => answer(api.GET('/access-log/summary', { params: { query } })), staleTime: 0 });
};

/** For the choice of a person; only for who may see the staff. */
export const useStaffChoice = (allowed: boolean) =>
  useQuery({ queryKey: ['access', 'staff'] as const, enabled: allowed, queryFn: () => answer(api.GET('/staff', { params: { query: { limit: 200 } } })) });
