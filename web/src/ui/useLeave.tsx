import { useState, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from './ConfirmDialog';

/** Giving up the form of a dialog asks once something was typed in it. `typing` goes on the form, `asking` beside it, `leave` wherever it is closed. */
export function useLeave(onClose: () => void): { leave: () => void; typing: { onInput: () => void }; asking: ReactNode } {
  const { t } = useTexts();
  const [typed, setTyped] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const leave = () => {
    if (isAsking) return; // Escape closes the question, not what it asks about
    if (typed) setAsking(true);
    else onClose();
  };
  const asking = (
    <ConfirmDialog opened={isAsking} title={t('customer.unsavedTitle')} act={t('customer.discard')} cancel={t('customer.stay')} danger onClose={() => setAsking(false)} onConfirm={onClose}>
      {t('customer.unsavedText')}
    </ConfirmDialog>
  );
  return { leave, typing: { onInput: () => setTyped(true) }, asking };
}
