import { useEffect, useEffectEvent, type RefObject } from 'react';
import { isComposing } from '@/lib/text/ime';

/**
 * Escape gives up the form in `form`. It does not while it closes something of its own first: an open list of choices or
 * calendar, a dialog above, a conversion of kana.
 */
export function useEscape(form: RefObject<HTMLElement | null>, giveUp: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isComposing(event) || !form.current) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.getAttribute('data-mantine-stop-propagation') === 'true') return;
    const isElsewhere = (dialog: Element | null | undefined) => Boolean(dialog) && !dialog?.contains(form.current);
    if (isElsewhere(target?.closest('[role="dialog"]')) || [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some(isElsewhere)) return;
    giveUp();
  });
  useEffect(() => {
    // On the way down: by the time it has come up again, what it closes is closed.
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
}
