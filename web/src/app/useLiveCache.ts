import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { jobKeys, noteJobNews } from '@/features/job/api';
import { customerKeys } from '@/features/customer/api';
import { meQuery } from '@/lib/session';
import { listen } from '@/lib/live/events';

/** Keeps what is shown in step with what the server tells. */
export function useLiveCache(): void {
  const cache = useQueryClient();
  useEffect(
    () =>
      listen((event) => {
        if (event.type === 'job') {
          noteJobNews(cache, event.job);
        } else if (event.type === 'record' && event.kind === 'customer') {
          const known = cache.getQueryData<{ version: number }>(customerKeys.detail(event.id));
          if (known && known.version < event.version) void cache.invalidateQueries({ queryKey: customerKeys.one(event.id) });
        } else if (event.type === 'session') {
          void cache.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined); // a 401 leads to the sign-in page
        } else if (event.type === 'begin') {
          void cache.invalidateQueries({ queryKey: jobKeys.all });
        } else if (event.type === 'gap') {
          void cache.invalidateQueries({ queryKey: jobKeys.all });
          void cache.invalidateQueries({ queryKey: customerKeys.details, refetchType: 'active' });
        }
      }),
    [cache],
  );
}
