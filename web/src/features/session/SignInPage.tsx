import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { sessionKeys } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { setupState, signIn } from './api';
import { EntryCard } from './EntryCard';
import { OtpBox } from './OtpBox';
import { PasswordBox } from './PasswordBox';

/** Only a path of our own may be gone back to. */
export function safeBack(back: string | null): string {
  return back && /^\/(?![/\\])/.test(back) && !back.startsWith('/signin') ? back : '/customers';
}

export function SignInPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const state = useLocation().state as { expired?: boolean; passwordSet?: boolean; login?: string } | null;
  const [params] = useSearchParams();
  const cache = useQueryClient();
  const [login, setLogin] = useState(state?.login ?? '');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null); // null until the server asks for it
  const setup = useQuery({ queryKey: ['setup'], queryFn: setupState, retry: false });
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(sessionKeys.me, me);
      void navigate(safeBack(params.get('back')), { replace: true });
    },
    onError: (problem) => {
      if (problem.code === 'session.otp_required' || problem.code === 'session.otp_refused') setOtp('');
      else {
        setPassword('');
        setOtp(null);
      }
    },
  });
  const submit = () => {
    enter.mutate({ login: login.trim(), password, ...(otp === null ? {} : { otp: otp.trim() }) });
  };
  if (setup.data?.needed) {
    return <EntryCard title={t('session.setupNeeded')} lead={t('session.setupNeededDetail')} children={null} />;
  }
  return (
    <EntryCard title={t('session.signIn')}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          {state?.expired && !enter.isError && <Alert color="yellow">{t('session.expired')}</Alert>}
          {state?.passwordSet && !enter.isError && <Alert color="teal">{t('session.passwordSet')}</Alert>}
          {enter.isError && enter.error.code !== 'session.otp_required' && <ProblemPanel problem={enter.error} />}
          <Field label={t('session.login')}>
            {(control) => (
              <TextInput
                {...control}
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                inputMode="email"
                required
                autoFocus
              />
            )}
          </Field>
          <PasswordBox label={t('session.password')} value={password} onChange={setPassword} use="current-password" />
          {otp !== null && <OtpBox label={t('security.otp')} help={t('security.otpHelp')} value={otp} onChange={setOtp} focus />}
          <Button type="submit" loading={enter.isPending} disabled={otp?.trim() === ''}>
            {t('session.signIn')}
          </Button>
        </Stack>
      </Form>
    </EntryCard>
  );
}
