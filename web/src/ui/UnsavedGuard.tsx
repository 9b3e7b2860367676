import { useEffect, type RefObject } from 'react';
import { useBlocker } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from './ConfirmDialog';

/** Leaving the page with unsaved text asks first. `free` is set when the text has just been saved or given up. */
export function UnsavedGuard({ dirty, free }: { dirty: boolean; free?: RefObject<boolean> }) {
  const { t } = useTexts();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !free?.current && (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search));
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return (
    <ConfirmDialog opened={blocker.state === 'blocked'} title={t('customer.unsavedTitle')} act={t('customer.discard')} cancel={t('customer.stay')} danger onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      {t('customer.unsavedText')}
    </ConfirmDialog>
  );
}
