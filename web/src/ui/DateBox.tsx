import { Loader, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import { formatDay, formatDayWithWeekday } from '@/lib/date/moment';
import { eraName, readDay } from '@/lib/date/wareki';
import { isComposing } from '@/lib/text/ime';
import { useTexts, type Translate } from '@/lib/i18n';
import { Described } from './Described';
import type { FieldControl } from './Field';
import { IconButton } from './IconButton';

const Calendar = lazy(async () => ({ default: (await import('./Calendar')).Calendar }));

/** A day box takes 1970/1/2, S45.1.2, 昭和45年1月2日 in any width; it holds null, or a problem with what was typed. */
export type DayValue = { iso: string | null; problem: string | null };

export function dayProblem(typed: string, t: Translate, language: 'ja' | 'en'): DayValue {
  const reading = readDay(typed);
  if (reading.kind === 'empty') return { iso: null, problem: null };
  if (reading.kind === 'day') return { iso: reading.iso, problem: null };
  if (reading.kind === 'year') return { iso: null, problem: t('date.yearOnly', { year: reading.year }) };
  if (reading.kind === 'no_such_day') return { iso: null, problem: t('date.noSuchDay') };
  if (reading.kind === 'unreadable') return { iso: null, problem: t('date.unreadable') };
  const era = eraName(reading.era, language);
  const from = formatDay(reading.from);
  return { iso: null, problem: reading.to ? t('date.outsideEra', { era, from, to: formatDay(reading.to) }) : t('date.beforeEra', { era, from }) };
}

type Props = Partial<Omit<FieldControl, 'error'>> & {
  label?: string;
  value: string | null;
  onChange: (value: DayValue) => void;
  error?: string | boolean | undefined;
  disabled?: boolean;
  placeholder?: string;
  small?: boolean;
  weekday?: boolean; // told below; where there is room for it
};

export function DateBox({ id, label, value, onChange, error, disabled, placeholder, small, weekday = !small, inputContainer = (box) => box, ...aria }: Props) {
  const { t, language } = useTexts();
  const dayId = useId();
  const tellsDay = weekday && value !== null;
  const [typed, setTyped] = useState<{ text: string; for: string | null } | null>(null);
  const [opened, setOpened] = useState(false);
  // What is being typed stands as long as it belongs to the value; a value set from outside wins.
  const text = typed && typed.for === value ? typed.text : formatDay(value);

  const take = (next: string) => {
    const day = dayProblem(next, t, language);
    setTyped({ text: next, for: day.iso });
    onChange(day);
  };
  const tidy = () => {
    const day = dayProblem(text, t, language);
    if (day.iso) setTyped(null);
  };
  // Escape closes the calendar, and neither the form nor the dialog that it stands in.
  const ownEscape = opened ? { 'data-mantine-stop-propagation': true } : {};
  const box = (
    <TextInput
      {...ownEscape}
      {...aria}
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      size={small ? 'xs' : 'sm'}
      value={text}
      disabled={disabled ?? false}
      placeholder={placeholder ?? t('date.placeholder')}
      error={error}
      inputContainer={(input) => inputContainer(<Described by={tellsDay ? dayId : undefined}>{input}</Described>)}
      autoComplete="off"
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={tidy}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) tidy();
        if (event.key === 'Escape') setOpened(false);
      }}
      rightSection={
        <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
          <Popover.Target>
            <IconButton {...ownEscape} size={small ? 'xs' : 'sm'} label={t('date.open')} disabled={disabled ?? false} onClick={() => setOpened((open) => !open)}>
              <IconCalendar size={15} />
            </IconButton>
          </Popover.Target>
          <Popover.Dropdown data-mantine-stop-propagation>
            <Suspense fallback={<Loader size="sm" />}>
              <Calendar
                value={value}
                language={language}
                onPick={(iso) => {
                  setTyped(null);
                  onChange({ iso, problem: null });
                  setOpened(false);
                }}
              />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
  if (!weekday) return box;
  return (
    <Stack gap={2}>
      {box}
      {tellsDay && (
        <Text id={dayId} size="xs" c="dimmed">
          {formatDayWithWeekday(value, language)}
        </Text>
      )}
    </Stack>
  );
}
