import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, written, type Schemas } from '@/lib/api/client';

export type PointKind = Schemas['PointKind'];
export type ManualKind = 'manual_grant' | 'manual_deduct';

const key = ['point-kinds'] as const;

export const usePointKinds = () => useQuery({ queryKey: key, queryFn: () => answer(api.GET('/point-kinds')).then(({ items }) => items) });

function useKindsChanged() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: key });
}

export function useSavePointKind() {
  const changed = useKindsChanged();
  return useMutation({
    mutationFn: ({ kind, name, under, retry }: { kind: PointKind | null; name: string; under: ManualKind; retry: string }) =>
      kind
        ? written(api.PATCH('/point-kinds/{kind}', { body: { name }, params: { path: { kind: kind.id }, header: ifMatch(kind.version) } }))
        : written(api.POST('/point-kinds', { body: { name, kind: under }, params: { header: { 'Idempotency-Key': retry } } })),
    onSettled: changed,
  });
}

export function useDeletePointKind() {
  const changed = useKindsChanged();
  return useMutation({
    mutationFn: (kind: PointKind) => written(api.DELETE('/point-kinds/{kind}', { params: { path: { kind: kind.id }, header: ifMatch(kind.version) } })),
    onSettled: changed,
  });
}
