import { Checkbox, Group, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { isComposing } from '@/lib/text/ime';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useLeave } from '@/ui/useLeave';
import { useSaveMemo, type Memo } from './api';

type Props = { customer: string; memo: Memo | null; onDone: () => void };

/** A memo being written, in place. Ctrl+S saves, Esc gives up and asks first when something was typed. */
export function MemoForm({ customer, memo, onDone }: Props) {
  const { t } = useTexts();
  const { leave, typing, asking } = useLeave(onDone);
  const { undoOf } = useUndoAct();
  const save = useSaveMemo(customer);
  const [title, setTitle] = useState(memo?.title ?? '');
  const [body, setBody] = useState(memo?.body ?? '');
  const [pinned, setPinned] = useState(memo?.pinned ?? false);
  const [alert, setAlert] = useState(memo?.alert ?? false);
  const [key] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const free = useRef(false);
  const dirty = title !== (memo?.title ?? '') || body !== (memo?.body ?? '') || pinned !== (memo?.pinned ?? false) || alert !== (memo?.alert ?? false);
  const errors = save.error?.fieldErrors() ?? {};
  const submit = () => {
    setTried(true);
    if (body.trim() === '' || save.isPending) return;
    save.mutate(
      { memo, body: { title: title.trim() || null, body, pinned, alert }, key },
      {
        onSuccess: ({ data, operation }) => {
          free.current = true;
          const masked = data.adjusted.some(({ pointer, before, after }) => (pointer === '/body' || pointer === '/title') && (after ?? '').includes('*') && !(before ?? '').includes('*'));
          toast(t(masked ? 'memo.savedMasked' : 'memo.saved'), undoOf(operation));
          onDone();
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') leave();
  };
  return (
    <Paper
      withBorder
      p="md"
      component={Form}
      {...typing}
      aria-label={t(memo ? 'memo.edit' : 'memo.add')}
      onKeyDown={onKeyDown}
      onSubmit={submit}
    >
      <UnsavedGuard dirty={dirty} free={free} />
      {asking}
      <Stack gap="sm">
        {save.error && Object.keys(errors).length === 0 && <ProblemPanel problem={save.error} />}
        <Field label={t('memo.titleLabel')} optional error={errors['title']}>
          {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />}
        </Field>
        <Field label={t('memo.body')} required error={errors['body'] ?? (tried && body.trim() === '' ? t('memo.bodyMissing') : undefined)}>
          {(control) => <Textarea {...control} autosize minRows={3} maxRows={20} maxLength={10_000} value={body} onChange={(event) => setBody(event.currentTarget.value)} data-autofocus autoFocus />}
        </Field>
        <Group gap="lg">
          <Checkbox label={t('memo.pin')} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
          <Checkbox label={t('memo.alertLabel')} checked={alert} onChange={(event) => setAlert(event.currentTarget.checked)} />
        </Group>
        <Text size="xs" c="dimmed">
          {t('memo.cardNote')}
        </Text>
        <FormFooter onCancel={leave} busy={save.isPending} />
      </Stack>
    </Paper>
  );
}
