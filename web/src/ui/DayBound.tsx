import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { formatDay, formatDayWithWeekday } from '@/lib/date/moment';
import { isMoving, resolveDay, type Bound, type DayUnit, type MovingDay } from '@/lib/date/relative';
import { warekiYear } from '@/lib/date/wareki';
import { useTexts } from '@/lib/i18n';
import { DateBox, type DayValue } from './DateBox';
import { NumberBox } from './NumberBox';

export type BoundValue = { value: Bound; problem: string | null };

const most = 100_000;
const units: DayUnit[] = ['day', 'week', 'month', 'year'];

type Props = {
  label: string;
  value: Bound;
  /** 相対日付: counted from today instead of written down. */
  relative: boolean;
  onChange: (value: BoundValue) => void;
  disabled?: boolean;
  error?: boolean;
  /** Shows the year of the era beside the day. */
  wareki?: boolean;
};

/** One end of a range of days: a day of either calendar, or so many days, weeks, months, years from today. */
export function DayBound({ label, value, relative, onChange, disabled, error, wareki }: Props) {
  const { language } = useTexts();
  if (relative) return <MovingBound label={label} value={isMoving(value) ? value : null} onChange={onChange} disabled={disabled ?? false} />;
  const iso = typeof value === 'string' ? value : null;
  return (
    <Stack gap={2}>
      <DateBox small label={label} value={iso} disabled={disabled ?? false} error={error} onChange={(day: DayValue) => onChange({ value: day.iso, problem: day.problem })} />
      {wareki && iso && (
        <Text size="xs" c="dimmed">
          {`${formatDayWithWeekday(iso, language)} ${warekiYear(iso, language)}`}
        </Text>
      )}
    </Stack>
  );
}

const moving = (amount: number, unit: DayUnit, back: boolean): MovingDay => (back ? { ago: amount, unit } : { ahead: amount, unit });

function MovingBound({ label, value, onChange, disabled }: { label: string; value: MovingDay | null; onChange: Props['onChange']; disabled: boolean }) {
  const { t, language } = useTexts();
  const back = !value || 'ago' in value;
  const amount = value ? ('ago' in value ? value.ago : value.ahead) : null;
  const unit = value?.unit ?? 'day';
  const tell = (next: number | null, nextUnit: DayUnit, nextBack: boolean) => onChange({ value: next === null ? null : moving(next, nextUnit, nextBack), problem: null });
  return (
    <Stack gap={2} role="group" aria-label={label}>
      <Group gap={4} wrap="nowrap">
        {language === 'ja' && (
          <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
            {t('moving.from')}
          </Text>
        )}
        <NumberBox width={72} plain label={t('moving.amountOf', { field: label })} value={amount} disabled={disabled} onChange={(next) => tell(next === null ? null : Math.min(most, Math.abs(next)), unit, back)} />
        <NativeSelect
          size="xs"
          w={language === 'ja' ? 84 : 96}
          aria-label={t('moving.unitOf', { field: label })}
          value={unit}
          disabled={disabled}
          onChange={(event) => tell(amount, event.currentTarget.value as DayUnit, back)}
          data={units.map((one) => ({ value: one, label: t(`moving.${one}`) }))}
        />
        <NativeSelect
          size="xs"
          w={language === 'ja' ? 64 : 126}
          aria-label={t('moving.wayOf', { field: label })}
          value={back ? 'ago' : 'ahead'}
          disabled={disabled}
          onChange={(event) => tell(amount, unit, event.currentTarget.value === 'ago')}
          data={[
            { value: 'ago', label: t('moving.ago') },
            { value: 'ahead', label: t('moving.ahead') },
          ]}
        />
      </Group>
      <Text size="xs" c="dimmed" mih={17} aria-live="polite">
        {value ? t('moving.isToday', { day: formatDay(resolveDay(value)) }) : ''}
      </Text>
    </Stack>
  );
}
