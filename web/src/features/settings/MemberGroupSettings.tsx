import { Button, Group, List, Menu, Stack, Text } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { IconButton } from '@/ui/IconButton';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useDeleteMemberGroup, useMemberGroup, useMemberGroups, type MemberGroup } from './memberGroupApi';
import { MemberGroupForm } from './MemberGroupForm';

export function MemberGroupSettings() {
  const { t } = useTexts();
  const mayEdit = useMay()('staff.edit');
  const groups = useMemberGroups();
  const [editing, setEditing] = useState<MemberGroup | 'new' | null>(null);
  const [deleting, setDeleting] = useState<MemberGroup | null>(null);
  const rows = groups.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: TableColumn<MemberGroup>[] = [
    { key: 'name', header: t('memberGroups.name'), width: 200, render: (row) => row.name },
    { key: 'members', header: t('memberGroups.members'), width: 340, render: (row) => [t('memberGroups.memberCount', { count: row.members.length }), ...row.members_names].join(' · ') },
    { key: 'description', header: t('memberGroups.description'), width: 280, render: (row) => row.description },
    { key: 'updated', header: t('memberGroups.updated'), width: 140, render: (row) => formatMoment(row.updated_at) },
    ...(mayEdit
      ? [
          {
            key: 'acts',
            header: t('common.actions'),
            atEnd: 'always' as const,
            width: 72,
            render: (row: MemberGroup) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <IconButton size="sm" label={`${t('common.actions')}: ${row.name}`}>
                    <IconDots size={16} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setEditing(row)}>{t('common.edit')}</Menu.Item>
                  <Menu.Item color="var(--otokui-grave)" onClick={() => setDeleting(row)}>
                    {t('memberGroups.remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ),
          },
        ]
      : []),
  ];
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('memberGroups.add')}
    </Button>
  );
  if (groups.error) return <ProblemPanel problem={groups.error} onRetry={() => void groups.refetch()} />;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('memberGroups.lead')}
      </Text>
      {groups.data && rows.length === 0 ? (
        <EmptyState title={t('memberGroups.empty')} {...(mayEdit ? { acts: add } : {})}>
          {t('memberGroups.emptyText')}
        </EmptyState>
      ) : (
        <>
          {mayEdit && <Group>{add}</Group>}
          <DataTable label={t('memberGroups.title')} columns={columns} rows={rows} rowKey={(row) => row.id} {...(groups.data ? {} : { bones: 3 })} />
        </>
      )}
      {groups.hasNextPage && (
        <div>
          <Button variant="default" onClick={() => void groups.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {editing && <MemberGroupForm group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {deleting && <DeleteDialog group={deleting} onClose={() => setDeleting(null)} />}
    </Stack>
  );
}

/** Asks again with the group as it is now: what goes with it may have changed since the list was read. */
function DeleteDialog({ group, onClose }: { group: MemberGroup; onClose: () => void }) {
  const { t } = useTexts();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const remove = useDeleteMemberGroup();
  const now = useMemberGroup(group.id);
  const searches = now.data?.saved_searches ?? [];
  const confirm = async () => {
    try {
      const { operation } = await remove.mutateAsync(now.data ?? group);
      toast(t('memberGroups.removed', { name: group.name }), undoOf(operation));
    } catch (thrown) {
      const { title, detail } = words(asProblem(thrown));
      toastProblem(title, detail);
    }
    onClose();
  };
  return (
    <ConfirmDialog opened danger title={t('memberGroups.removeTitle')} act={t('common.deleteAct')} busy={remove.isPending || now.isFetching} onClose={onClose} onConfirm={() => void confirm()}>
      <Stack gap="xs">
        {t('memberGroups.removeText', { name: group.name })}
        {now.error && <ProblemPanel problem={now.error} />}
        {!now.data && !now.error && <LinesSkeleton lines={2} />}
        {searches.length > 0 && (
          <div>
            {t('memberGroups.removeSearches', { count: searches.length })}
            <List size="sm" mah={240} style={{ overflow: 'auto' }}>
              {searches.map((name) => (
                <List.Item key={name}>{name}</List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
