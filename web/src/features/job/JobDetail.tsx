import { Alert, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconDownload, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useRequestKey } from '@/lib/api/requestKey';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { LeftAlone } from '@/features/operation/LeftAlone';
import { useOperationWords } from '@/features/operation/words';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { ProblemPanel } from '@/ui/states';
import { isApplicable, isRefusedWhole, isRunning, isUndo, jobShare, rejectsUrl, resultUrl, useApplyJob, type Job, type RowOutcome } from './api';
import { JobFigures } from './JobFigures';
import { JobRows } from './JobRows';
import { useStopJob } from './useStopJob';
import { useJobWords } from './words';

/** How a job goes or went: bar, counts, rows, files, and what can be done with it. */
export function JobDetail({ job, onApplied }: { job: Job; onApplied: (job: string) => void }) {
  const { t } = useTexts();
  const may = useMay();
  const words = useJobWords();
  const { actor } = useOperationWords();
  const { undo, undoing } = useUndoAct();
  const [outcome, setOutcome] = useState<RowOutcome | null>(null);
  const { askStop, dialog } = useStopJob();
  const apply = useApplyJob();
  const keyOf = useRequestKey(apply);
  const running = isRunning(job);
  const share = jobShare(job);
  const changes = (job.create ?? 0) + (job.update ?? 0) + (job.delete ?? 0);
  return (
    <Stack gap="md">
      {running && (
        <Paper withBorder p="md">
          <Stack gap={6}>
            <Group justify="space-between">
              <Text size="sm" aria-live="polite">
                {words.progress(job)}
              </Text>
              {!job.cancel_requested && (
                <Button size="compact-sm" variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={() => askStop(job)}>
                  {t('job.stop')}
                </Button>
              )}
            </Group>
            <Progress value={share ?? 100} animated={share === null} size="lg" aria-label={words.progress(job)} />
            <Text size="xs" c="dimmed">
              {t('import.background')}
            </Text>
          </Stack>
        </Paper>
      )}
      {job.problem && <Problem job={job} />}
      <JobFigures job={job} outcome={outcome} onOutcome={job.has_rows ? setOutcome : null} />
      {job.unmappable && job.unmappable.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('job.unmappable')}>
          {t('job.unmappableText', { characters: job.unmappable.map((one) => `${one.character}×${formatCount(one.count)}`).join('、') })}
        </Alert>
      )}
      {apply.error && <ProblemPanel problem={apply.error} />}
      {!running && (
        <Group gap="xs">
          {isApplicable(job) && !isRefusedWhole(job) && may('import') && (
            <Button loading={apply.isPending} disabled={changes === 0} onClick={() => apply.mutate({ id: job.id, key: keyOf(job.id) }, { onSuccess: (next) => onApplied(next.job) })}>
              {changes === 0 ? t('import.noChanges') : t('job.apply')}
            </Button>
          )}
          {job.applied_by && (
            <Button component={Link} to={`/jobs/${job.applied_by}`} variant="default">
              {t('job.toApplied')}
            </Button>
          )}
          {job.has_result && (
            <Button component="a" href={resultUrl(job.id)} download leftSection={<IconDownload size={16} aria-hidden />} variant="default">
              {t('job.resultFile')}
            </Button>
          )}
          {job.has_rejects && (
            <Button component="a" href={rejectsUrl(job.id)} download leftSection={<IconDownload size={16} aria-hidden />} variant="default">
              {t('job.rejects')}
            </Button>
          )}
          {job.operation && (
            <Button component={Link} to={`/operations/${job.operation}`} variant="default">
              {t('job.operation')}
            </Button>
          )}
          {job.operation && !job.dry_run && job.status === 'done' && may('operation.undo') && (
            <Button variant="default" loading={undoing} leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => undo(job.operation ?? '')}>
              {t('job.undoJob')}
            </Button>
          )}
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {t('job.by')}: {actor(job.actor)} ／ {t('job.created')}: {formatMoment(job.created_at)}
        {job.finished_at && ` ／ ${t('job.finished')}: ${formatMoment(job.finished_at)}`}
        {job.expires_at && (job.has_result || job.has_rejects || job.has_rows) && ` ／ ${t('job.expires', { at: formatMoment(job.expires_at) })}`}
      </Text>
      {job.has_rows && !running && <JobRows job={job} outcome={outcome} />}
      {isUndo(job) && job.skipped > 0 && !running && <LeftAlone job={job.id} />}
      {dialog}
    </Stack>
  );
}

function Problem({ job }: { job: Job }) {
  const { language } = useTexts();
  const words = useJobWords();
  if (!job.problem) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={words.phase(job)} role="alert">
      {job.problem.detail[language]}
    </Alert>
  );
}
