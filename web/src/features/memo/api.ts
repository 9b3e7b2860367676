import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { customerKeys } from '@/features/customer/api';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type Memo = Schemas['Memo'];
export type MemoFilter = { text: string; author: string | null; alert: boolean };

export const memoKeys = {
  all: ['memo'] as const,
  ofCustomer: (customer: string) => ['memo', 'customer', customer] as const,
  alerts: (customer: string) => ['memo', 'customer', customer, 'alerts'] as const,
  list: (filter: MemoFilter) => ['memo', 'list', filter] as const,
};

export const useMemos = (customer: string) =>
  useInfiniteQuery({
    queryKey: [...memoKeys.ofCustomer(customer), 'list'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/memos', { params: { path: { customer }, query: pageOf(50, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });

/** Those that stand above the record. */
export const useAlerts = (customer: string) =>
  useQuery({
    queryKey: memoKeys.alerts(customer),
    queryFn: () => answer(api.GET('/customers/{customer}/memos', { params: { path: { customer }, query: { alert: true, limit: 20 } } })).then((page) => page.items),
  });

/** すべてのメモ. What is looked for goes in a body, never in an address. */
export const useAllMemos = (filter: MemoFilter) =>
  useInfiniteQuery({
    queryKey: memoKeys.list(filter),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(
        api.POST('/memos/search', {
          body: { text: filter.text || null, author: filter.author, alert: filter.alert ? true : null, ...pageOf(50, pageParam) },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });

function useMemosChanged(customer: string): () => void {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: memoKeys.all });
    void cache.invalidateQueries({ queryKey: customerKeys.history(customer) });
  };
}

export type MemoInput = { title: string | null; body: string; pinned: boolean; alert: boolean };

export function useSaveMemo(customer: string) {
  const changed = useMemosChanged(customer);
  return useMutation({
    mutationFn: ({ memo, body, key }: { memo: Memo | null; body: Partial<MemoInput>; key: string }) =>
      memo
        ? written(api.PATCH('/customers/{customer}/memos/{memo}', { body, params: { path: { customer, memo: memo.id }, header: ifMatch(memo.version) } }))
        : written(api.POST('/customers/{customer}/memos', { body: { ...body, body: body.body ?? '' }, params: { path: { customer }, header: { 'Idempotency-Key': key } } })),
    onSuccess: changed,
  });
}

export function useMarkMemo(customer: string) {
  const changed = useMemosChanged(customer);
  return useMutation({
    mutationFn: ({ memo, marks }: { memo: Memo; marks: { pinned?: boolean; alert?: boolean } }) =>
      written(api.PATCH('/customers/{customer}/memos/{memo}', { body: marks, params: { path: { customer, memo: memo.id }, header: ifMatch(memo.version) } })),
    onSettled: changed,
  });
}

export function useDeleteMemo(customer: string) {
  const changed = useMemosChanged(customer);
  return useMutation({
    mutationFn: (memo: Memo) => written(api.DELETE('/customers/{customer}/memos/{memo}', { params: { path: { customer, memo: memo.id }, header: ifMatch(memo.version) } })),
    onSettled: changed,
  });
}
