import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';
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

/** Changes a job wherever it is listed. */
function inLists(cache: QueryClient, id: string, change: (job: Job) => Job): void {
  cache.setQueriesData<InfiniteData<JobPage>>({ queryKey: jobKeys.list }, (known) =>
    known?.pages.some((page) => page.items.some((job) => job.id === id))
      ? { ...known, pages: known.pages.map((page) => ({ ...page, items: page.items.map((job) => (job.id === id ? change(job) : job)) })) }
      : known,
  );
}

/** Takes a job just read into what is known of jobs. */
export function noteJob(cache: QueryClient, job: Job): void {
  const before = cache.getQueryData<Job>(jobKeys.one(job.id));
  cache.setQueryData(jobKeys.one(job.id), job);
  const known = cache.getQueryData<InfiniteData<JobPage>>(jobKeys.list);
  if (!known?.pages.some((page) => page.items.some((one) => one.id === job.id))) {
    void cache.invalidateQueries({ queryKey: jobKeys.list });
  } else {
    inLists(cache, job.id, () => job);
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
  inLists(cache, news.id, merge);
  if (before?.status !== news.status) void cache.invalidateQueries({ queryKey: jobKeys.one(news.id) });
  if (inList?.status !== news.status) void cache.invalidateQueries({ queryKey: jobKeys.list });
  if (!isRunning(news) && inList?.status !== news.status) {
    void cache.invalidateQueries({ queryKey: ['customer'] });
    void cache.invalidateQueries({ queryKey: ['operation'] });
    void cache.invalidateQueries({ queryKey: ['master'] });
    void cache.invalidateQueries({ queryKey: ['catalogue'] });
  }
}

export const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const satisfies readonly Job['status'][];
/** Whose jobs, of which kind and state. */
export type JobFilter = { staff?: string; kind?: string; status?: Job['status'] };

export function useJobs(filter: JobFilter = {}) {
  const live = useLiveConnected();
  return useInfiniteQuery({
    queryKey: Object.keys(filter).length === 0 ? jobKeys.list : [...jobKeys.list, filter],
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/jobs', { params: { query: { ...filter, ...pageOf(50, pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: (query) => {
      if (live) return false;
      return query.state.data?.pages[0]?.items.some(isRunning) ? 3000 : 30_000;
    },
  });
}

// Jobs that a page here looks at, or looked at until they ended: whoever was there need not be told.
const seen = new Set<string>();
export const wasSeenToEnd = (id: string) => seen.has(id);

/** Those of `now`, newest first, that were begun by this person and have ended since `before`. */
export function endedOf(before: readonly Job[], now: readonly Job[], staff: string): Job[] {
  const known = new Map(before.map((job) => [job.id, job]));
  const newest = Math.max(0, ...before.map((job) => Number(job.id)));
  return now.filter((job) => {
    if (isRunning(job) || job.actor.kind !== 'staff' || job.actor.id !== staff) return false;
    const was = known.get(job.id);
    return was ? isRunning(was) : Number(job.id) > newest; // one may begin and end between two looks
  });
}

export function useJob(id: string | null) {
  const live = useLiveConnected();
  const cache = useQueryClient();
  useEffect(() => {
    if (id === null) return;
    seen.add(id);
    return () => {
      const job = cache.getQueryData<Job>(jobKeys.one(id));
      if (!job || isRunning(job)) seen.delete(id);
    };
  }, [id, cache]);
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
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(api.GET('/jobs/{job}/rows', { params: { path: { job: id }, query: { ...pageOf(100, pageParam), ...(outcome ? { outcome } : {}) } } })),
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
