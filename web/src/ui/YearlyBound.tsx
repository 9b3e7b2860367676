import { Group, NativeSelect } from '@mantine/core';
import { useTexts } from '@/lib/i18n';

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (value: number) => String(value).padStart(2, '0');

/** A month and a day, "12-31", without a year. */
export function YearlyBound({ label, value, onChange }: { label: string; value: string | null; onChange: (value: string) => void }) {
  const { t, language } = useTexts();
  const [month = 1, day = 1] = (value ?? '').split('-').map(Number);
  const tell = (nextMonth: number, nextDay: number) => onChange(`${two(nextMonth)}-${two(Math.min(nextDay, longest[nextMonth - 1] ?? 31))}`);
  const list = (count: number, unit: string) => Array.from({ length: count }, (_, at) => ({ value: String(at + 1), label: language === 'ja' ? `${at + 1}${unit}` : String(at + 1) }));
  const unset = value === null ? [{ value: '', label: '—' }] : [];
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={label}>
      <NativeSelect size="xs" aria-label={`${label} ${t('yearly.month')}`} value={value === null ? '' : String(month)} onChange={(event) => tell(Number(event.currentTarget.value), value === null ? 1 : day)} data={[...unset, ...list(12, '月')]} />
      <NativeSelect size="xs" aria-label={`${label} ${t('yearly.day')}`} value={value === null ? '' : String(day)} onChange={(event) => tell(month || 1, Number(event.currentTarget.value))} data={[...unset, ...list(longest[(month || 1) - 1] ?? 31, '日')]} />
    </Group>
  );
}
