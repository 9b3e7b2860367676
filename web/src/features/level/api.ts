import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';
import { customerKeys } from '@/features/customer/api';

const levelKeys = {
  judgement: (job: string) => ['level', 'judgement', job] as const,
  moves: (job: string) => ['level', 'moves', job] as const,
};

/** `date`: the day that is judged as of; null for today. */
export const useLevelExplained = (customer: string, date: string | null) =>
  useQuery({ queryKey: [...customerKeys.one(customer), 'level', 'why', date], queryFn: () => answer(api.GET('/customers/{customer}/level/why', { params: { path: { customer }, query: date ? { date } : {} } })) });

export type LevelExplained = NonNullable<ReturnType<typeof useLevelExplained>['data']>;

export const useBlockExplained = (customer: string, enabled: boolean) =>
  useQuery({ queryKey: [...customerKeys.one(customer), 'block', 'why'], enabled, queryFn: () => answer(api.GET('/customers/{customer}/block/why', { params: { path: { customer } } })) });

export const useLookAlikes = (customer: string, enabled: boolean) =>
  useQuery({
    queryKey: [...customerKeys.one(customer), 'related'],
    enabled,
    queryFn: () => answer(api.GET('/customers/{customer}/related', { params: { path: { customer }, query: { kind: 'blocked_look_alike' } } })),
  });

export const useJudgement = (job: string | null, ended: boolean) =>
  useQuery({ queryKey: levelKeys.judgement(job ?? ''), enabled: job !== null && ended, queryFn: () => answer(api.GET('/levels/judge/{job}', { params: { path: { job: job ?? '' } } })) });

export const useMoves = (job: string, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: levelKeys.moves(job),
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/levels/judge/{job}/moves', { params: { path: { job }, query: pageOf(100, pageParam) } })),
    getNextPageParam: (page) => page.next_cursor,
  });

export const useJudge = () => useMutation({ mutationFn: (date: string | null) => answer(api.POST('/levels/judge', { body: { date, dry_run: true } })) });

export const useApplyJudgement = () => useMutation({ mutationFn: (job: string) => answer(api.POST('/levels/judge/{job}/apply', { params: { path: { job } }, body: {} })) });
