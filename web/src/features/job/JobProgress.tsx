import { Alert, Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { jobShare, type Job } from './api';
import { useStopJob } from './useStopJob';
import { useJobWords } from './words';

/** Work that this page waits for: how far it is, what can be done with it, and where there is more of it. */
export function JobProgress({ id, title, job }: { id: string; title: string; job: Job | undefined }) {
  const { t } = useTexts();
  const words = useJobWords();
  const { askStop, dialog } = useStopJob();
  const share = job ? jobShare(job) : null;
  return (
    <Alert variant="light" p="xs">
      <Group gap="sm">
        <Text size="sm">{title}</Text>
        <Progress value={share ?? 100} animated={share === null} flex={1} miw={120} aria-label={title} />
        {job && (
          <Text size="sm" aria-live="polite">
            {words.progress(job)}
          </Text>
        )}
        {job && !job.cancel_requested && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlayerStop size={13} aria-hidden />} onClick={() => askStop(job)}>
            {t('job.stop')}
          </Button>
        )}
        <Anchor component={Link} to={`/jobs/${id}`} size="sm">
          {t('masters.toJob')}
        </Anchor>
      </Group>
      {dialog}
    </Alert>
  );
}
