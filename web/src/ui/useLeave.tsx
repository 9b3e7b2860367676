import { useId, useState, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from './ConfirmDialog';
import { useUnsaved } from './useUnsaved';

type Leaving = { leave: () => void; typing: { onInput: () => void; 'data-leave': string }; asking: ReactNode };

const dialogOf = (element: Element | null) => element?.closest('[role="dialog"][aria-modal="true"]') ?? null;

/**
 * Giving up the form of a dialog asks once something was changed in it. `typing` goes on the form, `asking` beside it, `leave`
 * wherever it is closed. `values`: what the form holds; without them only typed text counts, not what was chosen or ticked.
 * A box with something that is no number counts as well: it holds nothing, but was not left empty.
 */
export function useLeave(onClose: () => void, values?: unknown): Leaving {
  const { t } = useTexts();
  const id = useId();
  const now = values === undefined ? null : JSON.stringify(values);
  const [began] = useState(now);
  const [typed, setTyped] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const dirty = now === null ? typed : now !== began;
  useUnsaved(dirty);
  const leave = () => {
    // Escape closes the question, or another dialog above this one, not what lies below.
    const above = dialogOf(document.activeElement);
    const form = document.querySelector(`[data-leave="${id}"]`);
    const own = dialogOf(form);
    if (isAsking || (above && own && above !== own)) return;
    if (dirty || form?.querySelector('[data-unreadable]:not([data-not-sent] *)')) setAsking(true);
    else onClose();
  };
  const asking = (
    <ConfirmDialog opened={isAsking} title={t('customer.unsavedTitle')} act={t('customer.discard')} cancel={t('customer.stay')} danger onClose={() => setAsking(false)} onConfirm={onClose}>
      {t('customer.unsavedText')}
    </ConfirmDialog>
  );
  return { leave, typing: { onInput: () => setTyped(true), 'data-leave': id }, asking };
}
