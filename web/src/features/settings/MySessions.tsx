import { Badge, Button, Group, Stack } from '@mantine/core';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ProblemPanel } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useEndSession, useMySessions, type Session } from './api';

/** "Chrome · Windows" out of what a browser says of itself; the whole of it is in the tooltip. */
function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrom(e|ium)\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : '';
  const system = /Windows/.test(agent) ? 'Windows' : /iPhone|iPad/.test(agent) ? 'iOS' : /Mac OS/.test(agent) ? 'macOS' : /Android/.test(agent) ? 'Android' : /Linux/.test(agent) ? 'Linux' : '';
  return [browser, system].filter(Boolean).join(' · ') || agent;
}

export function MySessions() {
  const { t } = useTexts();
  const sessions = useMySessions();
  const end = useEndSession();
  const stop = (session: string) => end.mutate(session, { onSuccess: () => toast(t('settings.ended')), onError: (problem) => toastProblem(problem.title, problem.detail) });
  const columns: TableColumn<Session>[] = [
    { key: 'device', header: t('settings.device'), width: 220, text: (row) => row.user_agent, render: (row) => <Group gap={6} wrap="nowrap">{deviceOf(row.user_agent)}{row.current && <Badge size="sm" variant="light">{t('settings.current')}</Badge>}</Group> },
    { key: 'ip', header: t('settings.ip'), width: 140, render: (row) => row.ip },
    { key: 'since', header: t('settings.since'), width: 140, render: (row) => formatMoment(row.created_at) },
    { key: 'used', header: t('settings.lastUse'), width: 140, render: (row) => formatMoment(row.last_used_at) },
    { key: 'until', header: t('settings.until'), width: 140, render: (row) => formatMoment(row.ends_at) },
    { key: 'acts', header: t('common.actions'), width: 150, render: (row) => !row.current && <Button size="compact-xs" variant="default" onClick={() => stop(row.id)}>{t('settings.endSession')}</Button> },
  ];
  if (sessions.error) return <ProblemPanel problem={sessions.error} onRetry={() => void sessions.refetch()} />;
  const items = sessions.data?.items ?? [];
  return (
    <Stack gap="sm">
      {items.length > 1 && (
        <Group>
          <Button variant="default" loading={end.isPending} onClick={() => stop('others')}>
            {t('settings.endOthers')}
          </Button>
        </Group>
      )}
      <DataTable label={t('settings.sessions')} columns={columns} rows={items} rowKey={(row) => row.id} {...(sessions.data ? {} : { bones: 2 })} />
    </Stack>
  );
}
