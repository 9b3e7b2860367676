import { Button, Group, Paper, Radio, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { asProblem } from '@/lib/api/problem';
import { useTexts, type Language, type Translate } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { RequiredNumberBox } from '@/ui/NumberBox';
import { StaleRow } from '@/ui/StaleChoice';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useSaveSettings, useSettingDocuments, type SettingDocument, type SettingField, type SettingValue } from './optionsApi';

/** Every document of settings that the features of the product declare: the screen follows from the declaration. */
export function OptionSettings() {
  const documents = useSettingDocuments();
  const { features } = useMe();
  const [dirty, setDirty] = useState<ReadonlySet<string>>(new Set());
  const noteDirty = useCallback(
    (name: string, isDirty: boolean) =>
      setDirty((now) => {
        if (now.has(name) === isDirty) return now;
        const next = new Set(now);
        if (isDirty) next.add(name);
        else next.delete(name);
        return next;
      }),
    [],
  );
  if (documents.error) return <ProblemPanel problem={documents.error} onRetry={() => void documents.refetch()} />;
  if (!documents.data) return <LinesSkeleton />;
  // The rules of a part bear its name; while it is switched off they rule nothing.
  const parts = documents.data.items.find((one) => one.name === 'features')?.fields.map(({ key }) => key) ?? [];
  const isOff = (name: string) => parts.includes(name) && !features.includes(name);
  return (
    <Stack gap="md" maw={760}>
      {documents.data.items.filter((one) => one.fields.length > 0 && !isOff(one.name)).map((one) => (
        <DocumentForm key={`${one.name}-${one.values.version}`} document={one} onDirty={noteDirty} onStale={() => void documents.refetch()} />
      ))}
      <UnsavedGuard dirty={dirty.size > 0} />
    </Stack>
  );
}

type Values = Record<string, SettingValue>;

/** A value as its control shows it. */
function valueWords({ type, choices, unit }: SettingField, value: unknown, language: Language, t: Translate): string {
  if (type === 'boolean') return t(value === true ? 'common.yes' : 'common.no');
  if (type === 'choice') return choices.find(({ code }) => code === value)?.labels[language] ?? String(value);
  return `${String(value)} ${unit[language]}`.trim();
}

/** `onDirty`: the page has one guard for all of its forms, since the router asks the last of several only. */
function DocumentForm({ document, onDirty, onStale }: { document: SettingDocument; onDirty: (name: string, dirty: boolean) => void; onStale: () => void }) {
  const { t, language } = useTexts();
  const readOnly = !useMay()('settings.edit');
  const save = useSaveSettings();
  const { undoOf } = useUndoAct();
  const began = Object.fromEntries(document.fields.map(({ key }) => [key, document.values[key] as SettingValue]));
  const [values, setValues] = useState<Values>(began);
  const dirty = document.fields.some(({ key }) => values[key] !== began[key]);
  const { name } = document;
  useEffect(() => {
    onDirty(name, dirty);
    return () => onDirty(name, false);
  }, [name, dirty, onDirty]);
  const errors = save.error?.fieldErrors() ?? {};
  const mine = Object.fromEntries(document.fields.filter(({ key }) => values[key] !== began[key]).map(({ key }) => [key, values[key] as SettingValue]));
  const [stale, setStale] = useState<Record<string, unknown> | null>(null);
  // The promise, not the callbacks of the mutation: the form begins anew with what was saved. What went wrong stands in it.
  const send = (body: Values, version: number) =>
    void save.mutateAsync({ name: document.name, body, version }).then(
      ({ operation }) => toast(t('settings.saved'), undoOf(operation)),
      (thrown: unknown) => setStale((asProblem(thrown).body?.current as Record<string, unknown> | undefined) ?? null),
    );
  const submit = () => send(mine, Number(document.values.version));
  return (
    <Paper withBorder p="md" component="section" aria-label={document.labels[language]}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Title order={2} size="h5">
            {document.labels[language]}
          </Title>
          {save.error && save.error.status !== 412 && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <SimpleGrid cols={document.fields.every(({ type }) => type === 'choice') ? { base: 1, md: 2 } : 1} spacing="lg" verticalSpacing="md">
            {document.fields.map((field) => (
              <OneField key={field.key} field={field} value={values[field.key] ?? ''} error={errors[field.key]} readOnly={readOnly} onChange={(value) => setValues((now) => ({ ...now, [field.key]: value }))} />
            ))}
          </SimpleGrid>
          {!readOnly && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!dirty}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Form>
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={document.fields.map((field) => ({ key: field.key, label: field.labels[language], words: (value) => valueWords(field, value, language, t) }))}
        busy={save.isPending}
        onClose={() => setStale(null)}
        onTake={onStale}
        onSave={(chosen, version) => {
          setStale(null);
          send(chosen as Values, version);
        }}
      />
    </Paper>
  );
}

type FieldProps = { field: SettingField; value: SettingValue; error: string | undefined; readOnly: boolean; onChange: (value: SettingValue) => void };

function OneField({ field, value, error, readOnly, onChange }: FieldProps) {
  const { language } = useTexts();
  const label = field.labels[language];
  const help = field.help[language];
  if (field.type === 'boolean') return <Switch label={label} description={help || undefined} checked={value === true} disabled={readOnly} error={error} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.type === 'choice') {
    const choices = field.choices.map(({ code, labels }) => <Radio key={code} value={code} label={labels[language]} disabled={readOnly} />);
    const isShort = field.choices.reduce((length, { labels }) => length + labels[language].length, 0) < 30;
    return (
      <Radio.Group label={label} description={help || undefined} value={String(value)} error={error} onChange={(code) => !readOnly && onChange(code)}>
        {isShort ? (
          <Group gap="lg" mt={4}>
            {choices}
          </Group>
        ) : (
          <Stack gap={6} mt={4}>
            {choices}
          </Stack>
        )}
      </Radio.Group>
    );
  }
  return (
    <Field label={label} {...(help ? { help } : {})} error={error}>
      {(control) => (
        <Group gap="xs">
          <RequiredNumberBox {...control} size="sm" width={140} label={label} readOnly={readOnly} value={Number(value)} onChange={onChange} />
          <Text size="sm">{field.unit[language]}</Text>
        </Group>
      )}
    </Field>
  );
}
