import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, written, type Schemas } from '@/lib/api/client';
import { pageOf } from '@/lib/api/paging';
import { sessionKeys } from '@/lib/session';

export type MemberGroup = Schemas['MemberGroup'];
export type MemberGroupValues = { name: string; description: string; members: string[] };

const keys = { all: ['settings', 'member-groups'] as const, one: (id: string) => ['settings', 'member-groups', id] as const };

export const useMemberGroups = () =>
  useInfiniteQuery({
    queryKey: keys.all,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => answer(api.GET('/member-groups', { params: { query: pageOf(100, pageParam) } })),
    getNextPageParam: (last) => last.next_cursor,
  });

/** One group with the names of its saved searches, as they are now. */
export const useMemberGroup = (id: string) => useQuery({ queryKey: keys.one(id), queryFn: () => answer(api.GET('/member-groups/{group}', { params: { path: { group: id } } })), staleTime: 0 });

function useGroupMutation<Input, Output>(act: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([cache.invalidateQueries({ queryKey: keys.all }), cache.invalidateQueries({ queryKey: ['settings', 'staff'] }), cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true })]),
  });
}

export const useSaveMemberGroup = () =>
  useGroupMutation((save: { group: MemberGroup; values: Partial<MemberGroupValues> } | { group: null; values: MemberGroupValues }) =>
    save.group
      ? written(api.PATCH('/member-groups/{group}', { body: save.values, params: { path: { group: save.group.id }, header: ifMatch(save.group.version) } }))
      : written(api.POST('/member-groups', { body: save.values, params: { header: idempotencyKey() } })),
  );

export const useDeleteMemberGroup = () => useGroupMutation((group: MemberGroup) => written(api.DELETE('/member-groups/{group}', { params: { path: { group: group.id }, header: ifMatch(group.version) } })));
