import { Group, Modal, Radio, SimpleGrid, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { NumberBox } from '@/ui/NumberBox';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useSaveMaster, type Declaration, type MasterField, type MasterName, type MasterRow, type MasterValue } from './api';
import { ColorBox } from './ColorBox';
import { firstValues, fromHundredths, toHundredths, valueText } from './values';

const longestName = 50;

type Props = { name: MasterName; declaration: Declaration; row: MasterRow | null; onClose: () => void };

/** Adds a row or changes one: a control for each field that the declaration names. */
export function MasterForm({ name, declaration, row, onClose }: Props) {
  const { t, language } = useTexts();
  const { undoOf } = useUndoAct();
  const save = useSaveMaster(name);
  const fields = declaration.fields.filter(({ editable }) => editable);
  const began: Record<string, MasterValue> = row ? Object.fromEntries([['name', row.name], ...fields.map(({ key }) => [key, row[key] ?? null])]) : firstValues(declaration);
  const [values, setValues] = useState(began);
  const { leave, typing, asking } = useLeave(onClose, values);
  const errors = save.error?.fieldErrors() ?? {};
  const stale = staleOf(save.error);
  const change = (key: string, value: MasterValue) => setValues((now) => ({ ...now, [key]: value }));
  const master = t(`masters.${name}`);
  const mine = changesIn(began, values) as typeof values;
  const send = (body: Record<string, MasterValue>, version?: number) =>
    save.mutate(
      { row: row && { ...row, version: version ?? row.version }, values: body },
      {
        onSuccess: ({ data, operation }) => {
          toast(t('masters.saved', { name: data.name }), undoOf(operation));
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={leave} size="lg" title={row ? t('masters.editTitle', { master }) : t('masters.add', { master })} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={() => send(row ? mine : values)}>
        <Stack gap="md">
          {save.error && !stale && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('masters.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={longestName} value={String(values['name'] ?? '')} onChange={(event) => change('name', event.currentTarget.value)} data-autofocus />}
          </Field>
          <SimpleGrid cols={2} spacing="md" verticalSpacing="md" style={{ alignItems: 'end' }}>
            {fields.map((field) => (
              <div key={field.key} style={field.type === 'integer' ? undefined : { gridColumn: '1 / -1' }}>
                <OneField field={field} value={values[field.key] ?? null} error={errors[field.key]} fixed={field.fixed_in_use && (row?.members ?? 0) > 0} onChange={(value) => change(field.key, value)} />
              </div>
            ))}
          </SimpleGrid>
          <FormFooter onCancel={leave} busy={save.isPending} disabled={String(values['name'] ?? '').trim() === ''} />
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={[{ key: 'name', label: t('masters.name'), words: String }, ...fields.map((field) => ({ key: field.key, label: field.labels[language], words: (value: unknown) => valueText(field, value as MasterValue, language, t) }))]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={(chosen, version) => send(chosen as Record<string, MasterValue>, version)}
      />
    </Modal>
  );
}

type FieldProps = { field: MasterField; value: MasterValue; error: string | undefined; fixed: boolean; onChange: (value: MasterValue) => void };

function OneField({ field, value, error, fixed, onChange }: FieldProps) {
  const { t, language } = useTexts();
  const label = field.labels[language];
  const help = fixed ? t('masters.usedField') : field.help[language];
  if (field.type === 'boolean') return <Switch label={label} description={help || undefined} checked={value === true} error={error} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.type === 'choice') {
    return (
      <Radio.Group label={label} description={help || undefined} value={String(value)} error={error} onChange={onChange}>
        <Stack gap={6} mt={4}>
          {field.choices.map(({ code, labels }) => (
            <Radio key={code} value={code} label={labels[language]} />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  return (
    <Field label={label} required={field.required} {...(help ? { help } : {})} error={error}>
      {(control) => {
        if (field.type === 'integer') {
          const number = typeof value === 'number' ? (field.hundredths ? fromHundredths(value) : value) : null;
          return (
            <Group gap="xs">
              <NumberBox
                {...control}
                size="sm"
                width={150}
                label={label}
                decimals={field.hundredths ? 2 : 0}
                value={number}
                onChange={(next) => onChange(next === null ? null : field.hundredths ? toHundredths(next) : next)}
              />
              <Text size="sm">{field.unit[language]}</Text>
            </Group>
          );
        }
        if (field.type === 'color') return <ColorBox control={control} value={String(value ?? '')} onChange={onChange} />;
        if (field.type === 'texts') return <TagsInput {...control} placeholder={t('masters.textsHint')} maxTags={field.maximum} value={Array.isArray(value) ? value : []} onChange={onChange} />;
        return <TextInput {...control} autoComplete="off" maxLength={field.maximum} readOnly={fixed} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
      }}
    </Field>
  );
}
