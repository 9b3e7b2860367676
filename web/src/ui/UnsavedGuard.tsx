import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from './ConfirmDialog';

/** Leaving the page with unsaved text asks first. Render what it answers. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const { t } = useTexts();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search));
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return (
    <ConfirmDialog opened={blocker.state === 'blocked'} title={t('customer.unsavedTitle')} act={t('customer.discard')} danger onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      {t('customer.unsavedText')}
    </ConfirmDialog>
  );
}
