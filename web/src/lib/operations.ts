import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from './api/client';

export type UndoAnswer = { operation: string } | { job: string };

/** Takes an operation back. Everything shown may have changed by it, so all of it is asked for again. */
export function useUndo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (operation: string): Promise<UndoAnswer> =>
      answer(api.POST('/operations/{operation}/undo', { body: {}, params: { path: { operation }, header: { 'Idempotency-Key': crypto.randomUUID() } } })) as Promise<UndoAnswer>,
    onSettled: () => cache.invalidateQueries(),
  });
}
