import { Button, Checkbox, Group, Modal, Paper, Select, SimpleGrid, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTexts, type Translate } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { FieldsForm } from '@/features/customer/FieldsForm';
import type { FormValues } from '@/features/customer/formModel';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { NumberBox } from '@/ui/NumberBox';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useRefused } from '@/ui/useRefused';
import { useChangeFormField, useCreateFormField, type FormField, type FormFieldInput, type FormFieldType } from './api';
import { draftOf, emptyDraft, hasOptions, inputOf, isText, previewOf, types, type Draft } from './draft';
import { OptionsEditor } from './OptionsEditor';

/** One field while it is made or changed, beside it the box as forms will show it. */
export function FieldBuilder({ field, onClose }: { field: FormField | null; onClose: () => void }) {
  const { t } = useTexts();
  const { undoOf } = useUndoAct();
  const create = useCreateFormField();
  const change = useChangeFormField();
  const [draft, setDraft] = useState<Draft>(() => (field ? draftOf(field) : emptyDraft()));
  const { leave, typing, asking } = useLeave(onClose, draft);
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const form = useRef<HTMLFormElement>(null);
  const problem = create.error ?? change.error;
  useRefused(problem, () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  const errors = Object.fromEntries((problem?.fields ?? []).map(({ pointer, detail }) => [pointer.slice(1), detail]));
  const busy = create.isPending || change.isPending;
  const listeners = {
    onSuccess: ({ operation }: { operation: string | null }) => {
      toast(t('forms.saved', { name: draft.ja.trim() }), undoOf(operation));
      onClose();
    },
  };
  const began = field ? inputOf(draftOf(field)) : {};
  const mine = changesIn(began, inputOf(draft));
  const stale = staleOf(change.error) as FormField | null;
  const submit = () => {
    const body = inputOf(draft);
    if (field) change.mutate({ field, body: mine }, listeners);
    else create.mutate({ ...body, key: draft.key.trim(), type: draft.type, labels: body.labels ?? { ja: '' } }, listeners);
  };
  return (
    <Modal opened onClose={leave} size={980} title={t(field ? 'forms.edit' : 'forms.add')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form ref={form} {...typing} onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Stack gap="sm">
            {problem && !stale && Object.keys(errors).length === 0 && <ProblemPanel problem={problem} />}
            <Group grow align="flex-start">
              <Field label={t('forms.labelJa')} required error={errors['labels/ja']}>
                {(control) => <TextInput {...control} autoComplete="off" maxLength={60} value={draft.ja} onChange={(event) => set({ ja: event.currentTarget.value })} data-autofocus />}
              </Field>
              <Field label={t('forms.labelEn')} optional error={errors['labels/en']}>
                {(control) => <TextInput {...control} autoComplete="off" maxLength={60} value={draft.en} onChange={(event) => set({ en: event.currentTarget.value })} />}
              </Field>
            </Group>
            <Field label={t('forms.key')} required help={t(field ? 'forms.keyFixed' : 'forms.keyHelp')} error={errors['key']}>
              {(control) => (
                <TextInput {...control} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} leftSection="x." readOnly={field !== null} value={draft.key} onChange={(event) => set({ key: event.currentTarget.value.normalize('NFKC').toLowerCase() })} />
              )}
            </Field>
            <Field label={t('forms.type')} required {...(field ? { help: t('forms.typeFixed') } : {})} error={errors['type']}>
              {(control) => (
                <Select {...control} data={types.map((type) => ({ value: type, label: t(`forms.types.${type}`) }))} value={draft.type} readOnly={field !== null} allowDeselect={false} onChange={(type) => type && set({ type: type as FormFieldType })} />
              )}
            </Field>
            <Limits draft={draft} set={set} errors={errors} />
            {hasOptions(draft.type) && <OptionsEditor options={draft.options} errors={errors} onChange={(options) => set({ options })} answered={field?.answered ?? false} />}
            <Switch label={t('forms.isRequired')} description={t(draft.type === 'checkbox' ? 'forms.requiredTick' : 'forms.requiredHelp')} checked={draft.required} onChange={(event) => set({ required: event.currentTarget.checked })} />
            <Group gap="xl">
              <Checkbox label={t('forms.onList')} checked={draft.onList} onChange={(event) => set({ onList: event.currentTarget.checked })} />
              <Checkbox label={t('forms.onCsv')} checked={draft.onCsv} onChange={(event) => set({ onCsv: event.currentTarget.checked })} />
            </Group>
          </Stack>
          <Preview draft={draft} />
        </SimpleGrid>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={leave}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={draft.ja.trim() === '' || draft.key === ''}>
            {t('common.save')}
          </Button>
        </Group>
      </Form>
      {asking}
      {field && (
        <StaleRow
          current={stale && { ...inputOf(draftOf(stale)), version: stale.version }}
          began={began}
          mine={mine}
          fields={staleFields(t)}
          busy={busy}
          onClose={change.reset}
          onTake={onClose}
          onSave={(body, version) => change.mutate({ field: { ...field, version }, body }, listeners)}
        />
      )}
    </Modal>
  );
}

type Labels = NonNullable<FormFieldInput['labels']>;

/** Each property in words, for a save that came too late. */
function staleFields(t: Translate) {
  const plain = (value: unknown) => (value === null || value === undefined ? '—' : String(value));
  const yesNo = (value: unknown) => t(value === true ? 'common.yes' : 'common.no');
  const names = ({ ja, en }: Labels) => (en ? `${ja} / ${en}` : ja);
  return [
    { key: 'labels', label: t('forms.label'), words: (value: unknown) => names(value as Labels) },
    { key: 'options', label: t('forms.options'), words: (value: unknown) => (value as { labels: Labels }[]).map((option) => names(option.labels)).join('\n') || '—' },
    { key: 'required', label: t('forms.isRequired'), words: yesNo },
    { key: 'max_length', label: t('forms.maxLength'), words: plain },
    { key: 'minimum', label: t('forms.minimum'), words: plain },
    { key: 'maximum', label: t('forms.maximum'), words: plain },
    { key: 'on_list', label: t('forms.onList'), words: yesNo },
    { key: 'on_csv', label: t('forms.onCsv'), words: yesNo },
  ];
}

function Limits({ draft, set, errors }: { draft: Draft; set: (part: Partial<Draft>) => void; errors: Record<string, string> }) {
  const { t } = useTexts();
  if (isText(draft.type)) {
    return (
      <Field label={t('forms.maxLength')} optional note={t(draft.type === 'text' ? 'forms.usualText' : 'forms.usualLong')} error={errors['max_length']}>
        {(control) => <NumberBox {...control} size="sm" width={160} label={t('forms.maxLength')} value={draft.maxLength} onChange={(maxLength) => set({ maxLength })} />}
      </Field>
    );
  }
  if (draft.type !== 'number') return null;
  return (
    <Group grow align="flex-start">
      <Field label={t('forms.minimum')} optional error={errors['minimum']}>
        {(control) => <NumberBox {...control} size="sm" plain label={t('forms.minimum')} value={draft.minimum} onChange={(minimum) => set({ minimum })} />}
      </Field>
      <Field label={t('forms.maximum')} optional error={errors['maximum']}>
        {(control) => <NumberBox {...control} size="sm" plain label={t('forms.maximum')} value={draft.maximum} onChange={(maximum) => set({ maximum })} />}
      </Field>
    </Group>
  );
}

/** The field itself, to try: what is typed goes nowhere. */
function Preview({ draft }: { draft: Draft }) {
  const { t } = useTexts();
  const [values, setValues] = useState<FormValues>({});
  const field = previewOf(draft, t('forms.unnamed'));
  return (
    <Paper withBorder p="md" component="section" data-not-sent aria-label={t('forms.preview')} style={{ alignSelf: 'start' }}>
      <Title order={3} size="h5" mb="sm">
        {t('forms.preview')}
      </Title>
      {/* Another type is another box: what stood in the old one means nothing there. */}
      <FieldsForm key={draft.type} fields={[field]} values={values} onChange={(part) => setValues((now) => ({ ...now, ...part }))} errors={{}} />
      <Text size="xs" c="dimmed" mt="sm">
        {t('forms.previewNote')}
      </Text>
    </Paper>
  );
}
