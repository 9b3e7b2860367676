import { useState, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import type { Operation } from './api';
import { useUndoAct } from './useUndoAct';
import { useOperationWords } from './words';

/** Asks before a whole operation is taken back, and names it and how much it changed. */
export function useUndoDialog(): { ask: (operation: Operation) => void; dialog: ReactNode } {
  const { t } = useTexts();
  const words = useOperationWords();
  const { undo } = useUndoAct();
  const [asked, setAsked] = useState<Operation | null>(null);
  const dialog = (
    <ConfirmDialog
      opened={asked !== null}
      title={t('operation.undoTitle')}
      act={t('operation.undo')}
      onClose={() => setAsked(null)}
      onConfirm={() => {
        if (asked) undo(asked.id);
        setAsked(null);
      }}
    >
      {asked && t('operation.undoText', { kind: words.kind(asked), count: asked.change_count })}
    </ConfirmDialog>
  );
  return { ask: setAsked, dialog };
}
