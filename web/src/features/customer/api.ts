import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, written, type Schemas, type Written } from '@/lib/api/client';
import type { ApiProblem } from '@/lib/api/problem';
import { pageOf } from '@/lib/api/paging';
import type { Translate } from '@/lib/i18n';

export type Customer = Schemas['Customer'];
export type CustomerPatch = Schemas['CustomerPatch'];
export type NewCustomer = Schemas['NewCustomer'];
export type WrittenCustomer = Schemas['WrittenCustomer'];
export type Address = Schemas['Address'];
export type NewAddress = Schemas['NewAddress'];
export type Purchase = Schemas['Purchase'];
export type PurchasePeriod = Schemas['PurchasePeriod'];
export type PurchaseStep = 'month' | 'year';
export type HistoryItem = Schemas['HistoryItem'];
export type Place = Schemas['Place'];
export type CodeOfPlace = Schemas['CodeOfPlace'];

export const customerKeys = {
  all: ['customer'] as const,
  lists: ['customer', 'list'] as const,
  list: (request: unknown) => ['customer', 'list', request] as const,
  count: (search: unknown) => ['customer', 'list', 'count', search] as const,
  search: (id: string) => ['customer-search', id] as const,
  details: ['customer', 'one'] as const,
  one: (id: string) => ['customer', 'one', id] as const,
  detail: (id: string) => ['customer', 'one', id, 'detail'] as const,
  addresses: (id: string) => ['customer', 'one', id, 'addresses'] as const,
  purchases: (id: string) => ['customer', 'one', id, 'purchases'] as const,
  history: (id: string) => ['customer', 'one', id, 'history'] as const,
  // Below the history, which whatever changes anything of a customer asks for again.
  counts: (id: string) => ['customer', 'one', id, 'history', 'counts'] as const,
};

export const customerQuery = (id: string) => ({
  queryKey: customerKeys.detail(id),
  queryFn: (): Promise<Customer> => answer(api.GET('/customers/{customer}', { params: { path: { customer: id } } })) as Promise<Customer>,
});

/** What a customer is called on the screen. */
export const nameOf = (customer: Customer, t: Translate): string => (customer.erased_at ? t('person.erasedName') : customer.name || customer.company || customer.email || t('customer.noName'));

export const useCustomer = (id: string) => useQuery(customerQuery(id));

/** After a write: the record is known, what hangs on it is asked for again. */
function noteCustomer(cache: QueryClient, customer: WrittenCustomer): void {
  cache.setQueryData<Customer>(customerKeys.detail(customer.id), customer);
  void cache.invalidateQueries({ queryKey: customerKeys.one(customer.id), predicate: ({ queryKey }) => queryKey[3] !== 'detail' });
  void cache.invalidateQueries({ queryKey: customerKeys.lists });
}

/** One value that stands masked in the record; forgotten with the box that asked for it. */
export const useReveal = (customer: string) =>
  useMutation({ mutationFn: (field: string) => answer(api.POST('/customers/{customer}/reveal', { body: { field }, params: { path: { customer } } })), gcTime: 0 });

export function useCreateCustomer() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewCustomer; key: string }) => written(api.POST('/customers', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: ({ data }) => noteCustomer(cache, data),
  });
}

export function useChangeCustomer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: CustomerPatch; version: number }): Promise<Written<WrittenCustomer>> =>
      written(api.PATCH('/customers/{customer}', { body, params: { path: { customer: id }, header: ifMatch(version) } })),
    onSuccess: ({ data }) => noteCustomer(cache, data),
  });
}

export function useDeleteCustomer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => written(api.DELETE('/customers/{customer}', { params: { path: { customer: id }, header: ifMatch(version) } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: customerKeys.all }),
  });
}

export function useRestoreCustomer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => written(api.POST('/customers/{customer}/restore', { body: {}, params: { path: { customer: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: customerKeys.all }),
  });
}

export function useWithdrawCustomer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => written(api.POST('/customers/{customer}/withdraw', { body: { reason: reason || null }, params: { path: { customer: id } } })),
    onSuccess: ({ data }) => noteCustomer(cache, data),
  });
}

