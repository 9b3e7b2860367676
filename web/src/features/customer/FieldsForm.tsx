import { Checkbox, SimpleGrid, Textarea } from '@mantine/core';
import { useState, type HTMLAttributes } from 'react';
import type { CatalogueField } from '@/lib/catalogue';
import { formatDayWithWeekday, today } from '@/lib/date/moment';
import { ageOn, warekiYear } from '@/lib/date/wareki';
import { useTexts, type Translate } from '@/lib/i18n';
import { formatPhone, formatPostalCode } from '@/lib/text/phone';
import { readingOf } from '@/lib/text/romaji';
import { ClearableSelect } from '@/ui/ClearableSelect';
import { DateBox } from '@/ui/DateBox';
import { Field, type FieldControl } from '@/ui/Field';
import { NumberBox } from '@/ui/NumberBox';
import type { FormValues } from './formModel';
import { PostalCodeBox } from './PostalCodeBox';
import { RowsBox, TagsBox } from './SetBoxes';
import { TextLine } from './TextLine';

type Props = {
  fields: CatalogueField[];
  values: FormValues;
  onChange: (part: FormValues) => void;
  errors: Record<string, string>;
  /** Told for boxes that hold something unreadable, which cannot be sent. */
  onProblem?: (key: string, problem: string | null) => void;
};

const kanaOf: Record<string, string> = { family_name: 'family_kana', given_name: 'given_kana' };
const kanaKeys = new Set(Object.values(kanaOf));
const digitKeys = new Set(['phone', 'fax']);
const mailKeys = new Set(['email', 'email2']);
const longText = 500; // a text that may be longer gets a box of several lines
// A pair of boxes stands side by side: its first one begins a row.
const beginsRow = new Set(['family_name', 'family_kana', 'postal_code', 'phone', 'sex', 'groups', 'level', 'blocked']);
const wide = new Set(['street', 'building', 'memo', 'email', 'email2', 'company', 'department', 'labels', 'alert']);

const isLong = (field: CatalogueField) => field.multiline || (field.group !== 'own' && (field.max_length ?? 0) > longText);
const farAway = 9_007_199_254_740_991; // no limit

/** What a number must keep to, when the shop has said so. */
function rangeOf(field: CatalogueField, t: Translate): string | undefined {
  const from = field.minimum !== null && field.minimum > -farAway ? field.minimum : null;
  const to = field.maximum !== null && field.maximum < farAway ? field.maximum : null;
  if (from !== null && to !== null) return t('forms.range', { from, to });
  if (from !== null) return t('forms.from', { from });
  return to === null ? undefined : t('forms.to', { to });
}

/** The boxes of a form, made from the catalogue. */
export function FieldsForm({ fields, values, onChange, errors, onProblem }: Props) {
  // A reading typed by hand, or there before, is not overwritten by one gathered from a part of the name.
  const [byHand] = useState(() => new Set([...kanaKeys].filter((key) => values[key])));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
      {fields.map((field) => (
        <div key={field.key} style={placeOf(field)}>
          <OneField field={field} values={values} onChange={onChange} error={errors[field.key]} byHand={byHand} onProblem={onProblem} />
        </div>
      ))}
    </SimpleGrid>
  );
}

function placeOf(field: CatalogueField): { gridColumn?: string } {
  if (wide.has(field.key) || isLong(field)) return { gridColumn: '1 / -1' };
  return beginsRow.has(field.key) ? { gridColumn: '1' } : {};
}

type OneProps = {
  field: CatalogueField;
  values: FormValues;
  onChange: Props['onChange'];
  error: string | undefined;
  byHand: Set<string>;
  onProblem: Props['onProblem'];
};

