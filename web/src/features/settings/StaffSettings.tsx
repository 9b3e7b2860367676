import { Badge, Button, Group, Menu, Stack } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { IconButton } from '@/ui/IconButton';
import { ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useChangeStaff, useDeleteStaff, useRemoveTotp, useStaff, useStaffLink, type Staff } from './api';
import { SessionsDialog } from './MySessions';
import { SecretShown } from './SecretShown';
import { StaffForm, type MadeLink } from './StaffForm';

export function StaffSettings() {
  const { t, language } = useTexts();
  const me = useMe();
  const mayEdit = useMay()('staff.edit');
  const words = useProblemWords();
  const staff = useStaff();
  const change = useChangeStaff();
  const { undoOf } = useUndoAct();
  const makeLink = useStaffLink();
  const [editing, setEditing] = useState<Staff | 'new' | null>(null);
  const [disabling, setDisabling] = useState<Staff | null>(null);
  const remove = useDeleteStaff();
  const removeTotp = useRemoveTotp();
  const [removing, setRemoving] = useState<Staff | null>(null);
  const [losing, setLosing] = useState<Staff | null>(null);
  const [devices, setDevices] = useState<Staff | null>(null);
  const [link, setLink] = useState<{ link: string; link_expires_at: string } | null>(null);
  // By mail it went to the person alone; else it is shown here, this once.
  const showLink = ({ link: url, link_expires_at }: MadeLink) => (url === null ? toast(t('security.linkMailed')) : setLink({ link: url, link_expires_at }));
  const failed = (problem: Parameters<typeof words>[0]) => {
    const { title, detail } = words(problem);
    toastProblem(title, detail);
  };
  const setDisabled = (person: Staff, disabled: boolean) =>
    change.mutate({ staff: person, body: { disabled } }, { onSuccess: ({ operation }) => toast(t('settings.staffSaved'), undoOf(operation)), onError: failed, onSettled: () => setDisabling(null) });
  const state = (person: Staff) => (person.disabled ? 'settings.disabled' : person.has_password ? 'settings.active' : 'settings.invited');
  const columns: TableColumn<Staff>[] = [
    { key: 'name', header: t('settings.name'), width: 150, render: (row) => `${row.name}${row.id === me.id ? ` (${t('settings.you')})` : ''}` },
    { key: 'kana', header: t('security.kana'), width: 110, render: (row) => row.kana },
    { key: 'login', header: t('settings.login'), width: 130, render: (row) => row.login },
    { key: 'email', header: t('security.email'), width: 150, render: (row) => row.email },
    { key: 'role', header: t('settings.role'), width: 100, render: (row) => row.role_name[language] },
    { key: 'state', header: t('settings.state'), width: 100, render: (row) => <Badge size="sm" variant="light" color={row.disabled ? 'gray' : row.has_password ? 'teal' : 'yellow'}>{t(state(row))}</Badge> },
    { key: 'totp', header: t('security.totp'), width: 100, render: (row) => (row.totp ? <Badge size="sm" variant="light" color="teal">{t('security.on')}</Badge> : null) },
    { key: 'last', header: t('settings.lastLogin'), width: 130, render: (row) => formatMoment(row.last_login_at) },
    ...(mayEdit
      ? [
          {
            key: 'acts',
            header: t('common.actions'),
            atEnd: 'always' as const,
            width: 68,
            render: (row: Staff) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <IconButton size="sm" label={`${t('common.actions')}: ${row.name}`}>
                    <IconDots size={16} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setEditing(row)}>{t('common.edit')}</Menu.Item>
                  {!row.disabled && <Menu.Item onClick={() => makeLink.mutate(row.id, { onSuccess: showLink, onError: failed })}>{t('settings.newLink')}</Menu.Item>}
                  <Menu.Item onClick={() => setDevices(row)}>{t('settings.sessions')}</Menu.Item>
                  {row.totp && row.id !== me.id && <Menu.Item onClick={() => setLosing(row)}>{t('security.removeTotp')}</Menu.Item>}
                  {row.disabled ? <Menu.Item onClick={() => setDisabled(row, false)}>{t('settings.enable')}</Menu.Item> : <Menu.Item color="var(--otokui-grave)" onClick={() => setDisabling(row)}>{t('settings.disable')}</Menu.Item>}
                  <Menu.Item color="var(--otokui-grave)" onClick={() => setRemoving(row)}>{t('security.delete')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ),
          },
        ]
      : []),
  ];
  if (staff.error) return <ProblemPanel problem={staff.error} onRetry={() => void staff.refetch()} />;
  return (
    <Stack gap="sm">
      {mayEdit && (
        <Group>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
            {t('settings.addStaff')}
          </Button>
        </Group>
      )}
      <DataTable label={t('settings.staff')} columns={columns} rows={staff.data?.pages.flatMap((page) => page.items) ?? []} rowKey={(row) => row.id} tone={(row) => (row.disabled ? 'muted' : undefined)} {...(staff.data ? {} : { bones: 4 })} />
      {staff.hasNextPage && (
        <div>
          <Button variant="default" onClick={() => void staff.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {editing && <StaffForm staff={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onLink={showLink} />}
      {link && <SecretShown title={t('settings.linkTitle')} text={t('settings.linkText')} secret={link.link} note={t('settings.linkExpires', { at: formatMoment(link.link_expires_at) })} onClose={() => setLink(null)} />}
      <ConfirmDialog opened={disabling !== null} title={t('settings.disableTitle')} act={t('settings.disable')} danger busy={change.isPending} onClose={() => setDisabling(null)} onConfirm={() => disabling && setDisabled(disabling, true)}>
        {disabling && t('settings.disableText', { name: disabling.name, login: disabling.login })}
      </ConfirmDialog>
      {devices && <SessionsDialog staff={devices.id} name={devices.name} onClose={() => setDevices(null)} />}
      <ConfirmDialog opened={removing !== null} title={t('security.deleteStaff')} act={t('common.deleteAct')} danger busy={remove.isPending} onClose={() => setRemoving(null)} onConfirm={() => removing && remove.mutate(removing, { onSuccess: () => toast(t('security.staffDeleted')), onError: failed, onSettled: () => setRemoving(null) })}>
        {removing && t('security.deleteStaffText', { name: removing.name, login: removing.login })}
      </ConfirmDialog>
      <ConfirmDialog opened={losing !== null} title={t('security.removeTotp')} act={t('security.removeTotp')} danger busy={removeTotp.isPending} onClose={() => setLosing(null)} onConfirm={() => losing && removeTotp.mutate(losing, { onSuccess: () => toast(t('security.turnedOff')), onError: failed, onSettled: () => setLosing(null) })}>
        {losing && t('security.removeTotpText', { name: losing.name })}
      </ConfirmDialog>
    </Stack>
  );
}
