const most = 200; // items that the API gives at once

/** What asks for a page of a list: `first` items to begin with; who goes on wants many, and gets as many as there are at once. */
export function pageOf(first: number, cursor: string | null): { limit: number; cursor?: string } {
  return cursor ? { limit: most, cursor } : { limit: first };
}
