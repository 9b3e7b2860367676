import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { isRunning, useJob } from '@/features/job/api';
import { JobProgress } from '@/features/job/JobProgress';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { formatDay, today } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount, formatYen } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { WhyNumber } from '@/ui/WhyNumber';
import { useApplyJudgement, useJudge, useJudgement, useMoves } from './api';
import { LevelReasons } from './LevelWhy';
import classes from './level.module.css';

/** Who would move and why, before anybody does. */
export function LevelJudging() {
  const { t } = useTexts();
  const [date, setDate] = useState<{ iso: string | null; problem: string | null }>({ iso: today(), problem: null });
  const [job, setJob] = useState<string | null>(null);
  const judge = useJudge();
  const start = () => judge.mutate(date.iso, { onSuccess: (started) => setJob(started.job) });
  return (
    <Stack gap="md">
      <Title order={2}>{t('level.judging')}</Title>
      <div>
        <Text size="sm" c="dimmed">
          {t('level.judgingLead')}
        </Text>
        <Anchor component={Link} to="/settings/options" size="sm">
          {t('level.toRules')}
        </Anchor>
      </div>
      <Group align="flex-end">
        <Field label={t('level.date')} error={date.problem ?? undefined}>
          {(control) => <DateBox {...control} value={date.iso} onChange={setDate} error={Boolean(date.problem)} />}
        </Field>
        <Button onClick={start} loading={judge.isPending} disabled={date.iso === null}>
          {t('level.preview')}
        </Button>
      </Group>
      {judge.error && <ProblemPanel problem={judge.error} />}
      {job && <Judgement key={job} job={job} />}
    </Stack>
  );
}

function Judgement({ job: id }: { job: string }) {
  const { t, language } = useTexts();
  const job = useJob(id).data;
  const ended = job !== undefined && !isRunning(job);
  const { data: judgement, error, refetch } = useJudgement(id, job?.status === 'done');
  if (job?.status === 'failed') return <Alert color="red">{job.problem?.detail[language] ?? ''}</Alert>;
  if (job?.status === 'cancelled') return <Text size="sm">{t('level.stopped')}</Text>;
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!job || !ended) return <JobProgress id={id} title={t('level.judging')} job={job} />;
  if (!judgement) return <LinesSkeleton lines={4} />;
  if (judgement.moved === 0) return <EmptyState title={t('level.nobody')}>{t('level.nobodyText', { judged: judgement.judged })}</EmptyState>;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{t('level.found', { day: formatDay(judgement.date), judged: judgement.judged, moved: judgement.moved })}</Text>
          <ApplyPart job={id} moved={judgement.moved} />
        </Group>
        <table className={classes.rows} aria-label={t('level.transitions')}>
          <thead>
            <tr>
              <th scope="col">{t('level.from')}</th>
              <th scope="col">{t('level.to')}</th>
              <th scope="col" className={classes.number}>
                {t('level.members')}
              </th>
            </tr>
          </thead>
          <tbody>
            {judgement.transitions.map((one) => (
              <tr key={`${one.from ?? ''}>${one.to ?? ''}`}>
                <td>{one.from_name ?? t('level.none')}</td>
                <td>{one.to_name ?? t('level.none')}</td>
                <td className={classes.number}>{formatCount(one.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Moves job={id} date={judgement.date} />
      </Stack>
    </Paper>
  );
}

function ApplyPart({ job, moved }: { job: string; moved: number }) {
  const { t, language } = useTexts();
  const mayUndo = useMay()('operation.undo');
  const cache = useQueryClient();
  const { undo } = useUndoAct();
  const [asking, setAsking] = useState(false);
  const apply = useApplyJudgement();
  const running = useJob(apply.data?.job ?? null).data;
  const done = running && !isRunning(running);
  if (apply.data) {
    if (!running || !done) return <JobProgress id={apply.data.job} title={t('level.apply')} job={running} />;
    if (running.status === 'cancelled') return <Text size="sm">{t('level.stopped')}</Text>;
    if (running.status !== 'done') return <Text c="var(--mantine-color-error)">{running.problem?.detail[language] ?? ''}</Text>;
    const { operation } = running;
    return (
      <Group gap="xs">
        <Text size="sm">{t('level.applied', { count: running.ok })}</Text>
        {operation && mayUndo && (
          <Button variant="default" size="compact-sm" onClick={() => undo(operation)}>
            {t('common.undo')}
          </Button>
        )}
      </Group>
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)} loading={apply.isPending}>
        {t('level.apply')}
      </Button>
      {apply.error && <ProblemPanel problem={apply.error} />}
      <ConfirmDialog
        opened={asking}
        title={t('level.apply')}
        act={t('level.applyAct')}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          apply.mutate(job, { onSuccess: () => void cache.invalidateQueries({ queryKey: ['customer'] }) });
        }}
      >
        {t('level.applyText', { count: moved })}
      </ConfirmDialog>
    </>
  );
}

function Moves({ job, date }: { job: string; date: string }) {
  const { t } = useTexts();
  const moves = useMoves(job, true);
  if (moves.error) return <ProblemPanel problem={moves.error} onRetry={() => void moves.refetch()} />;
  if (!moves.data) return <LinesSkeleton lines={5} />;
  return (
    <>
      <table className={classes.rows} aria-label={t('level.who')}>
        <thead>
          <tr>
            <th scope="col">{t('level.who')}</th>
            <th scope="col">{t('level.from')}</th>
            <th scope="col">{t('level.to')}</th>
            <th scope="col" className={classes.number}>
              {t('level.total')}
            </th>
            <th scope="col" className={classes.number}>
              {t('level.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {moves.data.pages.flatMap((page) => page.items).map((move) => (
            <tr key={move.customer}>
              <td>
                <Anchor component={Link} to={`/customers/${move.customer}`} size="sm">
                  {move.name ?? move.number ?? move.customer}
                </Anchor>{' '}
                {move.outcome === 'changed' && t('level.changed')}
              </td>
              <td>{move.from_name ?? t('level.none')}</td>
              <td>{move.to_name ?? t('level.none')}</td>
              <td className={classes.number}>
                <WhyNumber label="" name={`${formatYen(move.total)} ${t('level.whyOf', { name: move.name ?? move.number ?? move.customer })}`} shown={formatYen(move.total)} why={t('level.whyMoves')}>
                  <LevelReasons customer={move.customer} date={date} />
                </WhyNumber>
              </td>
              <td className={classes.number}>{formatCount(move.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {moves.hasNextPage && (
        <Button variant="subtle" onClick={() => void moves.fetchNextPage()} loading={moves.isFetchingNextPage}>
          {t('level.more')}
        </Button>
      )}
    </>
  );
}
