import { Button, Progress, Stack, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { formatAgo, formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, PageTitle, ProblemPanel } from '@/ui/states';
import { useOperationWords } from '@/features/operation/words';
import { isRunning, jobShare, useJobs, type Job } from './api';
import { JobOutcome } from './JobOutcome';
import { JobStatusBadge } from './JobStatusBadge';
import classes from './job.module.css';
import { useJobWords } from './words';

export function JobListPage() {
  const { t, language } = useTexts();
  const words = useJobWords();
  const { actor } = useOperationWords();
  const navigate = useNavigate();
  const jobs = useJobs();
  const columns: TableColumn<Job>[] = [
    { key: 'kind', header: t('job.kind'), width: 180, render: (job) => <Link to={`/jobs/${job.id}`} className={classes.link}>{words.kind(job)}</Link> },
    { key: 'title', header: t('job.file'), width: 150, text: (job) => job.title ?? '', render: (job) => job.title ?? '' },
    { key: 'status', header: t('job.status'), width: 90, render: (job) => <JobStatusBadge job={job} /> },
    {
      key: 'progress',
      header: t('job.progress'),
      width: 130,
      render: (job) => (isRunning(job) ? <Progress value={jobShare(job) ?? 100} animated={jobShare(job) === null} aria-label={words.progress(job)} /> : words.amount(job)),
    },
    { key: 'result', header: t('job.result'), width: 160, render: (job) => <JobOutcome job={job} /> },
    { key: 'actor', header: t('job.by'), width: 100, render: (job) => actor(job.actor) },
    { key: 'created_at', header: t('job.created'), width: 96, render: (job) => <span title={formatMoment(job.created_at)}>{formatAgo(job.created_at, language)}</span> },
    { key: 'finished_at', header: t('job.finished'), width: 134, render: (job) => formatMoment(job.finished_at) },
  ];
  const items = useMemo(() => jobs.data?.pages.flatMap((page) => page.items) ?? [], [jobs.data]);
  const open = useCallback((job: Job) => void navigate(`/jobs/${job.id}`), [navigate]);
  return (
    <Stack gap="sm">
      <PageTitle title={t('job.title')} />
      {jobs.error ? (
        <ProblemPanel problem={jobs.error} onRetry={() => void jobs.refetch()} />
      ) : jobs.data && items.length === 0 ? (
        <EmptyState title={t('job.none')} acts={<Button component={Link} to="/customers/import" variant="default">{t('search.import')}</Button>}>
          {t('job.noneText')}
        </EmptyState>
      ) : (
        <DataTable label={t('job.title')} columns={columns} rows={items} rowKey={(job) => job.id} fixedColumns={1} onOpen={open} {...(jobs.data ? {} : { bones: 8 })} />
      )}
      {jobs.hasNextPage && (
        <Text component="div">
          <Button variant="default" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </Text>
      )}
    </Stack>
  );
}
