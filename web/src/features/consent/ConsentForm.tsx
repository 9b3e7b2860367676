import { Button, Group, Paper, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useRecordConsent, type ConsentKind } from './api';
import { useConsentWords } from './words';

const kinds = ['newsletter', 'direct_mail', 'outbound_call', 'cleaned'] as const satisfies readonly ConsentKind[];

/** One of the four set with what the person said. */
export function ConsentForm({ customer }: { customer: string }) {
  const { t } = useTexts();
  const words = useConsentWords();
  const { undoOf } = useUndoAct();
  const record = useRecordConsent(customer);
  const [what, setWhat] = useState<ConsentKind>('newsletter');
  const [value, setValue] = useState(true);
  const [ground, setGround] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const errors = record.error?.fieldErrors() ?? {};
  const submit = () =>
    record.mutate(
      { body: { what, value, ground: ground.trim() || null }, key },
      {
        onSuccess: ({ operation }) => {
          toast(t('consent.saved'), undoOf(operation));
          setGround('');
          setKey(crypto.randomUUID());
        },
      },
    );
  return (
    <Paper
      withBorder
      p="sm"
      component={Form}
      aria-label={t('consent.add')}
      onSubmit={submit}
    >
      {record.error && Object.keys(errors).length === 0 && <ProblemPanel problem={record.error} />}
      <Group gap="md" align="flex-start">
        <Field label={t('consent.what')}>
          {(control) => (
            <Select {...control} w={190} allowDeselect={false} data={kinds.map((one) => ({ value: one, label: words.what(one) }))} value={what} onChange={(next) => setWhat((next as ConsentKind | null) ?? what)} />
          )}
        </Field>
        <Field label={t('consent.value')}>
          {() => (
            <SegmentedControl
              aria-label={t('consent.value')}
              value={value ? '1' : '0'}
              onChange={(next) => setValue(next === '1')}
              data={[
                { value: '1', label: words.value({ what, value: true }) },
                { value: '0', label: words.value({ what, value: false }) },
              ]}
            />
          )}
        </Field>
        <div style={{ flex: 1, minWidth: 220 }}>
          <Field label={t('consent.ground')} optional error={errors['ground']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={200} placeholder={t('consent.groundExample')} value={ground} onChange={(event) => setGround(event.currentTarget.value)} />}
          </Field>
        </div>
        <Button type="submit" mt={23} loading={record.isPending}>
          {t('consent.record')}
        </Button>
      </Group>
    </Paper>
  );
}
