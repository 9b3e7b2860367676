import { Stack } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { EmptyState, LinesSkeleton, PageTitle, ProblemPanel } from '@/ui/states';
import { useJob } from './api';
import { JobDetail } from './JobDetail';
import { JobStatusBadge } from './JobStatusBadge';
import { useJobWords } from './words';

export function JobPage() {
  const { t } = useTexts();
  const words = useJobWords();
  const navigate = useNavigate();
  const { job: id = '' } = useParams();
  const job = useJob(id);
  if (job.error?.status === 404) return <EmptyState title={t('job.notFound')} />;
  if (job.error) return <ProblemPanel problem={job.error} onRetry={() => void job.refetch()} />;
  if (!job.data) return <LinesSkeleton lines={10} />;
  return (
    <Stack gap="md">
      <PageTitle title={words.kind(job.data)} note={job.data.title} acts={<JobStatusBadge job={job.data} />} />
      <JobDetail job={job.data} onApplied={(next) => void navigate(`/jobs/${next}`)} />
    </Stack>
  );
}
