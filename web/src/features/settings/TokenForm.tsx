import { Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMe, type Right } from '@/lib/session';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { ProblemPanel } from '@/ui/states';
import { useLeave } from '@/ui/useLeave';
import { useCreateToken } from './api';
import { useRights } from './securityApi';

export function TokenForm({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const { t, language } = useTexts();
  const me = useMe();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Right[]>([]);
  const [expires, setExpires] = useState<string | null>(null);
  const [dayProblem, setDayProblem] = useState<string | null>(null);
  const { leave, typing, asking } = useLeave(onClose, { name, scopes, expires, dayProblem });
  const rights = useRights();
  const offset = me.session?.created_at.slice(-6) ?? '+09:00';
  const submit = () =>
    create.mutate(
      { name: name.trim(), ...(scopes.length > 0 ? { scopes } : {}), ...(expires ? { expires_at: `${expires}T23:59:59${offset}` } : {}) },
      {
        onSuccess: (made) => {
          onClose();
          onMade(made.token);
        },
      },
    );
  const problem = create.error;
  const errors = problem?.fieldErrors() ?? {};
  return (
    <Modal opened onClose={leave} title={t('settings.addToken')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="md">
          {problem && problem.fields.length === 0 && <ProblemPanel problem={problem} />}
          <Field label={t('settings.tokenName')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          </Field>
          <Field label={t('settings.scopes')} optional error={errors['scopes']}>
            {(control) => (
              <MultiSelect
                {...control}
                data={(rights.data?.items ?? []).filter((right) => me.rights.includes(right.name)).map((right) => ({ value: right.name, label: right.label[language] }))}
                value={scopes}
                onChange={(next) => setScopes(next as Right[])}
                placeholder={scopes.length === 0 ? t('settings.allScopes') : ''}
                searchable
                clearable
                hidePickedOptions
              />
            )}
          </Field>
          <Field label={t('settings.expiresAt')} optional error={dayProblem ?? errors['expires_at']}>
            {(control) => (
              <DateBox
                {...control}
                value={expires}
                onChange={(day) => {
                  setExpires(day.iso);
                  setDayProblem(day.problem);
                }}
              />
            )}
          </Field>
          <FormFooter onCancel={leave} busy={create.isPending} disabled={name.trim() === '' || dayProblem !== null} act={t('settings.addToken')} />
        </Stack>
      </Form>
      {asking}
    </Modal>
  );
}
