const grouped = new Intl.NumberFormat('ja-JP');

/** 1234567 -> ¥1,234,567 */
export function formatYen(yen: number | null | undefined): string {
  if (yen === null || yen === undefined) return '';
  return yen < 0 ? `-¥${grouped.format(-yen)}` : `¥${grouped.format(yen)}`;
}

/** 1234567 -> 1,234,567 */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '' : grouped.format(count);
}