function OneField({ field, values, onChange, error, byHand, onProblem }: OneProps) {
  const { t, language } = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const label = field.labels[language];
  const value = values[field.key];
  const set = (next: unknown) => onChange({ [field.key]: next });
  const text = typeof value === 'string' ? value : '';
  const marks = { label, required: field.required, optional: !field.required && field.key !== 'status', error: problem ?? error };

  if (field.type === 'boolean') {
    return (
      <Field label={label} required={field.required} error={error}>
        {({ id, error: isWrong, ...control }) => (
          <Checkbox
            id={id}
            aria-describedby={control['aria-describedby']}
            aria-required={control['aria-required']}
            aria-invalid={control['aria-invalid']}
            error={isWrong}
            mt={6}
            checked={value === true}
            onChange={(event) => set(event.currentTarget.checked)}
            label={value === true ? t('common.yes') : t('common.no')}
          />
        )}
      </Field>
    );
  }
  if (field.type === 'set') {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    if (field.key === 'labels' || field.group === 'own') return <Field {...marks}>{(control) => <TagsBox control={control} field={field} value={chosen} onChange={set} />}</Field>;
    const isReason = field.key === 'block_reasons';
    const off = isReason && values['blocked'] !== true;
    return (
      <Field {...marks} required={isReason && !off} optional={!isReason} note={off ? t('customer.reasonsOff') : undefined}>
        {(control) => <RowsBox control={control} field={field} value={chosen} onChange={set} disabled={off} add={t(isReason ? 'customer.addReason' : 'customer.addGroup')} />}
      </Field>
    );
  }
  if (field.type === 'choice' || field.type === 'reference') {
    return (
      <Field {...marks}>
        {(control) => <OptionBox control={control} field={field} value={value} onChange={set} />}
      </Field>
    );
  }
  if (field.type === 'date') {
    const iso = text || null;
    const age = iso ? ageOn(iso, today()) : null;
    const isBirth = field.group !== 'own';
    const note = !isBirth ? iso && `${formatDayWithWeekday(iso, language)} ${warekiYear(iso, language)}` : iso ? `${formatDayWithWeekday(iso, language)} ${[warekiYear(iso, language), age === null ? t('date.future') : t('date.age', { age })].filter(Boolean).join(language === 'ja' ? '・' : ', ')}` : t('customer.birthHelp');
    return (
      <Field {...marks} note={note}>
        {(control) => (
          <DateBox
            {...control}
            value={iso}
            weekday={false}
            placeholder={isBirth ? t('date.birthPlaceholder') : ''}
            error={Boolean(problem ?? error)}
            onChange={(day) => {
              setProblem(day.problem);
              onProblem?.(field.key, day.problem);
              set(day.iso);
            }}
          />
        )}
      </Field>
    );
  }
  if (field.type === 'number' || field.type === 'money') {
    return (
      <Field {...marks} note={rangeOf(field, t)}>
        {(control) => (
          <NumberBox
            {...control}
            size="sm"
            label={label}
            plain={field.type === 'number'}
            money={field.type === 'money'}
            value={typeof value === 'number' ? value : null}
            onChange={set}
          />
        )}
      </Field>
    );
  }
  if (field.key === 'postal_code') {
    return <PostalCodeBox marks={marks} value={text} street={typeof values['street'] === 'string' ? values['street'] : ''} city={typeof values['city'] === 'string' ? values['city'] : ''} prefecture={values['prefecture']} onChange={onChange} />;
  }
  const length = [...text].length;
  const near = field.max_length !== null && !digitKeys.has(field.key) && length > field.max_length * 0.8 ? t('customer.length', { count: length, most: field.max_length }) : undefined;
  if (isLong(field)) {
    return (
      <Field {...marks} note={near}>
        {(control) => <Textarea {...control} autosize minRows={3} maxRows={14} value={text} onChange={(event) => set(event.currentTarget.value)} />}
      </Field>
    );
  }
  const reading = kanaOf[field.key];
  return (
    <Field {...marks} note={near ?? (field.key === 'family_kana' ? t('customer.kanaHelp') : undefined)}>
      {(control) => (
        <TextLine
          control={control}
          text={text}
          more={lineAttributes(field.key)}
          onChange={(next) => {
            if (kanaKeys.has(field.key)) byHand.add(field.key);
            if (reading && next === '' && !byHand.has(reading)) onChange({ [field.key]: next, [reading]: '' });
            else set(next);
            if (reading && next === '' && text !== '') byHand.delete(reading); // it was the reading of another name
          }}
          onTidy={() => {
            const tidied = tidy(field.key, text);
            if (tidied !== text) set(tidied);
          }}
          onComposed={
            reading
              ? (composed) => {
                  if (composed.whole === 'of_name') byHand.delete(reading);
                  if (composed.reading !== null && !byHand.has(reading)) onChange({ [reading]: composed.reading });
                }
              : undefined
          }
        />
      )}
    </Field>
  );
}

/** As the server will keep it, as soon as the box is left: nobody is told to type half-width. */
function tidy(key: string, text: string): string {
  if (kanaKeys.has(key)) return readingOf(text);
  if (digitKeys.has(key)) {
    const plain = text.normalize('NFKC').replace(/[‐‑‒–—―−ー]/g, '-').trim();
    const digits = plain.replace(/[\s()-]/g, '').replace(/^\+81/, '0');
    return /^\d+$/.test(digits) ? formatPhone(digits) : plain;
  }
  if (mailKeys.has(key)) return text.normalize('NFKC').trim();
  return text.trim();
}

function lineAttributes(key: string): HTMLAttributes<HTMLInputElement> & { autoComplete: string } {
  if (digitKeys.has(key)) return { inputMode: 'tel', autoComplete: 'off' };
  if (mailKeys.has(key)) return { inputMode: 'email', autoComplete: 'off', autoCapitalize: 'none', spellCheck: false };
  return { autoComplete: 'off' };
}

function OptionBox({ control, field, value, onChange }: { control: FieldControl; field: CatalogueField; value: unknown; onChange: (value: unknown) => void }) {
  const { t, language } = useTexts();
  const options = (field.options ?? []).filter((option) => !option.removed || option.value === value);
  return (
    <ClearableSelect
      {...control}
      data={options.map((option) => ({ value: String(option.value), label: option.labels[language] }))}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(next) => onChange(options.find((option) => String(option.value) === next)?.value ?? null)}
      placeholder={t('common.unset')}
      clearable={!field.required && field.key !== 'status'}
      searchable={options.length > 8}
      allowDeselect={false}
      maxDropdownHeight={280}
      nothingFoundMessage={t('search.noOption')}
    />
  );
}

/** What a stored value looks like in its box. */
export function boxValues(values: FormValues): FormValues {
  const shown = { ...values };
  for (const key of digitKeys) if (typeof shown[key] === 'string') shown[key] = formatPhone(shown[key]);
  if (typeof shown['postal_code'] === 'string') shown['postal_code'] = formatPostalCode(shown['postal_code']);
  return shown;
}
