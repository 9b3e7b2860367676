import { List, Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useTexts, type Translate } from '@/lib/i18n';
import { useUndo } from '@/lib/operations';
import { toast, toastLasting } from '@/ui/toast';
import { useProblemWords } from '@/ui/states';
import { useOperationWords } from './words';

type Conflict = NonNullable<Schemas['Problem']['conflicts']>[number];

// Shown where toasts are, outside of what holds the catalogue: it is told its words.
function Conflicts({ conflicts, words, t }: { conflicts: Conflict[]; words: ReturnType<typeof useOperationWords>; t: Translate }) {
  return (
    <Stack gap={4}>
      <Text size="sm">{t('operation.conflictText')}</Text>
      <List size="sm">
        {conflicts.slice(0, 8).map((conflict, at) => (
          <List.Item key={at}>
            {t('operation.conflictField', {
              record: `${words.record(conflict.table_label)} ${conflict.row}`,
              field: conflict.field === '' ? t('operation.wholeRow') : words.field({ kind: conflict.table, field: conflict.field }),
              expected: words.value({ kind: conflict.table, field: conflict.field }, conflict.expected) || '—',
              current: words.value({ kind: conflict.table, field: conflict.field }, conflict.now) || '—',
            })}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

/** Takes an operation back and tells how it went: done, begun as a job, or refused with the fields changed since. */
export function useUndoAct(): { undo: (operation: string) => void; undoing: boolean } {
  const { t } = useTexts();
  const words = useProblemWords();
  const operations = useOperationWords();
  const { mutateAsync, isPending } = useUndo();
  const undo = useCallback(
    // The promise, not the callbacks of the mutation: a form that offered the undo is gone when it is pressed.
    (operation: string) =>
      void mutateAsync(operation).then(
        (answer) => toast(t('job' in answer ? 'operation.undoJob' : 'operation.undoneToast')),
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
    [mutateAsync, t, words, operations],
  );
  return { undo, undoing: isPending };
}
