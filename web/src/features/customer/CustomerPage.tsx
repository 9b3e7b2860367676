import { Button, Skeleton, Stack, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { CouponsTab } from '@/features/coupon/CouponsTab';
import { MemosTab } from '@/features/memo/MemosTab';
import { PointsTab } from '@/features/points/PointsTab';
import { MailsTab } from '@/features/mail/MailsTab';
import { Timeline } from '@/features/timeline/Timeline';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { usePageTitle } from '@/ui/usePageTitle';
import { AddressesTab } from './AddressesTab';
import { nameOf, useCounts, useCustomer } from './api';
import { BasicTab } from './BasicTab';
import { CountedTab } from './CountedTab';
import { CustomerHead } from './CustomerHead';
import classes from './CustomerPage.module.css';
import { HistoryTab } from './HistoryTab';
import { PurchasesTab } from './PurchasesTab';
import { useTabKeys } from './useTabKeys';

// Few look back: it comes with the first look.
const PastView = lazy(async () => ({ default: (await import('@/features/time_travel/PastView')).PastView }));

const tabs = ['basic', 'timeline', 'addresses', 'purchases', 'points', 'coupons', 'memos', 'mails', 'history'] as const;
type Tab = (typeof tabs)[number];

export function CustomerPage() {
  const { t } = useTexts();
  const { customer: id = '', tab } = useParams();
  const customer = useCustomer(id);
  const { catalogue, error, refetch } = useCatalogue();
  usePageTitle(customer.data ? `${nameOf(customer.data, t)} ${customer.data.number}` : t('screens.customer'));
  if (customer.error?.status === 404) {
    return (
      <EmptyState title={t('customer.notFound')} acts={<Button component={Link} to="/customers">{t('problem.toCustomers')}</Button>}>
        {t('customer.notFoundText')}
      </EmptyState>
    );
  }
  if (customer.error) return <ProblemPanel problem={customer.error} onRetry={() => void customer.refetch()} />;
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!customer.data || !catalogue) return <PageSkeleton />;
  return <Loaded key={id} tab={tabs.find((one) => one === tab) ?? (tab === 'past' ? tab : 'basic')} customer={customer.data} catalogue={catalogue} />;
}

function PageSkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={28} width={280} />
      <Skeleton height={18} width={520} />
      <Skeleton height={36} />
      <LinesSkeleton lines={12} />
    </Stack>
  );
}

type LoadedProps = { tab: Tab | 'past'; customer: NonNullable<ReturnType<typeof useCustomer>['data']>; catalogue: NonNullable<ReturnType<typeof useCatalogue>['catalogue']> };

function Loaded({ tab, customer, catalogue }: LoadedProps) {
  const { t } = useTexts();
  const may = useMay();
  const feature = useFeature();
  // 非会員 and 仮会員 hold none (FEATURES 61); who has left keeps his ledger.
  const holdsPoints = customer.status === 'member' || customer.status === 'withdrawn';
  const counts = useCounts(customer.id).data?.counts ?? {};
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const base = `/customers/${customer.id}`;
  const mayEdit = may('customer.edit') && customer.deleted === 'no';
  // A section is opened for editing by the address, so that the list's 編集 leads straight into the form.
  const editing = mayEdit ? params.get('edit') : null;
  const setEditing = (section: string | null) => setParams(section ? { edit: section } : {}, { replace: true });
  // On a wide screen the timeline is a column of its own beside the tabs.
  const wide = useMediaQuery('(min-width: 1600px)', false, { getInitialValueInEffect: false });
  const has: Record<Tab, boolean> = {
    basic: true, timeline: !wide, addresses: true, purchases: may('order.read'), points: feature('points') && holdsPoints,
    coupons: feature('coupons'), memos: true, mails: may('mail.read'), history: may('history.read'),
  };
  // An address may name a tab that this customer or this person does not have.
  const shown = tab === 'past' || !has[tab] ? 'basic' : tab;
  const go = (next: string) => void navigate(next === 'basic' ? base : `${base}/${next}`, { replace: true });
  useTabKeys(tabs.filter((one) => has[one]), go);
  const parts = (
    <>
      <Tabs value={shown} onChange={(next) => next && go(next)} keepMounted={false} classNames={{ tab: classes.tab ?? '' }} aria-label={t('customer.tabs')}>
        <Tabs.List className="no-print">
          <Tabs.Tab value="basic">{t('customer.tabBasic')}</Tabs.Tab>
          {has.timeline && <Tabs.Tab value="timeline">{t('timeline.tab')}</Tabs.Tab>}
          <CountedTab value="addresses" label={t('customer.tabAddresses')} count={counts['address']} />
          {has.purchases && <CountedTab value="purchases" label={t('customer.tabPurchases')} count={counts['order']} />}
          {has.points && <CountedTab value="points" label={t('points.tab')} count={counts['point_entry']} />}
          {has.coupons && <CountedTab value="coupons" label={t('coupon.tab')} count={counts['coupon']} />}
          <CountedTab value="memos" label={t('memo.tab')} count={counts['memo']} />
          {has.mails && <CountedTab value="mails" label={t('mail.tab')} count={counts['mail']} />}
          {has.history && <CountedTab value="history" label={t('customer.tabHistory')} count={counts['history']} />}
        </Tabs.List>
        <Tabs.Panel value="basic" pt="sm">
          <BasicTab customer={customer} catalogue={catalogue} mayEdit={mayEdit} editing={editing} setEditing={setEditing} />
        </Tabs.Panel>
        {has.timeline && (
          <Tabs.Panel value="timeline" pt="sm" maw={860}>
            <Timeline customer={customer.id} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="addresses" pt="sm">
          <AddressesTab customer={customer} catalogue={catalogue} mayEdit={mayEdit} />
        </Tabs.Panel>
        <Tabs.Panel value="purchases" pt="sm">
          <PurchasesTab customer={customer} />
        </Tabs.Panel>
        {has.points && (
          <Tabs.Panel value="points" pt="sm">
            <PointsTab customer={customer} />
          </Tabs.Panel>
        )}
        {has.coupons && (
          <Tabs.Panel value="coupons" pt="sm">
            <CouponsTab customer={customer} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="memos" pt="sm">
          <MemosTab customer={customer.id} mayEdit={customer.deleted === 'no'} />
        </Tabs.Panel>
        <Tabs.Panel value="mails" pt="sm">
          <MailsTab customer={customer.id} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="sm">
          <HistoryTab customer={customer} catalogue={catalogue} />
        </Tabs.Panel>
      </Tabs>
      {wide && (
        <aside className={classes.aside} aria-label={t('timeline.tab')}>
          <Timeline customer={customer.id} />
        </aside>
      )}
    </>
  );
  return (
    <Stack gap="sm">
      <CustomerHead customer={customer} catalogue={catalogue} onEdit={mayEdit ? () => void navigate(`${base}?edit=1`, { replace: true }) : null} />
      {tab === 'past' ? (
        <Suspense fallback={<LinesSkeleton lines={12} />}>
          <PastView customer={customer} catalogue={catalogue} mayEdit={mayEdit} />
        </Suspense>
      ) : (
        <div className={wide ? classes.beside : ''}>{parts}</div>
      )}
    </Stack>
  );
}
