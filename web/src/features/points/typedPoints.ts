/** What was typed into the box of points, in any width: a whole number, minus allowed. Null when it is none. */
export function typedPoints(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[−‐‑‒–—ー]/g, '-').replace(/[,\s]/g, '');
  return /^[+-]?\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** The same digits under the other sign, as the buttons beside the box write them. */
export function withSign(typed: string, sign: 1 | -1): string {
  const digits = typed.normalize('NFKC').replace(/[^0-9]/g, '');
  return sign < 0 ? `-${digits}` : digits;
}
