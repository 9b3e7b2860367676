import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { customerKeys } from '@/features/customer/api';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type Coupon = Schemas['Coupon'];
export type NewCoupon = Schemas['NewCoupon'];
export type CouponDiscount = Schemas['CouponDiscount'];
export type CouponGrant = Schemas['CouponGrant'];
export type CouponUse = Schemas['CouponUse'];

export const couponKeys = {
  all: ['coupon'] as const,
  list: (text: string) => ['coupon', 'list', text] as const,
  ofCustomer: (customer: string, kind: string) => ['coupon', 'customer', customer, kind] as const,
};


export const useCoupons = (text: string) =>
  useInfiniteQuery({
    queryKey: couponKeys.list(text),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/coupons', { params: { query: { ...pageOf(50, pageParam), ...(text ? { text } : {}) } } })),
    getNextPageParam: (last) => last.next_cursor,
  });

/** Those that can be granted: for customers only, switched on, not over. */
export const useGrantable = (text: string) =>
  useQuery({
    queryKey: [...couponKeys.list(text), 'grantable'],
    queryFn: () =>
      answer(api.GET('/coupons', { params: { query: { limit: 200, enabled: true, ...(text ? { text } : {}) } } })).then(({ items }) => items.filter((coupon) => coupon.customer_limited && coupon.status !== 'ended')),
  });

export const useGrants = (customer: string) =>
  useInfiniteQuery({
    queryKey: couponKeys.ofCustomer(customer, 'grant'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/coupons', { params: { path: { customer }, query: { ...pageOf(50, pageParam), kind: 'grant' } } })) as Promise<{ items: CouponGrant[]; next_cursor: string | null }>,
    getNextPageParam: (last) => last.next_cursor,
  });

export const useUses = (customer: string) =>
  useInfiniteQuery({
    queryKey: couponKeys.ofCustomer(customer, 'use'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/customers/{customer}/coupons', { params: { path: { customer }, query: { ...pageOf(50, pageParam), kind: 'use' } } })) as Promise<{ items: CouponUse[]; next_cursor: string | null }>,
    getNextPageParam: (last) => last.next_cursor,
  });

function useCouponsChanged(customer?: string): () => void {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: couponKeys.all });
    if (customer) void cache.invalidateQueries({ queryKey: customerKeys.history(customer) });
  };
}

export function useSaveCoupon() {
  const changed = useCouponsChanged();
  return useMutation({
    mutationFn: ({ coupon, body, key }: { coupon: Coupon | null; body: NewCoupon; key: string }) =>
      coupon
        ? written(api.PATCH('/coupons/{coupon}', { body, params: { path: { coupon: coupon.id }, header: ifMatch(coupon.version) } }))
        : written(api.POST('/coupons', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSettled: changed,
  });
}

export function useSwitchCoupon() {
  const changed = useCouponsChanged();
  return useMutation({
    mutationFn: ({ coupon, enabled }: { coupon: Coupon; enabled: boolean }) => written(api.PATCH('/coupons/{coupon}', { body: { enabled }, params: { path: { coupon: coupon.id }, header: ifMatch(coupon.version) } })),
    onSettled: changed,
  });
}

export function useDeleteCoupon() {
  const changed = useCouponsChanged();
  return useMutation({
    mutationFn: (coupon: Coupon) => written(api.DELETE('/coupons/{coupon}', { params: { path: { coupon: coupon.id }, header: ifMatch(coupon.version) } })),
    onSettled: changed,
  });
}

export type GrantTerms = { usable_from: string | null; usable_to: string | null; times: number | null };
export type GrantTarget = { customers: string[] } | { condition: unknown; text: string | null };

/** To customers at once, or by a job to everybody a condition finds. */
export function useGrantCoupon(customer?: string) {
  const changed = useCouponsChanged(customer);
  return useMutation({
    mutationFn: ({ coupon, target, terms, key }: { coupon: string; target: GrantTarget; terms: GrantTerms; key: string }) =>
      written(api.POST('/coupons/{coupon}/grants', { body: { ...terms, ...target }, params: { path: { coupon }, header: { 'Idempotency-Key': key } } })),
    onSuccess: changed,
  });
}

export function useRevokeCoupon(customer: string) {
  const changed = useCouponsChanged(customer);
  return useMutation({
    mutationFn: (grant: CouponGrant) => written(api.DELETE('/coupons/{coupon}/grants/{customer}', { params: { path: { coupon: grant.coupon, customer }, header: ifMatch(grant.version) } })),
    onSettled: changed,
  });
}

export function useCancelUse(customer: string) {
  const changed = useCouponsChanged(customer);
  return useMutation({
    mutationFn: (use: string) => written(api.POST('/coupon-uses/{use}/cancel', { body: {}, params: { path: { use } } })),
    onSettled: changed,
  });
}
