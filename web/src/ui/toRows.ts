// The way by key from a box that searches to the rows it found: the table of the page says how to get there.

let toRows: (() => void) | null = null;

/** Told by the table that holds what a page is about. Answers how to take it back. */
export function offerRows(way: () => void): () => void {
  toRows = way;
  return () => {
    if (toRows === way) toRows = null;
  };
}

/** To the first row. False where the page has no such table. */
export function goToRows(): boolean {
  toRows?.();
  return toRows !== null;
}
