import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { isRefusedWhole, isRunning, useJob, type Job } from '@/features/job/api';
import { JobDetail } from '@/features/job/JobDetail';
import { useTexts } from '@/lib/i18n';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';

type Props = { job: string; onJob: (job: string) => void; onOptions: (() => void) | null; onRestart: () => void };

/** The check, or the import that followed it, as it runs and as it ended. */
export function CheckStep({ job: id, onJob, onOptions, onRestart }: Props) {
  const { t } = useTexts();
  const job = useJob(id);
  if (job.error) return <ProblemPanel problem={job.error} onRetry={() => void job.refetch()} />;
  if (!job.data) return <LinesSkeleton />;
  const { data } = job;
  return (
    <Stack gap="md">
      <Headline job={data} />
      <JobDetail job={data} onApplied={onJob} />
      {!isRunning(data) && (
        <Group gap="xs">
          {data.dry_run && onOptions && (
            <Button variant="subtle" onClick={onOptions}>
              {t('import.changeOptions')}
            </Button>
          )}
          <Button variant="subtle" onClick={onRestart}>
            {t('import.another')}
          </Button>
          {!data.dry_run && data.status === 'done' && (
            <Button component={Link} to="/customers" variant="default">
              {t('import.toCustomers')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

function Headline({ job }: { job: Job }) {
  const { t } = useTexts();
  if (isRunning(job)) return <Title order={2}>{t(job.dry_run ? 'import.checking' : 'import.applying')}</Title>;
  if (job.status === 'cancelled') return <Alert color="gray" title={t('import.cancelled')} />;
  if (job.dry_run) {
    if (job.status === 'failed' || isRefusedWhole(job)) {
      return (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('import.refusedTitle')}>
          {t('import.refusedText')}
        </Alert>
      );
    }
    return (
      <Alert color={job.error ? 'yellow' : 'teal'} icon={<IconCircleCheck size={18} />} title={t('import.checked')}>
        {t('import.nothingYet')}
      </Alert>
    );
  }
  if (job.status === 'done') {
    return (
      <Alert color="teal" icon={<IconCircleCheck size={18} />} title={t('import.done')}>
        {t('import.doneText', { create: job.create ?? 0, update: job.update ?? 0, unchanged: job.unchanged ?? 0, error: job.error ?? 0 })}
      </Alert>
    );
  }
  return <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('import.failed')} />;
}
