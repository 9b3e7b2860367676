/** A record less one of its keys. */
export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

/** Of what a form holds now, the values that differ from when editing began. */
export function changesIn<Values extends object>(began: Partial<NoInfer<Values>>, now: Values): Partial<Values> {
  const before = began as Record<string, unknown>;
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))) as Partial<Values>;
}
