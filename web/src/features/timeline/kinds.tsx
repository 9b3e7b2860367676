import { IconCoin, IconCreditCard, IconMail, IconMapPin, IconNote, IconPoint, IconShieldCheck, IconShoppingCart, IconTicket, IconUserEdit, type Icon } from '@tabler/icons-react';
import { createElement } from 'react';
import { toOrder } from '@/features/customer/purchaseLinks';
import type { TimelineItem } from './api';

const icons: Record<string, Icon> = {
  record: IconUserEdit,
  address: IconMapPin,
  order: IconShoppingCart,
  payment: IconCreditCard,
  mail: IconMail,
  memo: IconNote,
  points: IconCoin,
  point: IconCoin,
  coupon: IconTicket,
  consent: IconShieldCheck,
};

/** A kind that a newer part of the server adds is shown all the same. */
export function KindIcon({ kind, size, className }: { kind: string; size: number; className?: string }) {
  return createElement(icons[kind] ?? IconPoint, { size, 'aria-hidden': true, ...(className ? { className } : {}) });
}

// Where the thing itself is shown; the tab of the customer's page.
const tabs: Record<string, string> = { order: 'purchases', payment: 'purchases', mail: 'mails', memo: 'memos', points: 'points', point: 'points', coupon: 'coupons' };

/** The page behind an item: what it tells of, else the operation that did it; null when there is none to open. */
export function linkOf(item: TimelineItem, customer: string, mayReadHistory: boolean): string | null {
  const tab = tabs[item.kind];
  if (tab === 'purchases' && item.number) return toOrder(customer, item.number);
  if (tab) return `/customers/${customer}/${tab}`;
  return item.operation && mayReadHistory ? `/operations/${item.operation}` : null;
}
