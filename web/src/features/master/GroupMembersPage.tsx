import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Condition } from '@/features/customer/conditions';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { mostAtOnce, useMasterRow, useMoveAll, useMoveMembers, type MasterRow, type Target } from './api';
import { JobWatch, type Watched } from './JobWatch';
import classes from './master.module.css';
import { MemberList, type ListState } from './MemberList';

type Way = 'add' | 'remove';

/** 「管理」 of a group: two lists, and customers move between them. */
export function GroupMembersPage() {
  const { group = '' } = useParams();
  const row = useMasterRow('groups', group);
  if (row.error) return <ProblemPanel problem={row.error} onRetry={() => void row.refetch()} />;
  if (!row.data) return <LinesSkeleton />;
  return <Mover key={group} group={row.data} />;
}

const nothing: ListState = { ticked: new Set(), text: '', total: 0 };

function Mover({ group }: { group: MasterRow }) {
  const { t } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const move = useMoveMembers(group.id);
  const moveAll = useMoveAll(group.id);
  const [outside, setOutside] = useState(nothing);
  const [inside, setInside] = useState(nothing);
  const [watched, setWatched] = useState<Watched | null>(null);
  const endWatch = useCallback(() => setWatched(null), []);
  const [asking, setAsking] = useState<Way | null>(null);
  const mayEdit = may('master.edit');
  const belongs: Condition = { field: 'groups', op: 'any_of', value: [group.id] };
  const belongsNot: Condition = { none: [belongs] };

  const failed = (thrown: unknown) => {
    const { title, detail } = words(asProblem(thrown));
    toastProblem(title, detail);
  };
  const moveTicked = async (way: Way) => {
    const ids = [...(way === 'add' ? outside : inside).ticked];
    if (ids.length === 0 || move.isPending || !mayEdit) return;
    if (ids.length > mostAtOnce) return toastProblem(t('mover.tooMany', { count: mostAtOnce }));
    try {
      const { data, operation } = await move.mutateAsync(way === 'add' ? { add: ids } : { remove: ids });
      (way === 'add' ? setOutside : setInside)((now) => ({ ...now, ticked: new Set() }));
      toast(way === 'add' ? t('mover.added', { count: data.added }) : t('mover.removed', { count: data.removed }), undoOf(operation));
    } catch (thrown) {
      failed(thrown);
    }
  };
  const moveFound = async (way: Way) => {
    const text = (way === 'add' ? outside : inside).text;
    const target: Target = { condition: way === 'add' ? belongsNot : belongs, ...(text ? { text } : {}) };
    try {
      const { job } = await moveAll.mutateAsync(way === 'add' ? { add: target } : { remove: target });
      setWatched({ job, title: t('mover.started'), done: t('mover.ended') });
    } catch (thrown) {
      failed(thrown);
    }
    setAsking(null);
  };

  const list = (way: Way, state: ListState, change: (state: ListState) => void) => (
    <MemberList
      title={t(way === 'add' ? 'mover.outside' : 'mover.inside')}
      condition={way === 'add' ? belongsNot : belongs}
      state={state}
      onChange={change}
      onKey={(key) => {
        if (key === (way === 'add' ? 'ArrowRight' : 'ArrowLeft')) void moveTicked(way);
      }}
    />
  );
  return (
    <Stack gap="sm">
      <Anchor component={Link} to="/settings/groups" size="sm">
        {t('mover.back')}
      </Anchor>
      <Title order={2} size="h4">
        {t('mover.title', { name: group.name })}
      </Title>
      {watched && <JobWatch key={watched.job} watched={watched} onEnd={endWatch} />}
      <div className={classes.mover}>
        {list('add', outside, setOutside)}
        {mayEdit ? (
          <div className={classes.between}>
            <Button size="sm" rightSection={<IconArrowRight size={16} aria-hidden />} loading={move.isPending} disabled={outside.ticked.size === 0} onClick={() => void moveTicked('add')} aria-label={t('mover.addTicked', { count: outside.ticked.size })}>
              {t('mover.add')}
            </Button>
            <Button size="sm" variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} loading={move.isPending} disabled={inside.ticked.size === 0} onClick={() => void moveTicked('remove')} aria-label={t('mover.removeTicked', { count: inside.ticked.size })}>
              {t('mover.remove')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('mover.keys')}
            </Text>
            <Button size="compact-sm" variant="subtle" styles={{ label: { whiteSpace: 'normal', lineHeight: 1.35 } }} h="auto" py={4} disabled={outside.total === 0} onClick={() => setAsking('add')}>
              {t('mover.addAll')}
            </Button>
            <Button size="compact-sm" variant="subtle" styles={{ label: { whiteSpace: 'normal', lineHeight: 1.35 } }} h="auto" py={4} disabled={inside.total === 0} onClick={() => setAsking('remove')}>
              {t('mover.removeAll')}
            </Button>
          </div>
        ) : (
          <span />
        )}
        {list('remove', inside, setInside)}
      </div>
      <ConfirmDialog opened={asking !== null} title={t('mover.allTitle')} act={t(asking === 'remove' ? 'mover.remove' : 'mover.add')} busy={moveAll.isPending} onClose={() => setAsking(null)} onConfirm={() => asking && void moveFound(asking)}>
        {asking === 'remove' ? t('mover.allRemove', { name: group.name, count: inside.total }) : t('mover.allAdd', { name: group.name, count: outside.total })}
      </ConfirmDialog>
    </Stack>
  );
}
