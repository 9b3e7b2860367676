import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';

/** The record as it was; any member may be null when it is among `unknown`. */
export type PastCustomer = Schemas['CustomerAsOf'] & Record<string, unknown>;
export type PastAddress = Schemas['Address'];

const pastKeys = {
  record: (customer: string, at: string) => ['customer', 'one', customer, 'past', at] as const,
  addresses: (customer: string, at: string) => ['customer', 'one', customer, 'past', at, 'addresses'] as const,
};

export function usePast(customer: string, at: string) {
  return useQuery({
    queryKey: pastKeys.record(customer, at),
    queryFn: (): Promise<PastCustomer> => answer(api.GET('/customers/{customer}', { params: { path: { customer }, query: { as_of: at } } })) as Promise<PastCustomer>,
    placeholderData: (last) => last, // one moment replaces the other without a blank between
  });
}

export function usePastAddresses(customer: string, at: string) {
  return useQuery({
    queryKey: pastKeys.addresses(customer, at),
    queryFn: async (): Promise<PastAddress[]> => (await answer(api.GET('/customers/{customer}/addresses', { params: { path: { customer }, query: { as_of: at } } }))).items,
    placeholderData: (last) => last,
  });
}

export function useRestoreFields(customer: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ at, field, version }: { at: string; field: string; version: number }) =>
      written(
        api.POST('/customers/{customer}/restore-fields', {
          body: { as_of: at, fields: [field] },
          params: { path: { customer }, header: { ...ifMatch(version), 'Idempotency-Key': crypto.randomUUID() } },
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: ['customer'] }),
  });
}
