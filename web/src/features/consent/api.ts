import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { customerKeys } from '@/features/customer/api';
import { answer, api, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type Consent = Schemas['Consent'];
export type ConsentKind = Schemas['ConsentKind'];

// Below the customer's own key: whatever changes the customer may have added an entry.
const consentKey = (customer: string) => [...customerKeys.one(customer), 'consents'] as const;

export const useConsents = (customer: string) =>
  useInfiniteQuery({
    queryKey: consentKey(customer),
    initialPageParam: null as string | null,
    staleTime: 0,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/consents', { params: { path: { customer }, query: pageOf(50, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });

export function useRecordConsent(customer: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: { what: ConsentKind; value: boolean; ground: string | null }; key: string }) =>
      written(api.POST('/customers/{customer}/consents', { body, params: { path: { customer }, header: { 'Idempotency-Key': key } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: customerKeys.one(customer) }),
  });
}
