import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';
import { sessionKeys } from '@/lib/session';

export type SettingDocument = Schemas['SettingDocument'];
export type SettingField = SettingDocument['fields'][number];
export type SettingValue = boolean | number | string;

const key = ['settings', 'documents'] as const;

export const useSettingDocuments = () => useQuery({ queryKey: key, queryFn: () => answer(api.GET('/settings')) });

/** Other pages follow what is set: the parts in use are part of who is signed in, fields of the catalogue. */
export function useSaveSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, body, version }: { name: string; body: Record<string, SettingValue>; version: number }) =>
      written(api.PATCH('/settings/{name}', { body: body as Schemas['SettingValues'], params: { path: { name }, header: ifMatch(version) } })),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: key });
      await cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true });
      await cache.invalidateQueries({ queryKey: ['catalogue'] });
    },
  });
}
