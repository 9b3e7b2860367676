import { useEffect, useState } from 'react';
import type { StoredSearch } from './conditions';
import { noTicks, readPlace, rememberPlace, type Ticks } from './listMemory';
import { pickSearch } from './searchApi';

/**
 * Who is ticked in the list. Ticks are kept over pages, sorting and columns of one search; the next search begins without
 * any, since whoever was ticked may not be in it. Going back finds those of before. `place`: the history entry.
 */
export function useTicks(place: string, search: StoredSearch | null): [Ticks, (ticks: Ticks) => void] {
  const asked = search && JSON.stringify(pickSearch(search));
  const [held, setHeld] = useState({ asked, ticks: readPlace(place).ticks });
  const isOther = asked !== null && asked !== held.asked;
  const now = isOther ? { asked, ticks: readPlace(place).ticks } : held;
  if (isOther) setHeld(now);
  useEffect(() => {
    if (asked !== null && asked === held.asked) rememberPlace(place, { ticks: held.ticks });
  }, [place, asked, held]);
  return [asked === null ? noTicks : now.ticks, (ticks) => setHeld({ asked, ticks })];
}
