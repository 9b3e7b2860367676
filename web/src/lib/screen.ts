/**
 * What a page calls itself in the history of changes: its path without what names a record, /customers/12/history ->
 * customers.id.history. A new page has a name by this alone; its words are `screens.names` of the texts.
 */
export function screenOf(pathname: string): string {
  const parts = pathname.split('/').filter((part) => part !== '');
  const named = parts.map((part) => (/^[a-z][a-z-]*$/.test(part) ? part : 'id')).join('.');
  return named === '' ? 'start' : named.slice(0, 60);
}
