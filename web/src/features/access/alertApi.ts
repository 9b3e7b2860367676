import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type AccessAlert = Schemas['AccessAlert'];

const unseen = ['access', 'alerts'] as const;
const kPause = 5 * 60_000;

/** Who took out more than usual, as long as nobody has taken note of it. */
export const useUnseenAlerts = () =>
  useQuery({ queryKey: unseen, queryFn: () => answer(api.GET('/access-alerts', { params: { query: { unseen: true, limit: 50 } } })), staleTime: kPause, refetchInterval: kPause });

export function useSeeAlert() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (alert: AccessAlert) => answer(api.POST('/access-alerts/{alert}/seen', { body: {}, params: { path: { alert: alert.id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['access'] }),
  });
}
