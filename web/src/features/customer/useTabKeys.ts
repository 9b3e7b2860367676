import { useEffect, useEffectEvent } from 'react';

/** Alt and a digit open the tab of that place, counted as they stand. Not while a dialog is open. */
export function useTabKeys(tabs: readonly string[], open: (tab: string) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    // The key, not what it types: with Alt, a Mac types ¡ for 1.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const tab = tabs[Number(digit) - 1];
    if (!tab || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
    event.preventDefault();
    open(tab);
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
