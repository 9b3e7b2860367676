import { IconBriefcase, IconEye, IconHistory, IconMail, IconNote, IconSettings, IconTicket, IconUsers, type Icon } from '@tabler/icons-react';
import type { Feature, Right } from '@/lib/session';

/** The areas of the menu. Whoever adds one here finds it in the menu and in the palette. */
export const areas = [
  { path: '/customers', text: 'nav.customers', icon: IconUsers, right: 'customer.read' },
  { path: '/memos', text: 'memo.all', icon: IconNote, right: 'customer.read' },
  { path: '/coupons', text: 'coupon.title', icon: IconTicket, right: 'customer.read', feature: 'coupons' },
  { path: '/mails', text: 'mail.title', icon: IconMail, right: 'mail.manage' },
  { path: '/jobs', text: 'nav.jobs', icon: IconBriefcase, right: 'job.read' },
  { path: '/operations', text: 'nav.operations', icon: IconHistory, right: 'history.read' },
  { path: '/access-log', text: 'access.nav', icon: IconEye, right: 'access_log.read' },
  { path: '/settings', text: 'nav.settings', icon: IconSettings, right: null },
] as const satisfies readonly { path: string; text: string; icon: Icon; right: Right | null; feature?: Feature }[];

/** Pages that the palette leads to besides the areas and the settings. */
export const places = [
  { path: '/customers/new', text: 'customer.new', right: 'customer.edit' },
  { path: '/customers/import', text: 'import.title', right: 'import' },
] as const satisfies readonly { path: string; text: string; right: Right | null }[];
