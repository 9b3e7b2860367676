const longest = 15; // digits that are counted exactly

/** A number as typed: １，２３４, ¥1,234, 1 234円, －5; with at most so many decimals. Null when it is none. */
export function readNumber(typed: string, decimals = 0): number | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s,、¥円]/g, '')
    .replace(/^[‐‑‒–—―−ー]/, '-')
    .replace('。', '.');
  const shape = /^-?(\d+)(?:\.(\d+))?$/.exec(plain);
  if (!shape || (shape[1] ?? '').length + (shape[2] ?? '').length > longest || (shape[2] ?? '').length > decimals) return null;
  return Number(plain);
}
