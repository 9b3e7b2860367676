import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, ProblemPanel } from '@/ui/states';
import { useConsents, type Consent } from './api';
import { ConsentForm } from './ConsentForm';
import { useConsentWords } from './words';

/** 同意の記録 beside the ticks: when, how, on what ground, from where. */
export function ConsentButton({ customer, mayEdit }: { customer: string; mayEdit: boolean }) {
  const { t } = useTexts();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" className="no-print" mt={8} leftSection={<IconFileCheck size={15} aria-hidden />} onClick={() => setOpened(true)}>
        {t('consent.title')}
      </Button>
      {opened && <ConsentDialog customer={customer} mayEdit={mayEdit} onClose={() => setOpened(false)} />}
    </>
  );
}

function ConsentDialog({ customer, mayEdit, onClose }: { customer: string; mayEdit: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const may = useMay();
  return (
    <Modal opened onClose={onClose} size={960} title={t('consent.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('consent.about')}
        </Text>
        {mayEdit && may('customer.edit') && <ConsentForm customer={customer} />}
        <ConsentTable customer={customer} />
      </Stack>
    </Modal>
  );
}

function ConsentTable({ customer }: { customer: string }) {
  const { t } = useTexts();
  const words = useConsentWords();
  const consents = useConsents(customer);
  const columns = useMemo<TableColumn<Consent>[]>(
    () => [
      { key: 'at', header: t('consent.at'), width: 140, render: (entry) => formatMoment(entry.at) },
      { key: 'what', header: t('consent.what'), width: 150, render: (entry) => words.what(entry.what) },
      { key: 'value', header: t('consent.value'), width: 90, render: (entry) => (entry.current ? <b>{words.value(entry)}</b> : words.value(entry)) },
      { key: 'how', header: t('consent.how'), width: 110, render: (entry) => words.how(entry.how) },
      { key: 'ground', header: t('consent.ground'), width: 220, text: (entry) => entry.ground ?? '', render: (entry) => entry.ground ?? '' },
      { key: 'ip', header: t('consent.ip'), width: 120, text: (entry) => entry.ip ?? '', render: (entry) => entry.ip ?? '' },
      { key: 'actor', header: t('consent.actor'), width: 120, text: (entry) => entry.actor ?? '', render: (entry) => entry.actor ?? '' },
    ],
    [t, words],
  );
  if (consents.error) return <ProblemPanel problem={consents.error} onRetry={() => void consents.refetch()} />;
  const items = consents.data?.pages.flatMap((page) => page.items) ?? [];
  if (consents.data && items.length === 0) return <EmptyState title={t('consent.none')}>{t('consent.noneText')}</EmptyState>;
  return (
    <Stack gap="sm">
      <DataTable label={t('consent.title')} columns={columns} rows={items} rowKey={(entry) => entry.id} tone={(entry) => (entry.current ? undefined : 'muted')} {...(consents.data ? {} : { bones: 5 })} />
      {consents.hasNextPage && (
        <div>
          <Button variant="default" loading={consents.isFetchingNextPage} onClick={() => void consents.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
