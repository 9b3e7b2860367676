import { ActionIcon, Group, MultiSelect, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconClockBolt } from '@tabler/icons-react';
import { useState } from 'react';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { isMoving, type Bound } from '@/lib/date/relative';
import { DayBound } from '@/ui/DayBound';
import { NumberBox } from '@/ui/NumberBox';
import { toMoving, toWritten } from '../dayRange';
import { isReversed, type ConditionValue, type FieldCondition } from '../conditions';
import { isDated } from '../operators';
import { ManyValues } from '../ConditionBox';
import { YearlyRange } from '../YearlyRange';

type Props = { catalogue: Catalogue; field: CatalogueField; label: string; condition: FieldCondition; onChange: (condition: FieldCondition) => void };

/** The box for the value of a condition: by the type of its field and by what its operator compares with. */
export function ValueEditor({ catalogue, field, label, condition, onChange }: Props) {
  const { t, language } = useTexts();
  const { op, value } = condition;
  const set = (next: ConditionValue | undefined) => onChange(next === undefined ? { op } : { op, value: next });
  const operand = catalogue.operand(op);
  if (operand === 'none') return null;
  if (operand === 'range') return <RangeEditor field={field} label={label} condition={condition} onChange={onChange} />;
  if (field.options) {
    const typed = (one: string): string | number => (typeof field.options?.[0]?.value === 'number' ? Number(one) : one);
    const options = field.options.map((option) => ({ value: String(option.value), label: option.labels[language] }));
    if (operand === 'many') {
      const values = Array.isArray(value) ? value.map(String) : [];
      return <MultiSelect size="xs" aria-label={label} data={options} value={values} searchable clearable hidePickedOptions nothingFoundMessage={t('search.noOption')} maxDropdownHeight={260} onChange={(next) => set(next.length === 0 ? undefined : next.map(typed))} />;
    }
    return <NativeSelect size="xs" aria-label={label} data={[{ value: '', label: '' }, ...options]} value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''} onChange={(event) => set(event.currentTarget.value === '' ? undefined : typed(event.currentTarget.value))} />;
  }
  if (field.type === 'boolean') {
    return (
      <NativeSelect
        size="xs"
        w={120}
        aria-label={label}
        value={typeof value === 'boolean' ? String(value) : ''}
        onChange={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value === 'true')}
        data={[
          { value: '', label: '' },
          { value: 'true', label: t('common.yes') },
          { value: 'false', label: t('common.no') },
        ]}
      />
    );
  }
  if (operand === 'many') return <ManyValues label={label} condition={condition} set={set} />;
  if (field.type === 'number' || field.type === 'money') return <NumberBox width={130} label={label} money={field.type === 'money'} value={typeof value === 'number' ? value : null} onChange={(next) => set(next ?? undefined)} />;
  if (isDated(field)) return <OneDay field={field} label={label} value={typeof value === 'string' || isMoving(value) ? value : null} onChange={(next) => set(next ?? undefined)} />;
  return <TextInput size="xs" maw={360} aria-label={label} value={typeof value === 'string' ? value : ''} maxLength={1000} autoComplete="off" onChange={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)} />;
}

function OneDay({ field, label, value, error, onChange }: { field: CatalogueField; label: string; value: Bound; error?: boolean; onChange: (value: Bound) => void }) {
  const { t } = useTexts();
  const [relative, setRelative] = useState(isMoving(value));
  const [problem, setProblem] = useState<string | null>(null);
  const mayMove = !field.operators.includes('anniversary_between');
  return (
    <Stack gap={0}>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <DayBound
          label={label}
          value={value}
          relative={relative}
          wareki={!mayMove}
          error={error === true || problem !== null}
          onChange={(next) => {
            setProblem(next.problem);
            onChange(next.value);
          }}
        />
        {mayMove && (
          <ActionIcon
            size={30}
            variant={relative ? 'light' : 'subtle'}
            aria-pressed={relative}
            aria-label={t('search.relative')}
            title={t('search.relative')}
            onClick={() => {
              setRelative(!relative);
              setProblem(null);
              onChange(relative ? toWritten(value) : (toMoving(value) ?? { ago: 0, unit: 'day' }));
            }}
          >
            <IconClockBolt size={16} />
          </ActionIcon>
        )}
      </Group>
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
    </Stack>
  );
}

/** Two ends, both included. A range is complete only with both; while one is missing it is not part of the search. */
function RangeEditor({ field, label, condition, onChange }: Omit<Props, 'catalogue'>) {
  const { t } = useTexts();
  const { op, value } = condition;
  const began = typeof value === 'object' && value !== null && !Array.isArray(value) && 'from' in value ? value : null;
  const [ends, setEnds] = useState<{ from: Bound | number; to: Bound | number }>({ from: (began?.from ?? null) as Bound | number, to: (began?.to ?? null) as Bound | number });
  const change = (part: Partial<typeof ends>) => {
    const next = { ...ends, ...part };
    setEnds(next);
    onChange(next.from !== null && next.to !== null ? { op, value: { from: next.from, to: next.to } } : { op });
  };
  const reversed = isReversed(value);
  const dayOf = (end: Bound | number): Bound => (typeof end === 'number' ? null : end);
  const box = (end: 'from' | 'to') => {
    const name = t(end === 'from' ? 'search.fromOf' : 'search.toOf', { field: label });
    const now = ends[end];
    if (isDated(field)) return <OneDay field={field} label={name} value={dayOf(now)} error={reversed} onChange={(next) => change({ [end]: next })} />;
    return <NumberBox width={130} label={name} money={field.type === 'money'} value={typeof now === 'number' ? now : null} error={reversed} onChange={(next) => change({ [end]: next })} />;
  };
  return (
    <Stack gap={2}>
      {op === 'anniversary_between' ? (
        <YearlyRange label={label} bounds={{ from: dayOf(ends.from), to: dayOf(ends.to) }} onChange={change} error={reversed} />
      ) : (
        <Group gap={6} align="flex-start">
          {box('from')}
          <span aria-hidden>〜</span>
          {box('to')}
        </Group>
      )}
      {reversed && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t('search.reversed')}
        </Text>
      )}
    </Stack>
  );
}
