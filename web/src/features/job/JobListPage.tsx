import { Button, Progress } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { formatAgo, formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ListPage, TableArea } from '@/ui/ListPage';
import { EmptyState, PageTitle, ProblemPanel } from '@/ui/states';
import { useOperationWords } from '@/features/operation/words';
import { isRunning, jobShare, jobStatuses, useJobs, type Job, type JobFilter } from './api';
import { JobFilters } from './JobFilters';
import { JobOutcome } from './JobOutcome';
import { JobStatusBadge } from './JobStatusBadge';
import classes from './job.module.css';
import { useJobWords } from './words';

export function JobListPage() {
  const { t, language } = useTexts();
  const words = useJobWords();
  const { actor } = useOperationWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readJobFilter(params), [params]);
  const change = (next: JobFilter) => setParams({ ...next }, { replace: true });
  const filtered = Object.keys(filter).length > 0;
  const jobs = useJobs(filter);
  const columns: TableColumn<Job>[] = [
    { key: 'kind', header: t('job.kind'), width: 180, render: (job) => <Link to={`/jobs/${job.id}`} tabIndex={-1} className={classes.link}>{words.kind(job)}</Link> },
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
    <ListPage>
      <PageTitle title={t('job.title')} />
      <JobFilters filter={filter} onChange={change} />
      {jobs.error ? (
        <ProblemPanel problem={jobs.error} onRetry={() => void jobs.refetch()} />
      ) : jobs.data && items.length === 0 && filtered ? (
        <EmptyState title={t('job.noneFiltered')} acts={<Button variant="default" onClick={() => change({})}>{t('access.clear')}</Button>} />
      ) : jobs.data && items.length === 0 ? (
        <EmptyState title={t('job.none')} acts={<Button component={Link} to="/customers/import" variant="default">{t('search.import')}</Button>}>
          {t('job.noneText')}
        </EmptyState>
      ) : (
        <TableArea>
          <DataTable label={t('job.title')} columns={columns} rows={items} rowKey={(job) => job.id} fixedColumns={1} onOpen={open} busy={jobs.isPlaceholderData} {...(jobs.data ? {} : { bones: 8 })} />
        </TableArea>
      )}
      {jobs.hasNextPage && (
        <div>
          <Button variant="default" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </ListPage>
  );
}

/** The filter stands in the address; what cannot be read is left out. */
function readJobFilter(params: URLSearchParams): JobFilter {
  const filter: JobFilter = {};
  const [staff, kind] = [params.get('staff'), params.get('kind')];
  if (staff && /^[1-9]\d{0,18}$/.test(staff)) filter.staff = staff;
  if (kind && /^[a-z._]{1,60}$/.test(kind)) filter.kind = kind;
  const status = jobStatuses.find((one) => one === params.get('status'));
  if (status) filter.status = status;
  return filter;
}
