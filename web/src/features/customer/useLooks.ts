import { useLocation } from 'react-router';
import { usePreferences } from '@/lib/session';
import type { Density } from '@/ui/DataTable';

type Widths = Record<string, number>;
/** How a saved search wants its list to look. */
export type Looks = { density?: Density; widths?: Widths };
/** What an entry of the history knows of the list besides its address. */
export type ListState = { cursor?: string; looks?: Looks } | null;

// What was changed by hand in the list of a saved search, by the id of the stored one. Kept in memory only.
const changed = new Map<string, Looks>();
const most = 50;

function keep(search: string, looks: Looks): void {
  changed.delete(search);
  changed.set(search, looks);
  const oldest = changed.keys().next().value;
  if (changed.size > most && oldest !== undefined) changed.delete(oldest);
}

export const roundedWidths = (widths: Widths): Widths => Object.fromEntries(Object.entries(widths).map(([key, width]) => [key, Math.round(width)]));

/** The person's own widths, with those taken over that differ between what was shown and what is now. */
export function changedWidths(own: Widths, shown: Widths, next: Widths): Widths {
  const stays = Object.entries(own).filter(([key]) => shown[key] === next[key]);
  const taken = Object.entries(next).filter(([key, width]) => shown[key] !== width);
  return Object.fromEntries([...stays, ...taken]);
}

/**
 * Density of the rows and widths of the columns: the person's own, or while a saved search is looked at, what was saved with
 * it. Only what is changed by hand becomes the person's own.
 */
export function useLooks(search: string | null) {
  const [preferences, setPreferences] = usePreferences();
  const state = useLocation().state as ListState;
  const looks: Looks = search === null ? {} : (changed.get(search) ?? state?.looks ?? {});
  const shown = looks.widths ?? preferences.widths ?? {};
  return {
    looks,
    density: looks.density ?? preferences.density ?? 'normal',
    widths: shown,
    setDensity: (density: Density) => {
      if (search !== null && looks.density) keep(search, { ...looks, density });
      setPreferences({ density });
    },
    setWidths: (widths: Widths) => {
      const next = roundedWidths(widths);
      if (search !== null && looks.widths) keep(search, { ...looks, widths: next });
      setPreferences({ widths: changedWidths(preferences.widths ?? {}, shown, next) });
    },
  };
}
