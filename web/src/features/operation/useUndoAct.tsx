import { List, Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useCatalogue } from '@/lib/catalogue';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useTexts, type Translate } from '@/lib/i18n';
import { useUndo } from '@/lib/operations';
import { toast, toastLasting } from '@/ui/toast';
import { useProblemWords } from '@/ui/states';

type Conflict = NonNullable<Schemas['Problem']['conflicts']>[number];

const shown = (value: unknown): string => (value === null || value === undefined || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function Conflicts({ conflicts, catalogue, t, language }: { conflicts: Conflict[]; catalogue: Catalogue | null; t: Translate; language: 'ja' | 'en' }) {
  const records = t('operation.records', { returnObjects: true }) as Record<string, string>;
  return (
    <Stack gap={4}>
      <Text size="sm">{t('operation.conflictText')}</Text>
      <List size="sm">
        {conflicts.slice(0, 8).map((conflict, at) => (
          <List.Item key={at}>
            {t('operation.conflictField', {
              record: `${records[conflict.table] ?? conflict.table} ${conflict.row}`,
              field: conflict.field === '' ? t('operation.wholeRow') : (catalogue?.label(conflict.field, language) ?? conflict.field),
              expected: shown(conflict.expected),
              current: shown(conflict.now),
            })}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

/** Takes an operation back and tells how it went: done, begun as a job, or refused with the fields changed since. */
export function useUndoAct(): { undo: (operation: string) => void; undoing: boolean } {
  const { t, language } = useTexts();
  const { catalogue } = useCatalogue();
  const words = useProblemWords();
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
            toastLasting(t('operation.conflictTitle'), <Conflicts conflicts={conflicts} catalogue={catalogue} t={t} language={language} />);
          } else {
            const { title, detail } = words(problem);
            toastLasting(title, detail);
          }
        },
      ),
    [mutateAsync, t, language, catalogue, words],
  );
  return { undo, undoing: isPending };
}
