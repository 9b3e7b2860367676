import { Checkbox, Group, MultiSelect, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Catalogue, CatalogueField, Operator } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { NumberBox } from '@/ui/NumberBox';
import classes from './ConditionBox.module.css';
import { DateCondition } from './DateCondition';
import { rangeCondition } from './dayRange';
import { operatorWords } from './operators';
import { firstOperator, isReversed, mostInline, splitValues, type ConditionValue, type FieldCondition } from './conditions';

type Props = {
  field: CatalogueField;
  catalogue: Catalogue;
  condition: FieldCondition | undefined;
  onChange: (condition: FieldCondition | undefined) => void;
};

const rangeOf = (condition: FieldCondition | undefined): { from: string | number | null; to: string | number | null } => {
  const value = condition?.value;
  const plain = (part: unknown) => (typeof part === 'string' || typeof part === 'number' ? part : null);
  if (condition?.op === 'at_least') return { from: plain(value), to: null };
  if (condition?.op === 'at_most') return { from: null, to: plain(value) };
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && 'from' in value) return { from: plain(value.from), to: plain(value.to) };
  return { from: plain(value), to: null };
};

/** One field of the search panel: its operator and the box that the operator needs. */
export function ConditionBox({ field, catalogue, condition, onChange }: Props) {
  const { t, language } = useTexts();
  const id = useId();
  const [chosen, setChosen] = useState<Operator | null>(null);
  const op = condition?.op ?? chosen ?? firstOperator(field);
  const label = field.labels[language];
  const ranged = ['number', 'money', 'date', 'moment'].includes(field.type);
  const operators = ranged ? [] : field.operators;

  const choose = (next: Operator) => {
    setChosen(next);
    if (next === 'empty' || next === 'not_empty') onChange({ op: next });
    else if (condition?.value !== undefined && catalogue.operand(next) === catalogue.operand(op)) onChange({ op: next, value: condition.value });
    else onChange(undefined);
  };
  const set = (value: ConditionValue | undefined) => onChange(value === undefined ? undefined : { op, value });

  return (
    <div className={classes.box} data-wide={(field.type === 'choice' && (field.options?.length ?? 0) > 3 && (field.options?.length ?? 0) <= 6) || undefined} role="group" aria-labelledby={`${id}-label`}>
      <Group gap={6} justify="space-between" wrap="nowrap">
        <span className={classes.label} id={`${id}-label`}>
          {label}
        </span>
        {operators.length > 1 && field.type !== 'boolean' && (
          <NativeSelect
            size="xs"
            variant="unstyled"
            className={classes.operator ?? ''}
            aria-label={t('search.operatorOf', { field: label })}
            value={op}
            onChange={(event) => choose(event.currentTarget.value as Operator)}
            data={operators.map((operator) => ({ value: operator, label: operatorWords(operator, field, catalogue, language) }))}
          />
        )}
      </Group>
      <Operand id={id} field={field} catalogue={catalogue} op={op} label={label} condition={condition} set={set} onChange={onChange} />
    </div>
  );
}

type OperandProps = { id: string; field: CatalogueField; catalogue: Catalogue; op: Operator; label: string; condition: FieldCondition | undefined; set: (value: ConditionValue | undefined) => void; onChange: Props['onChange'] };

