import { Button, Checkbox, Group, Paper, PasswordInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { StaleNote } from '@/features/settings/StaleNote';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { RequiredNumberBox } from '@/ui/NumberBox';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useMailSettings, useSaveMailSettings, type MailSettings as Values } from './api';
import { MailTrouble } from './MailTrouble';
import { TestMail } from './TestMail';

export function MailSettings() {
  const settings = useMailSettings();
  if (settings.error) return <ProblemPanel problem={settings.error} onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <LinesSkeleton lines={10} />;
  return <MailForm key={settings.data.version} saved={settings.data} onStale={() => void settings.refetch()} />;
}

const began = (saved: Values) => ({
  host: saved.host ?? '', port: saved.port, tls: saved.tls, allow_plain: saved.allow_plain, user: saved.user ?? '', password: '', remove_password: false, sender_name: saved.sender?.name ?? '', sender_email: saved.sender?.email ?? '',
  reply_to: saved.reply_to ?? '', admin_email: saved.admin_email ?? '', timeout_seconds: saved.timeout_seconds, ca_certificate: saved.ca_certificate ?? '',
});

const bodyOf = (values: ReturnType<typeof began>) => ({
  host: values.host.trim() || null,
  port: values.port,
  tls: values.tls,
  allow_plain: values.allow_plain,
  user: values.user.trim() || null,
  ...(values.remove_password ? { password: null } : values.password ? { password: values.password } : {}),
  sender: values.sender_email.trim() || values.sender_name.trim() ? { name: values.sender_name.trim(), email: values.sender_email.trim() } : null,
  reply_to: values.reply_to.trim() || null,
  admin_email: values.admin_email.trim() || null,
  timeout_seconds: values.timeout_seconds,
  ca_certificate: values.ca_certificate.trim() || null,
});

function MailForm({ saved, onStale }: { saved: Values; onStale: () => void }) {
  const { t } = useTexts();
  const readOnly = !useMay()('settings.edit');
  const save = useSaveMailSettings();
  const { undoOf } = useUndoAct();
  const [values, setValues] = useState(() => began(saved));
  const set = (part: Partial<typeof values>) => setValues((now) => ({ ...now, ...part }));
  const dirty = JSON.stringify(values) !== JSON.stringify(began(saved));
  const errors = save.error?.fieldErrors() ?? {};
  const submit = () => {
    const body = bodyOf(values);
    // The promise, not the callbacks of the mutation: the form begins anew with what was saved. A password from before is kept nowhere.
    void save.mutateAsync({ body, version: saved.version }).then(({ operation }) => toast(t('mail.saved'), 'password' in body ? undefined : undoOf(operation)), () => undefined);
  };
  const line = (key: 'host' | 'user' | 'sender_name' | 'sender_email' | 'reply_to' | 'admin_email', more: { label: string; help?: string; error?: string | undefined; mode?: 'email' | 'url' }) => (
    <Field label={more.label} optional help={more.help} error={more.error}>
      {(control) => <TextInput {...control} readOnly={readOnly} inputMode={more.mode} autoComplete="off" maxLength={254} value={values[key]} onChange={(event) => set({ [key]: event.currentTarget.value })} />}
    </Field>
  );
  return (
    <Stack gap="md" maw={760}>
      <MailTrouble />
      <Paper withBorder p="md">
        <Form onSubmit={submit}>
          <Stack gap="md">
            {save.error?.status === 412 ? <StaleNote onTake={onStale} /> : save.error && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
            {line('host', { label: t('mail.host'), help: t('mail.hostHelp'), error: errors['host'], mode: 'url' })}
            <SimpleGrid cols={2}>
              <Field label={t('mail.tls')} error={errors['tls']}>
                {(control) => (
                  <Select {...control} readOnly={readOnly} allowDeselect={false} value={values.tls} onChange={(tls) => tls && set({ tls: tls as Values['tls'] })} data={(['starttls', 'implicit', 'none'] as const).map((value) => ({ value, label: t(`mail.tlsModes.${value}`) }))} />
                )}
              </Field>
              <Field label={t('mail.port')} error={errors['port']}>
                {(control) => <RequiredNumberBox {...control} size="sm" plain label={t('mail.port')} readOnly={readOnly} value={values.port} onChange={(port) => set({ port })} />}
              </Field>
            </SimpleGrid>
            {values.tls === 'none' && <Checkbox label={t('mail.allowPlain')} disabled={readOnly} checked={values.allow_plain} onChange={(event) => set({ allow_plain: event.currentTarget.checked })} />}
            <SimpleGrid cols={2}>
              {line('user', { label: t('mail.user'), error: errors['user'] })}
              <Field label={t('mail.password')} optional help={saved.password_set ? t('mail.passwordKept') : undefined} error={errors['password']}>
                {(control) => <PasswordInput {...control} readOnly={readOnly} disabled={values.remove_password} autoComplete="new-password" maxLength={1024} value={values.password} onChange={(event) => set({ password: event.currentTarget.value })} />}
              </Field>
            </SimpleGrid>
            {saved.password_set && !readOnly && <Checkbox label={t('mail.removePassword')} checked={values.remove_password} onChange={(event) => set({ remove_password: event.currentTarget.checked, password: '' })} />}
            <SimpleGrid cols={2}>
              {line('sender_name', { label: t('mail.senderName'), help: t('mail.senderHelp') })}
              {line('sender_email', { label: t('mail.senderEmail'), help: t('mail.senderHelp'), error: errors['sender'], mode: 'email' })}
              {line('reply_to', { label: t('mail.replyTo'), error: errors['reply_to'], mode: 'email' })}
              {line('admin_email', { label: t('mail.adminEmail'), error: errors['admin_email'], mode: 'email' })}
              <Field label={t('mail.timeout')} error={errors['timeout_seconds']}>
                {(control) => <RequiredNumberBox {...control} size="sm" label={t('mail.timeout')} readOnly={readOnly} value={values.timeout_seconds} onChange={(timeout_seconds) => set({ timeout_seconds })} />}
              </Field>
            </SimpleGrid>
            <Field label={t('mail.certificate')} optional help={t('mail.certificateHelp')} error={errors['ca_certificate']}>
              {(control) => <Textarea {...control} readOnly={readOnly} autosize minRows={2} maxRows={6} value={values.ca_certificate} onChange={(event) => set({ ca_certificate: event.currentTarget.value })} />}
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
      {!readOnly && <TestMail dirty={dirty} />}
    </Stack>
  );
}
