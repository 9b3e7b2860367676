import { Anchor, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useStoreSearch } from '@/features/customer/searchApi';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useDeclaration, useMakeDefault, useMasterRows, useOrderMaster, type Declaration, type MasterName, type MasterRow } from './api';
import { DeleteMaster } from './DeleteMaster';
import { JobWatch, type Watched } from './JobWatch';
import { MasterForm } from './MasterForm';
import { MasterTable } from './MasterTable';

const shownAtFirst = 200;

/** One page for every master: all of it follows from the declaration. */
export function MasterPage() {
  const name = (useLocation().pathname.split('/')[2] ?? '') as MasterName;
  const { declaration, error, refetch } = useDeclaration(name);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!declaration) return <LinesSkeleton />;
  return <Master key={name} name={name} declaration={declaration} />;
}

function Master({ name, declaration }: { name: MasterName; declaration: Declaration }) {
  const { t } = useTexts();
  const may = useMay();
  const mayEdit = may('master.edit');
  const tell = useProblemToast();
  const { undoOf } = useUndoAct();
  const rows = useMasterRows(name);
  const order = useOrderMaster(name);
  const makeDefault = useMakeDefault();
  const [editing, setEditing] = useState<MasterRow | 'new' | null>(null);
  const [deleting, setDeleting] = useState<MasterRow | null>(null);
  const [watched, setWatched] = useState<Watched | null>(null);
  const endWatch = useCallback(() => setWatched(null), []);
  const [shown, setShown] = useState(shownAtFirst);

  const told = (message: string, operation: string | null) => toast(message, undoOf(operation));
  const failed = (thrown: unknown) => tell(asProblem(thrown));
  const putInOrder = (ids: string[]) => order.mutateAsync(ids).then(({ operation }) => told(t('masters.ordered'), operation), failed);
  const choose = (row: MasterRow) => makeDefault.mutateAsync(row).then(({ operation }) => told(t('masters.madeDefault', { name: row.name }), operation), failed);

  if (rows.error) return <ProblemPanel problem={rows.error} onRetry={() => void rows.refetch()} />;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('masters.add', { master: t(`masters.${name}`) })}
    </Button>
  );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t(`masters.leads.${name}`)}
      </Text>
      {watched && <JobWatch key={watched.job} watched={watched} onEnd={endWatch} />}
      {rows.data?.length === 0 ? (
        <EmptyState title={t('masters.empty', { master: t(`masters.${name}`) })} {...(mayEdit ? { acts: add } : {})}>
          {t('masters.emptyText')}
        </EmptyState>
      ) : (
        <>
          {mayEdit && <Group>{add}</Group>}
          <MasterTable
            name={name}
            declaration={declaration}
            rows={rows.data ?? null}
            most={shown}
            {...(mayEdit ? { onOrder: (ids: string[]) => void putInOrder(ids) } : {})}
            members={(row) => <MembersLink row={row} declaration={declaration} />}
            acts={(row) => (mayEdit ? <RowMenu row={row} name={name} onEdit={() => setEditing(row)} onDelete={() => setDeleting(row)} onDefault={() => void choose(row)} /> : null)}
            onEdit={(row) => mayEdit && setEditing(row)}
          />
          {(rows.data?.length ?? 0) > shown && (
            <div>
              <Button variant="default" onClick={() => setShown(shown + shownAtFirst)}>
                {t('common.more')}
              </Button>
            </div>
          )}
        </>
      )}
      {editing && <MasterForm name={name} declaration={declaration} row={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {deleting && <DeleteMaster name={name} declaration={declaration} row={deleting} rows={rows.data ?? []} onClose={() => setDeleting(null)} onJob={setWatched} />}
    </Stack>
  );
}

/** How many hold it; leads to them as a search of its own. */
function MembersLink({ row, declaration }: { row: MasterRow; declaration: Declaration }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const tell = useProblemToast();
  const store = useStoreSearch();
  const count = t('masters.memberCount', { count: row.members });
  if (row.members === 0) return <Text span size="sm" c="dimmed">{count}</Text>;
  const open = () =>
    store({ condition: { field: declaration.field, op: declaration.is_set ? 'any_of' : 'in', value: [row.id] } }).then(
      (search) => navigate(`/customers?s=${search}`),
      (thrown: unknown) => tell(asProblem(thrown)),
    );
  return (
    <Anchor component="button" type="button" size="sm" aria-label={`${count} ${t('masters.showMembers', { name: row.name })}`} onClick={() => void open()}>
      {count}
    </Anchor>
  );
}

type MenuProps = { row: MasterRow; name: MasterName; onEdit: () => void; onDelete: () => void; onDefault: () => void };

function RowMenu({ row, name, onEdit, onDelete, onDefault }: MenuProps) {
  const { t } = useTexts();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton size="sm" label={`${t('common.actions')}: ${row.name}`}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('common.edit')}</Menu.Item>
        {name === 'groups' && (
          <>
            <Menu.Item component={Link} to={`/settings/groups/${row.id}/members`}>
              {t('masters.moveMembers')}
            </Menu.Item>
            {row['is_default'] !== true && <Menu.Item onClick={onDefault}>{t('masters.makeDefault')}</Menu.Item>}
          </>
        )}
        <Menu.Item color="var(--otokui-grave)" onClick={onDelete}>
          {t('masters.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
