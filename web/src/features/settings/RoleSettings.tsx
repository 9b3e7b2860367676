import { Badge, Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { RoleForm } from './RoleForm';
import { useDeleteRole, useRights, useRoles, type RoleEntry } from './securityApi';

export function RoleSettings() {
  const { t, language } = useTexts();
  const mayEdit = useMay()('staff.edit');
  const words = useProblemWords();
  const roles = useRoles();
  const rights = useRights();
  const remove = useDeleteRole();
  const { undoOf } = useUndoAct();
  const [open, setOpen] = useState<{ role: RoleEntry | null; from?: RoleEntry } | null>(null);
  const [removing, setRemoving] = useState<RoleEntry | null>(null);
  const count = (row: RoleEntry) => t('security.rightsOf', { count: row.rights.length, all: rights.data?.items.length ?? 0 });
  const ceiling = (row: RoleEntry) => (!row.rights.includes('points.edit') ? '' : row.points_ceiling === null ? t('security.noCeiling') : formatCount(row.points_ceiling));
  const columns: TableColumn<RoleEntry>[] = [
    { key: 'name', header: t('settings.role'), width: 220, render: (row) => <Button variant="transparent" size="compact-sm" px={0} onClick={() => setOpen({ role: row })}>{row.name[language]}</Button> },
    { key: 'kind', header: t('security.kind'), width: 110, render: (row) => <Badge size="sm" variant="light" color={row.built_in ? 'gray' : 'indigo'}>{t(row.built_in ? 'security.builtIn' : 'security.own')}</Badge> },
    { key: 'members', header: t('security.members'), width: 110, align: 'right', render: (row) => formatCount(row.members) },
    { key: 'rights', header: t('settings.scopes'), width: 130, align: 'right', render: count },
    { key: 'ceiling', header: t('security.ceiling'), width: 180, align: 'right', render: ceiling },
    ...(mayEdit
      ? [
          {
            key: 'acts',
            header: t('common.actions'),
            atEnd: 'always' as const,
            width: 220,
            render: (row: RoleEntry) => (
              <Group gap={4} wrap="nowrap">
                <Button size="compact-xs" variant="default" onClick={() => setOpen({ role: null, from: row })}>
                  {t('security.copyRole')}
                </Button>
                {!row.built_in && (
                  <Button size="compact-xs" variant="default" onClick={() => setRemoving(row)}>
                    {t('security.delete')}
                  </Button>
                )}
              </Group>
            ),
          },
        ]
      : []),
  ];
  if (roles.error) return <ProblemPanel problem={roles.error} onRetry={() => void roles.refetch()} />;
  return (
    <Stack gap="sm">
      {mayEdit && (
        <Group>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ role: null })}>
            {t('security.addRole')}
          </Button>
        </Group>
      )}
      <DataTable label={t('security.roles')} columns={columns} rows={roles.data?.items ?? []} rowKey={(row) => row.id} {...(roles.data ? {} : { bones: 4 })} />
      {open && rights.data && <RoleForm role={open.role} from={open.from ?? open.role} rights={rights.data.items} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        opened={removing !== null}
        title={t('security.deleteRole')}
        act={t('common.deleteAct')}
        danger
        busy={remove.isPending}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          removing &&
          remove.mutate(removing, {
            onSuccess: ({ operation }) => toast(t('security.roleDeleted'), undoOf(operation)),
            onError: (problem) => {
              const { title, detail } = words(problem);
              toastProblem(title, detail);
            },
            onSettled: () => setRemoving(null),
          })
        }
      >
        {removing && t('security.deleteRoleText', { name: removing.name[language] })}
      </ConfirmDialog>
    </Stack>
  );
}
