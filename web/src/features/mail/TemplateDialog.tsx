import { Badge, Button, Code, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { useMay } from '@/lib/session';
import type { FieldProblem } from '@/lib/api/problem';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { StaleRow, staleOf, useStaleWords } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { usePreview, useSaveTemplate, type MailTemplate, type MailTemplateEdit } from './api';
import classes from './mail.module.css';

type Props = { template: MailTemplate; onClose: () => void };

/** Every error of a text, each with its place. */
const errorsOf = (fields: FieldProblem[], key: string) => fields.filter((field) => field.pointer === `/${key}`).map((field) => field.detail).join(' ') || undefined;

export function TemplateDialog({ template, onClose }: Props) {
  const { t, language } = useTexts();
  const readOnly = !useMay()('settings.edit');
  const save = useSaveTemplate();
  const preview = usePreview();
  const { undoOf } = useUndoAct();
  const [began] = useState(() => ({ version: template.version, subject: template.subject, body_text: template.body_text, body_html: template.body_html ?? null }));
  const [values, setValues] = useState({ subject: began.subject, body_text: began.body_text, body_html: began.body_html ?? '' });
  const { leave, typing, asking } = useLeave(onClose, values);
  const set = (part: Partial<typeof values>) => setValues((now) => ({ ...now, ...part }));
  const body = { ...values, body_html: values.body_html.trim() === '' ? null : values.body_html };
  const mine = changesIn(began, body);
  const stale = staleOf(save.error);
  const problem = save.error ?? preview.error;
  const fields = problem?.fields ?? [];
  const isShipped = values.subject === template.shipped.subject && values.body_text === template.shipped.body_text && values.body_html === (template.shipped.body_html ?? '');
  const send = (edit: MailTemplateEdit, version?: number) =>
    save.mutate(
      { template: { ...template, version: version ?? began.version }, body: edit },
      {
        onSuccess: ({ operation }) => {
          toast(t('mail.templateSaved'), undoOf(operation));
          onClose();
        },
      },
    );
  const { text } = useStaleWords();
  const title = t('mail.editTitle', { name: template.label[language], language: t(`mail.languages.${template.language}`) });
  return (
    <Modal opened onClose={leave} size="xl" title={title} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form
        {...typing}
        onSubmit={() => {
          preview.reset();
          if (Object.keys(mine).length === 0) onClose();
          else send(mine);
        }}
      >
        <Stack gap="sm">
          {problem && !stale && fields.length === 0 && <ProblemPanel problem={problem} />}
          <Field label={t('mail.subject')} required error={errorsOf(fields, 'subject')}>
            {(control) => <TextInput {...control} readOnly={readOnly} maxLength={200} value={values.subject} onChange={(event) => set({ subject: event.currentTarget.value })} />}
          </Field>
          <Field label={t('mail.body')} required error={errorsOf(fields, 'body_text')}>
            {(control) => <Textarea {...control} className={classes.source ?? ''} readOnly={readOnly} autosize minRows={10} maxRows={18} value={values.body_text} onChange={(event) => set({ body_text: event.currentTarget.value })} />}
          </Field>
          <Field label={t('mail.htmlOptional')} optional error={errorsOf(fields, 'body_html')}>
            {(control) => <Textarea {...control} className={classes.source ?? ''} readOnly={readOnly} autosize minRows={2} maxRows={12} value={values.body_html} onChange={(event) => set({ body_html: event.currentTarget.value })} />}
          </Field>
          <Variables template={template} />
          {preview.data && (
            <section aria-label={t('mail.preview')}>
              <Text size="sm" fw={600}>{preview.data.subject}</Text>
              <pre className={classes.body}>{preview.data.body_text}</pre>
              {preview.data.body_html && <pre className={classes.body}>{preview.data.body_html}</pre>}
            </section>
          )}
          <Group justify="space-between">
            <Button variant="subtle" disabled={readOnly || isShipped} onClick={() => setValues({ ...template.shipped, body_html: template.shipped.body_html ?? '' })}>
              {t('mail.toShipped')}
            </Button>
            <Group gap="xs">
              <Button variant="default" loading={preview.isPending} onClick={() => { save.reset(); preview.mutate({ template: template.id, body }); }}>
                {t('mail.preview')}
              </Button>
              {!readOnly && <Button type="submit" loading={save.isPending}>{t('common.save')}</Button>}
            </Group>
          </Group>
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={[
          { key: 'subject', label: t('mail.subject'), words: text },
          { key: 'body_text', label: t('mail.body'), words: text },
          { key: 'body_html', label: t('mail.htmlOptional'), words: text },
        ]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={send}
      />
    </Modal>
  );
}

function Variables({ template }: { template: MailTemplate }) {
  const { t, language } = useTexts();
  const note = (kind: MailTemplate['variables'][number]['kind']) => (kind === 'list' ? t('mail.list') : kind === 'text' ? null : t('mail.onlyBody'));
  return (
    <section aria-label={t('mail.variables')}>
      <Text size="xs" c="dimmed">{t('mail.variablesHelp', { open: '{{', close: '}}' })}</Text>
      <Group gap="sm" mt={4}>
        {template.variables.flatMap((variable) => [variable, ...(variable.columns ?? [])]).map((variable) => (
          <Group key={variable.name} gap={4}>
            <Code>{`{{${variable.kind === 'list' ? '#' : ''}${variable.name}}}`}</Code>
            <Text size="xs">{variable.label[language]}</Text>
            {note(variable.kind) && <Badge size="xs" variant="light" color="gray">{note(variable.kind)}</Badge>}
          </Group>
        ))}
      </Group>
    </section>
  );
}
