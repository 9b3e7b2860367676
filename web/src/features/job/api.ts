import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import type { JobNews } from '@/lib/live/events';
import { useLiveConnected } from '@/lib/live/useLive';

export type Job = Schemas['Job'];
export type JobRow = Schemas['JobRow'];
export type RowOutcome = Schemas['RowOutcome'];
type JobPage = { items: Job[]; next_cursor: string | null };

export const jobKeys = {
  all: ['job'] as const,
  list: ['job', 'list'] as const,
  one: (id: string) => ['job', 'one', id] as const,
  rows: (id: string, outcome: RowOutcome | null) => ['job', 'rows', id, outcome] as const,
};

export const isRunning = (job: Pick<Job, 'status'>) => job.status === 'running' || job.status === 'queued';

/** A check that has ended and has not been acted upon: its plan can be applied. */
export const isApplicable = (job: Job) => job.dry_run && job.status === 'done' && job.applied_by === null;

/** A check that found rows which may not be taken, where one of them stops the whole file: there is nothing to apply. */
export const isRefusedWhole = (job: Job) => job.dry_run && job.on_error === 'all_or_nothing' && (job.error ?? 0) > 0;

/** Takes back an operation; what had been changed since is left as it is and counted as skipped. */
export const isUndo = (job: Pick<Job, 'kind'>) => job.kind === 'history.undo';

/** How far it is in percent; null while that is not known. */
export function jobShare(job: Pick<Job, 'done' | 'total' | 'status'>): number | null {
  if (job.status === 'done') return 100;
  return job.total ? Math.min(100, Math.round((job.done / job.total) * 100)) : null;
}

/** Takes a job just read into what is known of jobs. */
export function noteJob(cache: QueryClient, job: Job): void {
  const before = cache.getQueryData<Job>(jobKeys.one(job.id));
  cache.setQueryData(jobKeys.one(job.id), job);
  const known = cache.getQueryData<InfiniteData<JobPage>>(jobKeys.list);
  if (!known?.pages.some((page) => page.items.some((one) => one.id === job.id))) {
    void cache.invalidateQueries({ queryKey: jobKeys.list });
  } else {
    cache.setQueryData<InfiniteData<JobPage>>(jobKeys.list, {
      ...known,
      pages: known.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === job.id ? job : one)) })),
    });
  }
  if (!isRunning(job) && before?.status !== job.status && !job.dry_run && job.operation) {
    void cache.invalidateQueries({ queryKey: ['customer'] });
    void cache.invalidateQueries({ queryKey: ['operation'] });
    void cache.invalidateQueries({ queryKey: ['master'] });
    void cache.invalidateQueries({ queryKey: ['catalogue'] });
  }
}

/** Takes news of a job told by the server into what is known; a job that begins or ends is asked for as a whole. */
export function noteJobNews(cache: QueryClient, news: JobNews): void {
  const merge = (job: Job): Job => ({ ...job, ...news });
  const before = cache.getQueryData<Job>(jobKeys.one(news.id));
  if (before) cache.setQueryData<Job>(jobKeys.one(news.id), merge(before));
  const listed = cache.getQueryData<InfiniteData<JobPage>>(jobKeys.list);
  const inList = listed?.pages.flatMap((page) => page.items).find((job) => job.id === news.id);
  if (listed && inList) {
    cache.setQueryData<InfiniteData<JobPage>>(jobKeys.list, {
      ...listed,
      pages: listed.pages.map((page) => ({ ...page, items: page.items.map((job) => (job.id === news.id ? merge(job) : job)) })),
    });
  }
  if (before?.status !== news.status) void cache.invalidateQueries({ queryKey: jobKeys.one(news.id) });
  if (inList?.status !== news.status) void cache.invalidateQueries({ queryKey: jobKeys.list });
  if (!isRunning(news) && inList?.status !== news.status) {
    void cache.invalidateQueries({ queryKey: ['customer'] });
    void cache.invalidateQueries({ queryKey: ['operation'] });
    void cache.invalidateQueries({ queryKey: ['master'] });
    void cache.invalidateQueries({ queryKey: ['catalogue'] });
  }
}

export function useJobs() {
  const live = useLiveConnected();
  return useInfiniteQuery({
    queryKey: jobKeys.list,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/jobs', { params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: (query) => {
      if (live) return false;
      return query.state.data?.pages[0]?.items.some(isRunning) ? 3000 : 30_000;
    },
  });
}

export function useJob(id: string | null) {
  const live = useLiveConnected();
  const cache = useQueryClient();
  return useQuery({
    queryKey: jobKeys.one(id ?? ''),
    enabled: id !== null,
    queryFn: async () => {
      const job = await answer(api.GET('/jobs/{job}', { params: { path: { job: id ?? '' } } }));
      noteJob(cache, job);
      return job;
    },
    refetchInterval: (query) => (query.state.data && !isRunning(query.state.data) ? false : live ? 5000 : 1000),
  });
}

export function useJobRows(id: string, outcome: RowOutcome | null) {
  return useInfiniteQuery({
    queryKey: jobKeys.rows(id, outcome),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(api.GET('/jobs/{job}/rows', { params: { path: { job: id }, query: { limit: 100, ...(outcome ? { outcome } : {}), ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useCancelJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/jobs/{job}/cancel', { body: {}, params: { path: { job: id } } })),
    onSuccess: (job) => noteJob(cache, job),
  });
}

export function useApplyJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) => answer(api.POST('/jobs/{job}/apply', { body: {}, params: { path: { job: id }, header: { 'Idempotency-Key': key } } })),
    onSuccess: (_, { id }) => {
      void cache.invalidateQueries({ queryKey: jobKeys.one(id) });
      void cache.invalidateQueries({ queryKey: jobKeys.list });
    },
  });
}

export const resultUrl = (id: string) => `/api/v1/jobs/${id}/result`;
export const rejectsUrl = (id: string) => `/api/v1/jobs/${id}/rejects`;
