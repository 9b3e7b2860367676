import { Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAlerts } from '@/features/memo/api';
import { useCatalogue, type Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { Field } from '@/ui/Field';
import { NumberBox } from '@/ui/NumberBox';
import { EmptyState, LinesSkeleton, PageTitle, ProblemPanel } from '@/ui/states';
import { usePageTitle } from '@/ui/usePageTitle';
import { nameOf, useAddresses, useCustomer, usePurchases, type Customer } from '../api';
import { AddressLabels, labelsOf, labelsPerSheet } from './AddressLabels';
import { CallSheet } from './CallSheet';
import { CustomerCard } from './CustomerCard';
import classes from './print.module.css';

const parts = ['card', 'call', 'label'] as const;
type Part = (typeof parts)[number];

/** 印刷: the parts to print, as they will be on paper. */
export function PrintPage() {
  const { t } = useTexts();
  const { customer: id = '' } = useParams();
  const customer = useCustomer(id);
  const { catalogue, error, refetch } = useCatalogue();
  usePageTitle(customer.data ? `${nameOf(customer.data, t)} ${customer.data.number}` : t('screens.customer'));
  if (customer.error?.status === 404) return <EmptyState title={t('customer.notFound')}>{t('customer.notFoundText')}</EmptyState>;
  if (customer.error) return <ProblemPanel problem={customer.error} onRetry={() => void customer.refetch()} />;
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!customer.data || !catalogue) return <LinesSkeleton lines={12} />;
  return <Sheets customer={customer.data} catalogue={catalogue} />;
}

function Sheets({ customer, catalogue }: { customer: Customer; catalogue: Catalogue }) {
  const { t } = useTexts();
  const may = useMay();
  const mayBuy = may('order.read');
  const [params, setParams] = useSearchParams();
  const addresses = useAddresses(customer.id);
  const purchases = usePurchases(customer.id, {}, mayBuy);
  const alerts = useAlerts(customer.id);
  const [start, setStart] = useState<number | null>(1);
  const [left, setLeft] = useState<string[]>([]); // addresses that get no label
  const [asked, setAsked] = useState(() => params.get('parts')?.split(',') ?? ['card']);
  const chosen = parts.filter((part) => asked.includes(part));
  const choose = (next: string[]) => {
    setAsked(next);
    setParams({ parts: parts.filter((part) => next.includes(part)).join(',') }, { replace: true });
  };
  const places = labelsOf(customer, addresses.data?.pages.flatMap((page) => page.items) ?? [], t('print.billing'));
  const mayLabel = may('contact.read');
  const first = Math.min(Math.max(start ?? 1, 1), labelsPerSheet);
  const failed = addresses.error ?? alerts.error ?? (mayBuy ? purchases.error : null);
  const ready = addresses.data && alerts.data && (!mayBuy || purchases.data);
  const sheet: Record<Part, () => React.ReactNode> = {
    card: () => <CustomerCard key="card" customer={customer} catalogue={catalogue} addresses={addresses.data?.pages.flatMap((page) => page.items) ?? []} />,
    call: () => <CallSheet key="call" customer={customer} catalogue={catalogue} alerts={customer.erased_at ? [] : (alerts.data ?? [])} purchases={mayBuy ? (purchases.data?.pages[0]?.items ?? []) : null} />,
    label: () => mayLabel && places.length > 0 && <AddressLabels key="label" labels={places.filter(({ key }) => !left.includes(key))} start={first} />,
  };
  return (
    <Stack gap="md">
      <Stack gap="md" className="no-print">
        <PageTitle
          title={t('print.page', { name: nameOf(customer, t) })}
          acts={
            <>
              <Button component={Link} to={`/customers/${customer.id}`} variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />}>
                {t('print.back')}
              </Button>
              <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={chosen.length === 0 || !ready} onClick={() => window.print()}>
                {t('print.act')}
              </Button>
            </>
          }
        />
        <Paper withBorder p="md" maw={860}>
          <Stack gap="md">
            <Checkbox.Group label={t('print.parts')} value={chosen} onChange={choose}>
              <Group gap="lg" mt={6}>
                {parts.map((part) => (
                  <Checkbox key={part} value={part} label={t(`print.${part}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            {chosen.includes('label') && !mayLabel && <Text size="sm">{t('print.masked')}</Text>}
            {chosen.includes('label') && mayLabel && ready && places.length === 0 && <Text size="sm">{t('print.noAddress')}</Text>}
            {chosen.includes('label') && mayLabel && places.length > 0 && (
              <Group gap="xl" align="flex-start">
                <Checkbox.Group label={t('print.which')} value={places.map(({ key }) => key).filter((key) => !left.includes(key))} onChange={(next) => setLeft(places.map(({ key }) => key).filter((key) => !next.includes(key)))}>
                  <Stack gap={6} mt={6}>
                    {places.map(({ key, label }) => (
                      <Checkbox key={key} value={key} label={label} />
                    ))}
                  </Stack>
                </Checkbox.Group>
                <Field label={t('print.position')} help={t('print.positionHelp')}>
                  {(control) => <NumberBox {...control} size="sm" width={90} label={t('print.position')} value={start} onChange={setStart} />}
                </Field>
              </Group>
            )}
          </Stack>
        </Paper>
        {chosen.length === 0 && <Text size="sm">{t('print.nothing')}</Text>}
        {failed && <ProblemPanel problem={failed} />}
      </Stack>
      {!failed && !ready ? <LinesSkeleton lines={12} /> : !failed && <div className={classes.sheets}>{chosen.map((part) => sheet[part]())}</div>}
    </Stack>
  );
}
