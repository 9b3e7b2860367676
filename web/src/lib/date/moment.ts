// Moments arrive as RFC 3339 with the shop's offset, so the first characters are already the shop's clock:
// no conversion here, or a browser in another zone would show other days than the server counts.

/** 2026-11-22T09:05:00+09:00 -> 2026/11/22 09:05 */
export function formatMoment(moment: string | null | undefined): string {
  if (!moment) return '';
  return `${moment.slice(0, 10).replaceAll('-', '/')} ${moment.slice(11, 16)}`;
}

/** 2026-11-22 or a moment of that day -> 2026/11/22 */
export function formatDay(day: string | null | undefined): string {
  return day ? day.slice(0, 10).replaceAll('-', '/') : '';
}

const weekdays = { ja: ['日', '月', '火', '水', '木', '金', '土'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

/** 2026/11/22（日） */
export function formatDayWithWeekday(day: string, language: 'ja' | 'en'): string {
  const weekday = weekdays[language][new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '';
  return language === 'ja' ? `${formatDay(day)}（${weekday}）` : `${formatDay(day)} (${weekday})`;
}

/** The shop's day now. The offset is the one the server writes its moments with. */
export function today(zone = 'Asia/Tokyo', now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** 「3分前」: only where UI conventions allow it, with the exact time on hover. */
export function formatAgo(moment: string, language: 'ja' | 'en', now = Date.now()): string {
  const seconds = Math.round((new Date(moment).getTime() - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}
