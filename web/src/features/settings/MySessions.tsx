import { Badge, Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useEndSession, useSessions, type Session } from './api';

/** "Chrome · Windows" out of what a browser says of itself; the whole of it is in the tooltip. */
function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrom(e|ium)\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : '';
  const system = /Windows/.test(agent) ? 'Windows' : /iPhone|iPad/.test(agent) ? 'iOS' : /Mac OS/.test(agent) ? 'macOS' : /Android/.test(agent) ? 'Android' : /Linux/.test(agent) ? 'Linux' : '';
  return [browser, system].filter(Boolean).join(' · ') || agent;
}

/** One's own devices. */
export function MySessions() {
  const { t } = useTexts();
  const [leaving, setLeaving] = useState(false);
  const failed = useProblemToast();
  const end = useEndSession('me');
  return (
    <Stack gap="sm">
      <Sessions
        staff="me"
        acts={
          <Button variant="default" onClick={() => setLeaving(true)}>
            {t('security.everywhere')}
          </Button>
        }
      />
      <ConfirmDialog opened={leaving} title={t('security.everywhere')} act={t('security.endAll')} danger busy={end.isPending} onClose={() => setLeaving(false)} onConfirm={() => end.mutate('all', { onError: failed })}>
        {t('security.everywhereText')}
      </ConfirmDialog>
    </Stack>
  );
}

/** The devices of somebody else. */
export function SessionsDialog({ staff, name, onClose }: { staff: string; name: string; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal opened onClose={onClose} title={t('security.sessionsOf', { name })} size="auto" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Sessions staff={staff} />
    </Modal>
  );
}

function Sessions({ staff, acts }: { staff: string; acts?: ReactNode }) {
  const { t } = useTexts();
  const sessions = useSessions(staff);
  const failed = useProblemToast();
  const end = useEndSession(staff);
  const [endingAll, setEndingAll] = useState(false);
  const stop = (session: string) => end.mutate(session, { onSuccess: () => toast(t('settings.ended')), onError: failed, onSettled: () => setEndingAll(false) });
  const columns: TableColumn<Session>[] = [
    { key: 'device', header: t('settings.device'), width: 220, text: (row) => row.user_agent, render: (row) => <Group gap={6} wrap="nowrap">{deviceOf(row.user_agent)}{row.current && <Badge size="sm" variant="light">{t('settings.current')}</Badge>}</Group> },
    { key: 'ip', header: t('settings.ip'), width: 140, render: (row) => row.ip },
    { key: 'since', header: t('settings.since'), width: 140, render: (row) => formatMoment(row.created_at) },
    { key: 'used', header: t('settings.lastUse'), width: 140, render: (row) => formatMoment(row.last_used_at) },
    { key: 'until', header: t('settings.until'), width: 140, render: (row) => formatMoment(row.ends_at) },
    { key: 'acts', atEnd: 'always', header: t('common.actions'), width: 150, render: (row) => !row.current && <Button size="compact-xs" variant="default" onClick={() => stop(row.id)}>{t('settings.endSession')}</Button> },
  ];
  if (sessions.error) return <ProblemPanel problem={sessions.error} onRetry={() => void sessions.refetch()} />;
  const items = sessions.data?.items ?? [];
  if (sessions.data && items.length === 0) return <EmptyState title={t('security.noSessions')} />;
  const mine = staff === 'me';
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {(!mine || items.length > 1) && (
          <Button variant="default" loading={end.isPending} onClick={() => setEndingAll(true)}>
            {t(mine ? 'settings.endOthers' : 'security.endAll')}
          </Button>
        )}
        {acts}
      </Group>
      <ConfirmDialog opened={endingAll} title={t(mine ? 'settings.endOthers' : 'security.endAll')} act={t('security.endAll')} danger busy={end.isPending} onClose={() => setEndingAll(false)} onConfirm={() => stop(mine ? 'others' : 'all')}>
        {t(mine ? 'security.endOthersText' : 'security.endAllText', { count: items.filter((row) => !mine || !row.current).length })}
      </ConfirmDialog>
      <DataTable label={t('settings.sessions')} columns={columns} rows={items} rowKey={(row) => row.id} {...(sessions.data ? {} : { bones: 2 })} />
    </Stack>
  );
}
