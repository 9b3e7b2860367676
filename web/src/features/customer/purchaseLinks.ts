import type { Narrowed } from './api';

// The purchases of a customer and what they are narrowed to, by the address.

export const toOrder = (customer: string, number: string): string => `/customers/${customer}/purchases?order=${encodeURIComponent(number)}`;

export const toUnsettled = (customer: string): string => `/customers/${customer}/purchases?unsettled=true`;

export function narrowedBy(params: URLSearchParams, period: string | null): Narrowed {
  const order = params.get('order');
  return { ...(period ? { period } : {}), ...(order ? { order_number: order } : {}), ...(params.get('unsettled') === 'true' ? { unsettled: true as const } : {}) };
}

export function toAll(customer: string, params: URLSearchParams): string {
  const rest = new URLSearchParams(params);
  for (const name of ['period', 'order', 'unsettled']) rest.delete(name);
  return `/customers/${customer}/purchases${rest.size > 0 ? `?${rest.toString()}` : ''}`;
}
