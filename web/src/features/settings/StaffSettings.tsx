import { Badge, Button, Group, Menu, ActionIcon, Stack } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useChangeStaff, useStaff, useStaffLink, type Staff } from './api';
import { SecretShown } from './SecretShown';
import { StaffForm } from './StaffForm';

export function StaffSettings() {
  const { t } = useTexts();
  const me = useMe();
  const mayEdit = useMay()('staff.edit');
  const words = useProblemWords();
  const staff = useStaff();
  const change = useChangeStaff();
  const makeLink = useStaffLink();
  const [editing, setEditing] = useState<Staff | 'new' | null>(null);
  const [disabling, setDisabling] = useState<Staff | null>(null);
  const [link, setLink] = useState<{ link: string; link_expires_at: string } | null>(null);
  const failed = (problem: Parameters<typeof words>[0]) => {
    const { title, detail } = words(problem);
    toastProblem(title, detail);
  };
  const setDisabled = (person: Staff, disabled: boolean) =>
    change.mutate({ staff: person, body: { disabled } }, { onSuccess: () => toast(t('settings.staffSaved')), onError: failed, onSettled: () => setDisabling(null) });
  const state = (person: Staff) => (person.disabled ? 'settings.disabled' : person.has_password ? 'settings.active' : 'settings.invited');
  const columns: TableColumn<Staff>[] = [
    { key: 'name', header: t('settings.name'), width: 180, render: (row) => `${row.name}${row.id === me.id ? ` (${t('settings.you')})` : ''}` },
    { key: 'login', header: t('settings.login'), width: 180, render: (row) => row.login },
    { key: 'role', header: t('settings.role'), width: 110, render: (row) => t(`settings.roles.${row.role}`) },
    { key: 'state', header: t('settings.state'), width: 150, render: (row) => <Badge size="sm" variant="light" color={row.disabled ? 'gray' : row.has_password ? 'teal' : 'yellow'}>{t(state(row))}</Badge> },
    { key: 'last', header: t('settings.lastLogin'), width: 140, render: (row) => formatMoment(row.last_login_at) },
    { key: 'created', header: t('settings.created'), width: 140, render: (row) => formatMoment(row.created_at) },
    ...(mayEdit
      ? [
          {
            key: 'acts',
            header: t('common.actions'),
            width: 72,
            render: (row: Staff) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon size="sm" aria-label={`${t('common.actions')}: ${row.name}`}>
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setEditing(row)}>{t('common.edit')}</Menu.Item>
                  {!row.disabled && <Menu.Item onClick={() => makeLink.mutate(row.id, { onSuccess: setLink, onError: failed })}>{t('settings.newLink')}</Menu.Item>}
                  {row.disabled ? <Menu.Item onClick={() => setDisabled(row, false)}>{t('settings.enable')}</Menu.Item> : <Menu.Item color="red.9" onClick={() => setDisabling(row)}>{t('settings.disable')}</Menu.Item>}
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
      {editing && <StaffForm staff={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onLink={setLink} />}
      {link && <SecretShown title={t('settings.linkTitle')} text={t('settings.linkText')} secret={link.link} note={t('settings.linkExpires', { at: formatMoment(link.link_expires_at) })} onClose={() => setLink(null)} />}
      <ConfirmDialog opened={disabling !== null} title={t('settings.disableTitle')} act={t('settings.disable')} danger busy={change.isPending} onClose={() => setDisabling(null)} onConfirm={() => disabling && setDisabled(disabling, true)}>
        {disabling && t('settings.disableText', { name: disabling.name, login: disabling.login })}
      </ConfirmDialog>
    </Stack>
  );
}