export function useEraseCustomer(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ number, reason }: { number: string; reason: string }) =>
      answer(api.POST('/customers/{customer}/erase', { body: { number, reason: reason || null }, params: { path: { customer: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: customerKeys.all }),
  });
}

export type Tie = NonNullable<Schemas['Problem']['ties']>[number];

/** What has to be settled before a customer may go, as the refusal `customer.has_ties` names it; `more` are there besides. */
export function tiesOf(problem: ApiProblem): { ties: Tie[]; more: number } {
  const ties = (problem.code === 'customer.has_ties' && problem.body?.ties) || [];
  return { ties, more: Math.max(0, (problem.body?.tie_count ?? 0) - ties.length) };
}

export function useAddresses(id: string) {
  return useInfiniteQuery({
    queryKey: customerKeys.addresses(id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/addresses', { params: { path: { customer: id }, query: pageOf(100, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Only those of a day, month or year; of one order; of orders that keep the customer from leaving. */
export type Narrowed = { period?: string; order_number?: string; unsettled?: true };

export function usePurchases(id: string, narrowed: Narrowed = {}, enabled = true) {
  return useInfiniteQuery({
    enabled,
    queryKey: [...customerKeys.purchases(id), 'list', narrowed],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/purchases', { params: { path: { customer: id }, query: { ...pageOf(100, pageParam), ...narrowed } } })),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (last) => last, // one period replaces the other without a blank between
  });
}

/** `by`: null for months as long as these show everything. */
export function usePurchasePeriods(id: string, by: PurchaseStep | null) {
  return useQuery({
    queryKey: [...customerKeys.purchases(id), 'periods', by],
    queryFn: () => answer(api.GET('/customers/{customer}/purchases/periods', { params: { path: { customer: id }, query: by ? { by } : {} } })),
    placeholderData: (last) => last,
  });
}

/** How many there are of each thing: the numbers on the tabs. None for what the reader may not see. */
export const useCounts = (id: string) =>
  useQuery({
    queryKey: customerKeys.counts(id),
    queryFn: (): Promise<{ counts: Partial<Record<string, number>> }> => answer(api.GET('/customers/{customer}/counts', { params: { path: { customer: id } } })),
  });

export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: customerKeys.history(id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/history', { params: { path: { customer: id }, query: pageOf(50, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

function useAddressesChanged(customer: string): () => void {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: customerKeys.addresses(customer) });
    void cache.invalidateQueries({ queryKey: customerKeys.history(customer) });
  };
}

export function useSaveAddress(customer: string) {
  const changed = useAddressesChanged(customer);
  return useMutation({
    mutationFn: ({ body, address, key }: { body: NewAddress; address: Address | null; key: string }) =>
      address
        ? written(api.PATCH('/customers/{customer}/addresses/{address}', { body, params: { path: { customer, address: address.id }, header: ifMatch(address.version) } }))
        : written(api.POST('/customers/{customer}/addresses', { body, params: { path: { customer }, header: { 'Idempotency-Key': key } } })),
    onSuccess: changed,
  });
}

export function useDeleteAddress(customer: string) {
  const changed = useAddressesChanged(customer);
  return useMutation({
    mutationFn: (address: Address) =>
      written(api.DELETE('/customers/{customer}/addresses/{address}', { params: { path: { customer, address: address.id }, header: ifMatch(address.version) } })),
    onSuccess: changed,
  });
}

/** The places of a postal code; an unknown code has none. Whoever cannot be asked is told apart from it. */
export async function findPlaces(code: string): Promise<Place[]> {
  const call = api.GET('/postal-codes/{code}', { params: { path: { code } } });
  const { response } = await call;
  return response.status === 404 ? [] : (await answer(call)).items;
}

/** The postal codes that an address may have. */
export const findCodes = (address: { prefecture: number; city: string; street: string }): Promise<CodeOfPlace[]> => answer(api.POST('/postal-codes/search', { body: address })).then(({ items }) => items);
