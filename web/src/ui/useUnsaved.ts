import { useEffect } from 'react';
import { noteUnsaved } from '@/lib/unsaved';

/** While it is dirty, the browser asks before it closes the page, and an ended session is begun again in place. */
export function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const saved = noteUnsaved();
    window.addEventListener('beforeunload', ask);
    return () => {
      saved();
      window.removeEventListener('beforeunload', ask);
    };
  }, [dirty]);
}
