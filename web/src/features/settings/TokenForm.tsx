import { Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { confirmSession } from '@/features/session/api';
import { PasswordBox } from '@/features/session/PasswordBox';
import { asProblem, type ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMe, type Right } from '@/lib/session';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { ProblemPanel } from '@/ui/states';
import { useCreateToken } from './api';

/** A token is made only right after a password was shown: the form asks for it when the server does. */
export function TokenForm({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const { t } = useTexts();
  const me = useMe();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Right[]>([]);
  const [expires, setExpires] = useState<string | null>(null);
  const [dayProblem, setDayProblem] = useState<string | null>(null);
  const [asksPassword, setAsksPassword] = useState(false);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const offset = me.session?.created_at.slice(-6) ?? '+09:00';
  const submit = async () => {
    setProblem(null);
    try {
      if (asksPassword) await confirmSession(password);
      const made = await create.mutateAsync({ name: name.trim(), ...(scopes.length > 0 ? { scopes } : {}), ...(expires ? { expires_at: `${expires}T23:59:59${offset}` } : {}) });
      onClose();
      onMade(made.token);
    } catch (thrown) {
      const found = asProblem(thrown);
      setPassword('');
      if (found.code === 'session.not_fresh') setAsksPassword(true);
      else setProblem(found);
    }
  };
  const errors = problem?.fieldErrors() ?? {};
  return (
    <Modal opened onClose={onClose} title={t('settings.addToken')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {problem && problem.fields.length === 0 && <ProblemPanel problem={problem} />}
          <Field label={t('settings.tokenName')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          </Field>
          <Field label={t('settings.scopes')} optional error={errors['scopes']}>
            {(control) => (
              <MultiSelect
                {...control}
                data={me.rights.map((right) => ({ value: right, label: t(`settings.rights.${right}`) }))}
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
          {asksPassword && <PasswordBox label={t('session.password')} help={t('session.confirmLead')} value={password} onChange={setPassword} use="current-password" focus />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || dayProblem !== null || (asksPassword && password === '')}>
              {t('settings.addToken')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
