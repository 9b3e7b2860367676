import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { ListPage } from '@/ui/ListPage';
import { PageTitle } from '@/ui/states';
import { useMails, type MailStatus } from './api';
import { MailTable } from './MailTable';
import { MailTrouble } from './MailTrouble';

const statuses = ['queued', 'sent', 'failed', 'bounced', 'suppressed'] as const satisfies readonly MailStatus[];

/** All mails; the state stands in the address. */
export function MailListPage() {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const status = statuses.find((one) => one === params.get('status')) ?? null;
  const mails = useMails(status);
  return (
    <ListPage>
      <PageTitle title={t('mail.title')} />
      <MailTrouble />
      <div>
        <SegmentedControl
          aria-label={t('mail.status')}
          value={status ?? ''}
          onChange={(next) => setParams(next ? { status: next } : {})}
          data={[{ value: '', label: t('mail.all') }, ...statuses.map((one) => ({ value: one, label: t(`mail.statuses.${one}`) }))]}
        />
      </div>
      <MailTable mails={mails} recipients="shown" none={status ? t('mail.noneOfStatus') : t('mail.none')} />
    </ListPage>
  );
}
