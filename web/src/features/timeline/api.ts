import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';

export type TimelineItem = Schemas['TimelineItem'];

// Below the customer's own key, so that whatever asks for the customer again asks for his timeline too.
export const timelineKeys = {
  of: (customer: string) => ['customer', 'one', customer, 'timeline'] as const,
  list: (customer: string, kinds: readonly string[], limit: number) => [...timelineKeys.of(customer), kinds, limit] as const,
};

/** Everything that happened to a customer, newest first; `kinds` chooses, none of them is all. */
export function useTimeline(customer: string, kinds: readonly string[], limit = 50) {
  return useInfiniteQuery({
    queryKey: timelineKeys.list(customer, kinds, limit),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/customers/{customer}/timeline', {
          params: { path: { customer }, query: { ...pageOf(limit, pageParam), ...(kinds.length > 0 ? { kinds: kinds.join(',') } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });
}
