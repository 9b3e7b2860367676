import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { setPasswordByLink, takeLinkToken } from './api';
import { EntryCard } from './EntryCard';
import { newPasswordErrors, PasswordBox } from './PasswordBox';

export function PasswordPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [token] = useState(takeLinkToken);
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const set = useMutation({
    mutationFn: () => setPasswordByLink(token, password),
    onSuccess: ({ login }) => void navigate('/signin', { replace: true, state: { passwordSet: true, login } }),
  });
  const own = newPasswordErrors(password, repeated);
  const submit = () => {
    setChecked(true);
    if (!own.password && !own.repeated) set.mutate();
  };
  if (!token) return <EntryCard title={t('session.linkMissing')} lead={t('session.linkMissingDetail')} children={null} />;
  return (
    <EntryCard title={t('session.passwordTitle')} lead={t('session.passwordLead')}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          {set.isError && <ProblemPanel problem={set.error} />}
          <PasswordBox
            label={t('session.newPassword')}
            help={t('session.newPasswordHelp')}
            value={password}
            onChange={setPassword}
            use="new-password"
            error={checked && own.password ? t(own.password) : set.error?.fieldErrors()['password']}
          />
          <PasswordBox
            label={t('session.repeatPassword')}
            value={repeated}
            onChange={setRepeated}
            use="new-password"
            error={checked && own.repeated ? t(own.repeated) : undefined}
          />
          <Button type="submit" loading={set.isPending}>
            {t('session.setPassword')}
          </Button>
        </Stack>
      </Form>
    </EntryCard>
  );
}
