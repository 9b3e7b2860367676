import type { RefObject } from 'react';
import { useBlocker } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { isGivenUp } from '@/lib/unsaved';
import { ConfirmDialog } from './ConfirmDialog';
import { useUnsaved } from './useUnsaved';

/** Leaving the page with unsaved text asks first. `free` is set when the text has just been saved or given up. */
export function UnsavedGuard({ dirty, free }: { dirty: boolean; free?: RefObject<boolean> }) {
  const { t } = useTexts();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && !free?.current && !isGivenUp() && (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search),
  );
  useUnsaved(dirty);
  return (
    <ConfirmDialog opened={blocker.state === 'blocked'} title={t('customer.unsavedTitle')} act={t('customer.discard')} cancel={t('customer.stay')} danger onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      {t('customer.unsavedText')}
    </ConfirmDialog>
  );
}
