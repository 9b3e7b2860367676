import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, written, type Schemas } from '@/lib/api/client';

export type Declaration = Schemas['MasterDeclaration'];
export type MasterField = Declaration['fields'][number];
export type MasterName = 'labels' | 'groups' | 'levels' | 'special-types' | 'block-reasons' | 'occupations' | 'customer-types';
export type MasterValue = string | number | boolean | string[] | null;
/** A row of any master: what its declaration names stands beside these. */
export type MasterRow = { id: string; name: string; position: number; members: number; version: number } & Record<string, MasterValue>;
export type Fate = { kind: 'remove' } | { kind: 'move'; to: string };

export const masterKeys = {
  all: ['master'] as const,
  declarations: ['master', 'declarations'] as const,
  rows: (name: MasterName) => ['master', 'rows', name] as const,
};

// All masters answer alike; the types of one stand for them all.
const all = (name: MasterName) => `/${name}` as '/occupations';
const one = (name: MasterName) => `/${name}/{master}` as '/occupations/{master}';
const rowOf = (row: Schemas['Occupation']) => row as unknown as MasterRow;

export function useDeclaration(name: MasterName) {
  const query = useQuery({ queryKey: masterKeys.declarations, queryFn: () => answer(api.GET('/masters')), staleTime: 5 * 60_000 });
  return { declaration: query.data?.items.find((declared) => declared.name === name), error: query.error, refetch: query.refetch };
}

/** Every row: a master has at most a thousand. */
export function useMasterRows(name: MasterName) {
  return useQuery({
    queryKey: masterKeys.rows(name),
    queryFn: async ({ signal }) => {
      const rows: MasterRow[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: Schemas['Occupation'][]; next_cursor: string | null } = await answer(api.GET(all(name), { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } }, signal }));
        rows.push(...page.items.map(rowOf));
        cursor = page.next_cursor;
      }
      return rows;
    },
  });
}

export const useMasterRow = (name: MasterName, id: string) =>
  useQuery({ queryKey: [...masterKeys.rows(name), id], queryFn: async () => rowOf(await answer(api.GET(one(name), { params: { path: { master: id } } }))) });

/** Names and colours of masters stand in the catalogue and on every list of customers. */
function useMasterMutation<Input, Output>(act: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([cache.invalidateQueries({ queryKey: masterKeys.all }), cache.invalidateQueries({ queryKey: ['catalogue'] }), cache.invalidateQueries({ queryKey: ['customer'] }), cache.invalidateQueries({ queryKey: ['operation'] })]),
  });
}

export const useSaveMaster = (name: MasterName) =>
  useMasterMutation(({ row, values }: { row: MasterRow | null; values: Record<string, MasterValue> }) => {
    const body = values as Schemas['OccupationValues'] & { name: string };
    return row ? written(api.PATCH(one(name), { body, params: { path: { master: row.id }, header: ifMatch(row.version) } })) : written(api.POST(all(name), { body, params: { header: idempotencyKey() } }));
  });

export const useOrderMaster = (name: MasterName) => useMasterMutation((ids: string[]) => written(api.POST(`/${name}/order` as '/occupations/order', { body: { ids } })));

/** At once, or as a job when customers hold the row. */
export const useDeleteMaster = (name: MasterName) =>
  useMasterMutation(({ row, fate }: { row: MasterRow; fate: Fate | null }) => {
    const query = fate ? { members: fate.kind, ...(fate.kind === 'move' ? { to: fate.to } : {}) } : {};
    return written(api.DELETE(one(name), { params: { path: { master: row.id }, query, header: ifMatch(row.version) } }) as Promise<{ data?: { job: string } | undefined; error?: unknown; response: Response }>);
  });

export const useMakeDefault = () => useMasterMutation((row: MasterRow) => written(api.POST('/groups/{master}/default', { body: {}, params: { path: { master: row.id } } })));

type Members = { add?: string[]; remove?: string[] };
export type Target = Schemas['CustomerTarget'];
export const mostAtOnce = 1000;

export const useMoveMembers = (group: string) =>
  useMasterMutation((body: Members) => written(api.POST('/groups/{master}/members', { body, params: { path: { master: group }, header: idempotencyKey() } }) as Promise<{ data?: { added: number; removed: number; members: number } | undefined; error?: unknown; response: Response }>));

export const useMoveAll = (group: string) =>
  useMasterMutation((body: { add: Target } | { remove: Target }) => answer(api.POST('/groups/{master}/members', { body, params: { path: { master: group }, header: idempotencyKey() } })) as Promise<{ job: string }>);
