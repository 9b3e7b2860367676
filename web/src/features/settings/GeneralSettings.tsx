import { Button, Group, Paper, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { RequiredNumberBox } from '@/ui/NumberBox';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { StaleNote } from './StaleNote';
import { useGeneral, useSaveGeneral, type GeneralSettings as Values } from './api';

export function GeneralSettings() {
  const general = useGeneral();
  if (general.error) return <ProblemPanel problem={general.error} onRetry={() => void general.refetch()} />;
  if (!general.data) return <LinesSkeleton />;
  return <GeneralForm key={general.data.version} saved={general.data} onStale={() => void general.refetch()} />;
}

function GeneralForm({ saved, onStale }: { saved: Values; onStale: () => void }) {
  const { t } = useTexts();
  const may = useMay();
  const save = useSaveGeneral();
  const { undoOf } = useUndoAct();
  const began = { shop_name: saved.shop_name, public_url: saved.public_url ?? '', sender_name: saved.sender?.name ?? '', sender_email: saved.sender?.email ?? '', language: saved.language ?? 'ja', mail_unique: saved.mail_unique, access_log_days: saved.access_log_days ?? 365 };
  const [values, setValues] = useState(began);
  const set = (part: Partial<typeof began>) => setValues((now) => ({ ...now, ...part }));
  const dirty = JSON.stringify(values) !== JSON.stringify(began);
  const errors = save.error?.fieldErrors() ?? {};
  const readOnly = !may('settings.edit');
  const submit = () => {
    const body = {
      shop_name: values.shop_name.trim(),
      public_url: values.public_url.trim() || null,
      sender: values.sender_email.trim() ? { name: values.sender_name.trim(), email: values.sender_email.trim() } : null,
      language: values.language,
      mail_unique: values.mail_unique,
      access_log_days: values.access_log_days,
    };
    // The promise, not the callbacks of the mutation: the form begins anew with what was saved.
    void save.mutateAsync({ body, version: saved.version }).then(({ operation }) => toast(t('settings.saved'), undoOf(operation)), () => undefined);
  };
  return (
    <Paper withBorder p="md" maw={720}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          {save.error?.status === 412 ? <StaleNote onTake={onStale} /> : save.error && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('settings.shopName')} required error={errors['shop_name']}>
            {(control) => <TextInput {...control} readOnly={readOnly} maxLength={100} value={values.shop_name} onChange={(event) => set({ shop_name: event.currentTarget.value })} />}
          </Field>
          <Field label={t('settings.publicUrl')} optional help={t('settings.publicUrlHelp')} error={errors['public_url']}>
            {(control) => <TextInput {...control} readOnly={readOnly} inputMode="url" maxLength={300} value={values.public_url} onChange={(event) => set({ public_url: event.currentTarget.value })} />}
          </Field>
          <SimpleGrid cols={2}>
            <Field label={t('settings.senderName')} optional error={errors['sender']}>
              {(control) => <TextInput {...control} readOnly={readOnly} maxLength={100} value={values.sender_name} onChange={(event) => set({ sender_name: event.currentTarget.value })} />}
            </Field>
            <Field label={t('settings.senderEmail')} optional>
              {(control) => <TextInput {...control} readOnly={readOnly} inputMode="email" maxLength={254} value={values.sender_email} onChange={(event) => set({ sender_email: event.currentTarget.value })} />}
            </Field>
          </SimpleGrid>
          <Radio.Group label={t('mailLanguage.shops')} description={t('mailLanguage.shopsHelp')} value={values.language} onChange={(value) => !readOnly && set({ language: value as 'ja' | 'en' })} error={errors['language']}>
            <Group gap="md" mt={6}>
              <Radio value="ja" label="日本語" disabled={readOnly} />
              <Radio value="en" label="English" disabled={readOnly} />
            </Group>
          </Radio.Group>
          <Radio.Group label={t('settings.mailUnique')} value={values.mail_unique} onChange={(value) => !readOnly && set({ mail_unique: value as Values['mail_unique'] })} error={errors['mail_unique']}>
            <Stack gap={6} mt={4}>
              {(['login', 'status', 'off'] as const).map((value) => (
                <Radio key={value} value={value} label={t(`settings.mailUniques.${value}`)} disabled={readOnly} />
              ))}
            </Stack>
          </Radio.Group>
          <Field label={t('access.days')} help={t('access.daysHelp')} error={errors['access_log_days']}>
            {(control) => <RequiredNumberBox {...control} size="sm" width={140} label={t('access.days')} readOnly={readOnly} value={values.access_log_days} onChange={(access_log_days) => set({ access_log_days })} />}
          </Field>
          {!readOnly && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!dirty}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Form>
      <UnsavedGuard dirty={dirty} />
    </Paper>
  );
}
