import type { AccessFilter, AccessKind } from './api';

export const accessKinds = [
  'search', 'open', 'reveal', 'edit', 'history', 'addresses', 'orders', 'points', 'mail', 'memo', 'consent', 'coupon', 'list', 'export', 'download', 'import', 'log', 'disclosure', 'timeline',
] as const satisfies readonly AccessKind[];

const days = /^\d{4}-\d{2}-\d{2}$/;

/** From the address to a filter; what cannot be read is left out. */
export function readFilter(params: URLSearchParams): AccessFilter {
  const filter: AccessFilter = {};
  const staff = params.get('staff');
  if (staff && /^[1-9]\d{0,18}$/.test(staff)) filter.staff = staff;
  const number = params.get('customer_number');
  if (number) filter.customer_number = number;
  const kind = accessKinds.find((one) => one === params.get('kind'));
  if (kind) filter.kind = kind;
  const from = params.get('from');
  if (from && days.test(from)) filter.from = from;
  const to = params.get('to');
  if (to && days.test(to)) filter.to = to;
  return filter;
}

export function writeFilter(filter: AccessFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}
