import { Checkbox, Group, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useRequestKey } from '@/lib/api/requestKey';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { StaleRow, staleOf, useStaleWords } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useEscape } from '@/ui/useEscape';
import { useLeave } from '@/ui/useLeave';
import { useSaveMemo, type Memo, type MemoInput } from './api';

type Props = { customer: string; memo: Memo | null; onDone: () => void };

/** A memo being written, in place. Ctrl+S saves, Esc gives up and asks first when something was typed. */
export function MemoForm({ customer, memo, onDone }: Props) {
  const { t } = useTexts();
  const { undoOf } = useUndoAct();
  const save = useSaveMemo(customer);
  const [began] = useState<MemoInput>(() => ({ title: memo?.title ?? null, body: memo?.body ?? '', pinned: memo?.pinned ?? false, alert: memo?.alert ?? false }));
  const [version] = useState(memo?.version ?? 0); // the memo may be read anew meanwhile
  const [values, setValues] = useState(began);
  const { leave, typing, asking } = useLeave(onDone, values);
  const set = (part: Partial<MemoInput>) => setValues((now) => ({ ...now, ...part }));
  const keyOf = useRequestKey(save);
  const [tried, setTried] = useState(false);
  const free = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const typed: MemoInput = { ...values, title: values.title?.trim() || null };
  const mine = changesIn(began, typed);
  const errors = save.error?.fieldErrors() ?? {};
  const stale = staleOf(save.error);
  const send = (body: Partial<MemoInput>, over = version) =>
    save.mutate(
      { memo: memo && { ...memo, version: over }, body, key: keyOf(body) },
      {
        onSuccess: ({ data, operation }) => {
          free.current = true;
          const masked = data.adjusted.some(({ pointer, before, after }) => (pointer === '/body' || pointer === '/title') && (after ?? '').includes('*') && !(before ?? '').includes('*'));
          toast(t(masked ? 'memo.savedMasked' : 'memo.saved'), undoOf(operation));
          onDone();
        },
      },
    );
  const submit = () => {
    setTried(true);
    if (values.body.trim() === '' || save.isPending) return;
    if (memo && Object.keys(mine).length === 0) onDone();
    else send(memo ? mine : typed);
  };
  useEscape(form, leave);
  const { text, yesNo } = useStaleWords();
  return (
    <Paper withBorder p="md" component={Form} ref={form} {...typing} aria-label={t(memo ? 'memo.edit' : 'memo.add')} onSubmit={submit}>
      <UnsavedGuard dirty={Object.keys(mine).length > 0} free={free} />
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={[
          { key: 'title', label: t('memo.titleLabel'), words: text },
          { key: 'body', label: t('memo.body'), words: text },
          { key: 'pinned', label: t('memo.pinned'), words: yesNo },
          { key: 'alert', label: t('memo.alert'), words: yesNo },
        ]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={() => {
          free.current = true;
          onDone();
        }}
        onSave={send}
      />
      <Stack gap="sm">
        {save.error && !stale && Object.keys(errors).length === 0 && <ProblemPanel problem={save.error} />}
        <Field label={t('memo.titleLabel')} optional error={errors['title']}>
          {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={values.title ?? ''} onChange={(event) => set({ title: event.currentTarget.value || null })} />}
        </Field>
        <Field label={t('memo.body')} required error={errors['body'] ?? (tried && values.body.trim() === '' ? t('memo.bodyMissing') : undefined)}>
          {(control) => <Textarea {...control} autosize minRows={3} maxRows={20} maxLength={10_000} value={values.body} onChange={(event) => set({ body: event.currentTarget.value })} data-autofocus autoFocus />}
        </Field>
        <Group gap="lg">
          <Checkbox label={t('memo.pin')} checked={values.pinned} onChange={(event) => set({ pinned: event.currentTarget.checked })} />
          <Checkbox label={t('memo.alertLabel')} checked={values.alert} onChange={(event) => set({ alert: event.currentTarget.checked })} />
        </Group>
        <Text size="xs" c="dimmed">
          {t('memo.cardNote')}
        </Text>
        <FormFooter onCancel={leave} busy={save.isPending} />
      </Stack>
    </Paper>
  );
}
