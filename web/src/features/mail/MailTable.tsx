import { Anchor, Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import type { ApiProblem } from '@/lib/api/problem';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { EmptyState, ProblemPanel } from '@/ui/states';
import type { Mail } from './api';
import classes from './mail.module.css';
import { MailDialog } from './MailDialog';
import { MailStatusBadge } from './MailStatusBadge';
import { useMailWords } from './words';

type Props = {
  mails: {
    data: { pages: { items: Mail[] }[] } | undefined;
    error: ApiProblem | null;
    refetch: () => unknown;
    isPlaceholderData: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  recipients: 'shown' | 'hidden';
  none: string;
};

export function MailTable({ mails, recipients, none }: Props) {
  const { t } = useTexts();
  const words = useMailWords();
  const [opened, setOpened] = useState<string | null>(null);
  const columns: TableColumn<Mail>[] = [
    {
      key: 'subject',
      header: t('mail.subject'),
      width: 340,
      text: (mail) => mail.subject,
      render: (mail) => (
        <Anchor component="button" type="button" tabIndex={-1} size="sm" className={classes.subject} aria-label={t('mail.open', { subject: mail.subject })} onClick={() => setOpened(mail.id)}>
          {mail.subject}
        </Anchor>
      ),
    },
    { key: 'status', header: t('mail.status'), width: 110, render: (mail) => <MailStatusBadge mail={mail} /> },
    { key: 'created_at', header: t('mail.created'), width: 140, render: (mail) => formatMoment(mail.created_at) },
    { key: 'sent_at', header: t('mail.sentAt'), width: 140, render: (mail) => formatMoment(mail.sent_at) },
    ...(recipients === 'shown' ? [{ key: 'to', header: t('mail.to'), width: 220, text: (mail: Mail) => mail.to ?? '', render: (mail: Mail) => mail.to ?? '' }] : []),
    { key: 'template', header: t('mail.template'), width: 190, render: (mail) => words.kind(mail) },
    { key: 'answer', header: t('mail.answer'), width: 260, text: (mail) => mail.answer ?? '', render: (mail) => mail.answer ?? words.cause(mail) },
  ];
  const items = useMemo(() => mails.data?.pages.flatMap((page) => page.items) ?? [], [mails.data]);
  if (mails.error) return <ProblemPanel problem={mails.error} onRetry={() => void mails.refetch()} />;
  if (mails.data && items.length === 0) return <EmptyState title={none}>{t('mail.noneText')}</EmptyState>;
  return (
    <>
      <TableArea part={recipients === 'hidden'}>
        <DataTable label={t('mail.tab')} columns={columns} rows={items} rowKey={(mail) => mail.id} fixedColumns={1} onOpen={(mail) => setOpened(mail.id)} tone={(mail) => (mail.status === 'failed' || mail.status === 'bounced' ? 'alarm' : undefined)} busy={mails.isPlaceholderData} {...(mails.data ? {} : { bones: 8 })} />
      </TableArea>
      {mails.hasNextPage && (
        <div>
          <Button variant="default" loading={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {opened && <MailDialog mail={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
