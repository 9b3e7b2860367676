import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { isMoving, type Bound } from '@/lib/date/relative';
import { useTexts } from '@/lib/i18n';
import { DayBound } from '@/ui/DayBound';
import { YearlyBound } from '@/ui/YearlyBound';
import { toMovingBirthdays, toYearly, type Bounds } from './dayRange';

type Props = { label: string; bounds: Bounds; onChange: (bounds: Bounds) => void; error: boolean };

/** Birthdays between two days of any year, or between two days counted from today. */
export function YearlyRange({ label, bounds, onChange, error }: Props) {
  const { t } = useTexts();
  const [moves, setMoves] = useState(isMoving(bounds.from) || isMoving(bounds.to));
  const box = (end: keyof Bounds) => {
    const name = t(end === 'from' ? 'search.fromOf' : 'search.toOf', { field: label });
    const value = bounds[end];
    const tell = (next: Bound) => onChange({ ...bounds, [end]: next });
    if (moves) return <DayBound label={name} value={value} relative error={error} onChange={(next) => tell(next.value)} />;
    return <YearlyBound label={name} value={typeof value === 'string' ? value : null} onChange={tell} />;
  };
  return (
    <Stack gap="xs">
      <Checkbox
        size="xs"
        label={t('search.relative')}
        checked={moves}
        onChange={(event) => {
          setMoves(event.currentTarget.checked);
          onChange(event.currentTarget.checked ? toMovingBirthdays(bounds) : { from: toYearly(bounds.from), to: toYearly(bounds.to) });
        }}
      />
      <Group gap={6} align="flex-start">
        {box('from')}
        <span aria-hidden>〜</span>
        {box('to')}
      </Group>
      {moves && (
        <Text size="xs" c="dimmed">
          {t('search.yearlyWhole')}
        </Text>
      )}
    </Stack>
  );
}
