import { List, Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useTexts, type Translate } from '@/lib/i18n';
import { useUndo } from '@/lib/operations';
import { useMay } from '@/lib/session';
import { toast, toastLasting } from '@/ui/toast';
import { useProblemWords } from '@/ui/states';
import { useOperationWords } from './words';

type Conflict = NonNullable<Schemas['Problem']['conflicts']>[number];
const mostShown = 8;

/** What a toast offers beside its message. */
export type ToastAct = { label: string; run: () => void };

// Shown where toasts are, outside of what holds the catalogue: it is told its words.
function Conflicts({ conflicts, words, t }: { conflicts: Conflict[]; words: ReturnType<typeof useOperationWords>; t: Translate }) {
  return (
    <Stack gap={4}>
      <Text size="sm">{t('operation.conflictText')}</Text>
      <List size="sm">
        {conflicts.slice(0, mostShown).map((conflict, at) => (
          <List.Item key={at}>
            {t('operation.conflictField', {
              record: `${words.record(conflict.table_label)} ${conflict.row}`,
              field: conflict.field === '' ? t('operation.wholeRow') : words.field({ ...conflict, kind: conflict.table }),
              expected: words.value({ kind: conflict.table, field: conflict.field }, conflict.expected) || '—',
              current: words.value({ kind: conflict.table, field: conflict.field }, conflict.now) || '—',
            })}
          </List.Item>
        ))}
      </List>
      {conflicts.length > mostShown && <Text size="sm">{t('operation.conflictMore', { count: conflicts.length - mostShown })}</Text>}
    </Stack>
  );
}

/**
 * Takes an operation back and tells how it went: done, begun as a job, or refused with the fields changed since. `undoOf` is
 * what the message of a save offers; nothing where nothing was changed or this person may not. Who may not (`mayUndo`) is asked
 * before what others could take back.
 */
export function useUndoAct(): { undo: (operation: string) => void; undoing: boolean; undoOf: (operation: string | null) => ToastAct | undefined; mayUndo: boolean } {
  const { t } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  const operations = useOperationWords();
  const navigate = useNavigate();
  const { mutateAsync, isPending } = useUndo();
  const undo = useCallback(
    // The promise, not the callbacks of the mutation: a form that offered the undo is gone when it is pressed.
    (operation: string) =>
      void mutateAsync(operation).then(
        (answer) => {
          if ('job' in answer) toast(t('operation.undoJob'), { label: t('operation.toJob'), run: () => void navigate(`/jobs/${answer.job}`) });
          else toast(t('operation.undoneToast'));
        },
        (thrown: unknown) => {
          const problem = asProblem(thrown);
          const conflicts = problem.body?.conflicts;
          if (conflicts && conflicts.length > 0) {
            toastLasting(t('operation.conflictTitle'), <Conflicts conflicts={conflicts} words={operations} t={t} />);
          } else {
            const { title, detail } = words(problem);
            toastLasting(title, detail);
          }
        },
      ),
    [mutateAsync, navigate, t, words, operations],
  );
  const mayUndo = may('operation.undo');
  const undoOf = useCallback((operation: string | null) => (operation && mayUndo ? { label: t('common.undo'), run: () => undo(operation) } : undefined), [mayUndo, t, undo]);
  return { undo, undoing: isPending, undoOf, mayUndo };
}
