// Where one was in a list: how far down and to the right, and ticks, per history entry, so that going back finds them again. Kept in memory only.

export type Ticks = { ids: ReadonlySet<string>; all: boolean };
type Place = { top: number; left: number | undefined; ticks: Ticks };

const places = new Map<string, Place>();
const most = 50;

export const noTicks: Ticks = { ids: new Set(), all: false };

export const readPlace = (key: string): Place => places.get(key) ?? { top: 0, left: undefined, ticks: noTicks };

export function rememberPlace(key: string, part: Partial<Place>): void {
  const place = { ...readPlace(key), ...part };
  places.delete(key);
  places.set(key, place);
  const oldest = places.keys().next().value;
  if (places.size > most && oldest !== undefined) places.delete(oldest);
}
