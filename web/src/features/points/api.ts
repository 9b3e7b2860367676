import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';
import { customerKeys } from '@/features/customer/api';

export type PointEntry = Schemas['PointEntry'];
export type PointsExplained = Schemas['PointsExplained'];
export type PurchasesExplained = Schemas['PurchasesExplained'];
export type NewPoints = { delta: number; reason: string | null; expires_at: string | null; point_kind: string | null };

const pointKeys = {
  ledger: (customer: string) => [...customerKeys.one(customer), 'points'] as const,
  why: (customer: string, expires: string | null) => [...customerKeys.one(customer), 'points', 'why', expires] as const,
};

export function useLedger(customer: string) {
  return useInfiniteQuery({
    queryKey: pointKeys.ledger(customer),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(api.GET('/customers/{customer}/points', { params: { path: { customer }, query: pageOf(50, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** `expires`: the lots of a period alone, or of `never`. */
export const usePointsExplained = (customer: string, expires: string | null = null) =>
  useQuery({
    queryKey: pointKeys.why(customer, expires),
    queryFn: (): Promise<PointsExplained> => answer(api.GET('/customers/{customer}/points/lots', { params: { path: { customer }, query: expires ? { expires } : {} } })),
    placeholderData: (last) => last, // one bar's lots replace the other's without a blank between
  });

export const usePurchasesExplained = (customer: string, enabled: boolean) =>
  useQuery({
    queryKey: [...customerKeys.one(customer), 'purchases', 'why'],
    enabled,
    queryFn: (): Promise<PurchasesExplained> => answer(api.GET('/customers/{customer}/purchases/why', { params: { path: { customer } } })),
  });

/** Balance, ledger, history and lists may all show the change. */
function usePointsChanged(customer: string) {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: customerKeys.one(customer) });
    void cache.invalidateQueries({ queryKey: customerKeys.lists });
  };
}

export function useGivePoints(customer: string) {
  const changed = usePointsChanged(customer);
  return useMutation({
    mutationFn: ({ body, key }: { body: NewPoints; key: string }) =>
      written(
        api.POST('/customers/{customer}/points', {
          body: { ...body, kind: body.delta < 0 ? 'manual_deduct' : 'manual_grant' },
          params: { path: { customer }, header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: changed,
  });
}

export function useCancelPoints(customer: string) {
  const changed = usePointsChanged(customer);
  return useMutation({
    mutationFn: ({ entry, reason, key }: { entry: string; reason: string; key: string }) =>
      written(api.POST('/points/{entry}/cancel', { body: { reason: reason || null }, params: { path: { entry }, header: { 'Idempotency-Key': key } } })),
    onSuccess: changed,
  });
}
