import type { QueryClient } from '@tanstack/react-query';
import { createBrowserRouter, redirect, type RouteObject } from 'react-router';
import { setCsrfToken } from '@/lib/api/client';
import { meQuery, preferencesQuery, sessionKeys } from '@/lib/session';
import { asProblem } from '@/lib/api/problem';
import { ErrorPage } from './ErrorPage';
import { Frame } from './Frame';

// One chunk per area: what a page needs comes with its route.
const pages: RouteObject[] = [
  { index: true, loader: () => redirect('/customers') },
  { path: 'customers', lazy: async () => ({ Component: (await import('@/features/customer/CustomerListPage')).CustomerListPage }) },
  { path: 'customers/new', lazy: async () => ({ Component: (await import('@/features/customer/NewCustomerPage')).NewCustomerPage }) },
  { path: 'customers/import', lazy: async () => ({ Component: (await import('@/features/transfer/ImportPage')).ImportPage }) },
  { path: 'customers/:customer/print', lazy: async () => ({ Component: (await import('@/features/customer/print/PrintPage')).PrintPage }) },
  { path: 'customers/:customer/:tab?', lazy: async () => ({ Component: (await import('@/features/customer/CustomerPage')).CustomerPage }) },
  { path: 'memos', lazy: async () => ({ Component: (await import('@/features/memo/MemoListPage')).MemoListPage }) },
  { path: 'coupons', lazy: async () => ({ Component: (await import('@/features/coupon/CouponListPage')).CouponListPage }) },
  { path: 'mails', lazy: async () => ({ Component: (await import('@/features/mail/MailListPage')).MailListPage }) },
  { path: 'jobs', lazy: async () => ({ Component: (await import('@/features/job/JobListPage')).JobListPage }) },
  { path: 'jobs/:job', lazy: async () => ({ Component: (await import('@/features/job/JobPage')).JobPage }) },
  { path: 'operations', lazy: async () => ({ Component: (await import('@/features/operation/OperationListPage')).OperationListPage }) },
  { path: 'operations/:operation', lazy: async () => ({ Component: (await import('@/features/operation/OperationPage')).OperationPage }) },
  { path: 'access-log', lazy: async () => ({ Component: (await import('@/features/access/AccessLogPage')).AccessLogPage }) },
  {
    path: 'settings',
    lazy: async () => ({ Component: (await import('@/features/settings/SettingsPage')).SettingsPage }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('@/features/settings/SettingsPage')).SettingsStart }) },
      { path: 'general', lazy: async () => ({ Component: (await import('@/features/settings/GeneralSettings')).GeneralSettings }) },
      { path: 'options', lazy: async () => ({ Component: (await import('@/features/settings/OptionSettings')).OptionSettings }) },
      { path: 'form-fields', lazy: async () => ({ Component: (await import('@/features/form/FormFieldSettings')).FormFieldSettings }) },
      { path: 'point-kinds', lazy: async () => ({ Component: (await import('@/features/points/PointKindSettings')).PointKindSettings }) },
      { path: 'staff', lazy: async () => ({ Component: (await import('@/features/settings/StaffSettings')).StaffSettings }) },
      { path: 'roles', lazy: async () => ({ Component: (await import('@/features/settings/RoleSettings')).RoleSettings }) },
      { path: 'security', lazy: async () => ({ Component: (await import('@/features/settings/SecuritySettings')).SecuritySettings }) },
      { path: 'member-groups', lazy: async () => ({ Component: (await import('@/features/settings/MemberGroupSettings')).MemberGroupSettings }) },
      { path: 'labels', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'groups', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'levels', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'level-judging', lazy: async () => ({ Component: (await import('@/features/level/LevelJudging')).LevelJudging }) },
      { path: 'special-types', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'block-reasons', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'occupations', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'customer-types', lazy: async () => ({ Component: (await import('@/features/master/MasterPage')).MasterPage }) },
      { path: 'groups/:group/members', lazy: async () => ({ Component: (await import('@/features/master/GroupMembersPage')).GroupMembersPage }) },
      { path: 'tokens', lazy: async () => ({ Component: (await import('@/features/settings/TokenSettings')).TokenSettings }) },
      { path: 'mail', lazy: async () => ({ Component: (await import('@/features/mail/MailSettings')).MailSettings }) },
      { path: 'mail-templates', lazy: async () => ({ Component: (await import('@/features/mail/MailTemplates')).MailTemplates }) },
      { path: 'sessions', lazy: async () => ({ Component: (await import('@/features/settings/MySessions')).MySessions }) },
      { path: 'password', lazy: async () => ({ Component: (await import('@/features/settings/MyPassword')).MyPassword }) },
      { path: 'my-mails', lazy: async () => ({ Component: (await import('@/features/settings/MyMails')).MyMails }) },
    ],
  },
];

export function makeRouter(queries: QueryClient) {
  return createBrowserRouter([
    { path: '/signin', ErrorBoundary: ErrorPage, HydrateFallback: () => null, lazy: async () => ({ Component: (await import('@/features/session/SignInPage')).SignInPage }) },
    { path: '/setup', ErrorBoundary: ErrorPage, HydrateFallback: () => null, lazy: async () => ({ Component: (await import('@/features/session/SetupPage')).SetupPage }) },
    { path: '/password', ErrorBoundary: ErrorPage, HydrateFallback: () => null, lazy: async () => ({ Component: (await import('@/features/session/PasswordPage')).PasswordPage }) },
    {
      path: '/',
      Component: Frame,
      ErrorBoundary: ErrorPage,
      HydrateFallback: () => null,
      shouldRevalidate: () => false,
      loader: async ({ request }) => {
        try {
          await Promise.all([queries.ensureQueryData(meQuery), queries.ensureQueryData(preferencesQuery)]);
          return null;
        } catch (error) {
          if (asProblem(error).status !== 401) throw error;
          setCsrfToken(null);
          queries.removeQueries({ queryKey: sessionKeys.me });
          const { pathname, search } = new URL(request.url);
          return redirect(pathname === '/' ? '/signin' : `/signin?back=${encodeURIComponent(pathname + search)}`);
        }
      },
      children: [{ ErrorBoundary: ErrorPage, children: pages }],
    },
    { path: '*', Component: ErrorPage },
  ]);
}
