import { Badge, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ProblemPanel } from '@/ui/states';
import { useMailTemplates, type MailTemplate } from './api';
import { TemplateDialog } from './TemplateDialog';

/** Mails that the system itself sends, in both languages. */
export function MailTemplates() {
  const { t, language } = useTexts();
  const templates = useMailTemplates();
  const [editing, setEditing] = useState<string | null>(null);
  const columns: TableColumn<MailTemplate>[] = [
    { key: 'label', header: t('mail.template'), width: 240, render: (row) => row.label[language] },
    { key: 'language', header: t('mail.language'), width: 90, render: (row) => t(`mail.languages.${row.language}`) },
    { key: 'subject', header: t('mail.subject'), width: 380, text: (row) => row.subject, render: (row) => row.subject },
    { key: 'edited', header: t('mail.status'), width: 100, render: (row) => <Badge size="sm" variant="light" color={row.edited ? 'blue' : 'gray'}>{row.edited ? t('mail.edited') : t('mail.shipped')}</Badge> },
    { key: 'updated', header: t('mail.updated'), width: 140, render: (row) => formatMoment(row.updated_at) },
    { key: 'acts', atEnd: 'always', header: t('common.actions'), width: 90, render: (row) => <Button size="compact-xs" variant="default" aria-label={`${t('mail.edit')}: ${row.label[language]} ${t(`mail.languages.${row.language}`)}`} onClick={() => setEditing(row.id)}>{t('mail.edit')}</Button> },
  ];
  if (templates.error) return <ProblemPanel problem={templates.error} onRetry={() => void templates.refetch()} />;
  const opened = templates.data?.find((row) => row.id === editing);
  return (
    <Stack gap="sm">
      <DataTable label={t('mail.templates')} columns={columns} rows={templates.data ?? []} rowKey={(row) => row.id} onOpen={(row) => setEditing(row.id)} {...(templates.data ? {} : { bones: 10 })} />
      {opened && <TemplateDialog key={opened.id} template={opened} onClose={() => setEditing(null)} />}
    </Stack>
  );
}