function Operand({ field, catalogue, op, label, condition, set, onChange }: OperandProps) {
  const { t, language } = useTexts();
  if (op === 'empty' || op === 'not_empty') return <Text size="xs" c="dimmed" h={30} />;
  const options = (field.options ?? []).map((option) => ({ value: String(option.value), label: option.labels[language] }));
  const typed = (value: string): string | number => (typeof field.options?.[0]?.value === 'number' ? Number(value) : value);
  switch (field.type) {
    case 'boolean': {
      const value = condition?.value;
      return (
        <SegmentedControl
          size="xs"
          aria-label={label}
          value={value === undefined ? '' : String(value)}
          onChange={(next) => set(next === '' ? undefined : next === 'true')}
          data={[
            { value: '', label: t('search.any') },
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
        />
      );
    }
    case 'choice':
    case 'reference':
    case 'set': {
      const values = Array.isArray(condition?.value) ? condition.value.map(String) : [];
      const change = (next: string[]) => set(next.length === 0 ? undefined : next.map(typed));
      if (field.type === 'choice' && options.length <= 6) {
        return (
          <Checkbox.Group value={values} onChange={change} aria-label={label}>
            <Group gap="4px 12px" mih={30}>
              {options.map((option) => (
                <Checkbox key={option.value} size="xs" value={option.value} label={option.label} />
              ))}
            </Group>
          </Checkbox.Group>
        );
      }
      return <MultiSelect size="xs" aria-label={label} data={options} value={values} onChange={change} searchable clearable placeholder={values.length === 0 ? t('search.any') : ''} nothingFoundMessage={t('search.noOption')} hidePickedOptions maxDropdownHeight={260} />;
    }
    case 'number':
    case 'money':
      return <NumberRange label={label} money={field.type === 'money'} condition={condition} onChange={onChange} />;
    case 'date':
    case 'moment':
      return <DateCondition field={field} catalogue={catalogue} label={label} condition={condition} onChange={onChange} />;
    default:
      return op === 'in' || op === 'not_in' ? <ManyValues label={label} condition={condition} set={set} /> : <TextBox label={label} condition={condition} set={set} />;
  }
}

function TextBox({ label, condition, set }: { label: string; condition: FieldCondition | undefined; set: (value: ConditionValue | undefined) => void }) {
  const value = typeof condition?.value === 'string' ? condition.value : '';
  return <TextInput size="xs" aria-label={label} value={value} onChange={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)} autoComplete="off" />;
}

/** Many values at once, pasted from a table or a mail. */
export function ManyValues({ label, condition, set }: { label: string; condition: FieldCondition | undefined; set: (value: ConditionValue | undefined) => void }) {
  const { t } = useTexts();
  const values = Array.isArray(condition?.value) ? condition.value.map(String) : [];
  const [text, setText] = useState(values.join('\n'));
  const stale = splitValues(text).join('\n') !== values.join('\n') && values.length === 0 && text.trim() !== '' && !condition;
  const tooMany = values.length > mostInline;
  return (
    <Stack gap={2}>
      <Textarea
        size="xs"
        rows={2}
        aria-label={label}
        placeholder={t('search.pasteHint')}
        value={stale ? '' : text}
        onChange={(event) => {
          const next = splitValues(event.currentTarget.value);
          setText(event.currentTarget.value);
          set(next.length === 0 ? undefined : next);
        }}
        error={tooMany ? t('search.tooMany', { most: formatCount(mostInline) }) : undefined}
      />
      {values.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('common.count', { count: values.length })}
        </Text>
      )}
    </Stack>
  );
}

function NumberRange({ label, money, condition, onChange }: { label: string; money: boolean; condition: FieldCondition | undefined; onChange: Props['onChange'] }) {
  const { t } = useTexts();
  const { from, to } = rangeOf(condition);
  const reversed = isReversed(condition?.value);
  const box = (end: 'from' | 'to', value: string | number | null) => (
    <NumberBox
      label={t(end === 'from' ? 'search.fromOf' : 'search.toOf', { field: label })}
      money={money}
      value={typeof value === 'number' ? value : null}
      error={reversed}
      onChange={(number) => onChange(end === 'from' ? rangeCondition(number, to) : rangeCondition(from, number))}
    />
  );
  return (
    <Stack gap={2}>
      <Group gap={6} wrap="nowrap">
        {box('from', from)}
        <span aria-hidden>〜</span>
        {box('to', to)}
      </Group>
      {reversed && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t('search.reversed')}
        </Text>
      )}
    </Stack>
  );
}
