import { Alert, Button, Divider, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { sessionKeys } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { setUp, setupState, takeLinkToken } from './api';
import { EntryCard } from './EntryCard';
import { newPasswordErrors, PasswordBox } from './PasswordBox';

export function SetupPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [token] = useState(takeLinkToken);
  const [input, setInput] = useState({ shop_name: '', name: '', login: '', password: '', repeated: '', senderName: '', senderEmail: '' });
  const [checked, setChecked] = useState(false);
  const setup = useQuery({ queryKey: ['setup'], queryFn: setupState });
  const register = useMutation({
    mutationFn: setUp,
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(sessionKeys.me, me);
      void navigate('/customers', { replace: true });
    },
  });

  const own = newPasswordErrors(input.password, input.repeated);
  const errors = register.error?.fieldErrors() ?? {};
  const set = (part: Partial<typeof input>) => setInput((now) => ({ ...now, ...part }));
  const submit = () => {
    setChecked(true);
    if (own.password || own.repeated) return;
    register.mutate({
      token,
      shop_name: input.shop_name.trim(),
      name: input.name.trim(),
      login: input.login.trim(),
      password: input.password,
      ...(input.senderEmail.trim() ? { sender: { name: input.senderName.trim() || input.shop_name.trim(), email: input.senderEmail.trim() } } : {}),
    });
  };
  const text = (label: string, key: 'shop_name' | 'name' | 'login' | 'senderName' | 'senderEmail', pointer: string, more: { help?: string; required?: boolean; inputMode?: 'email'; autoComplete?: string }) => (
    <Field label={label} help={more.help} required={more.required ?? false} error={errors[pointer]}>
      {(control) => (
        <TextInput {...control} inputMode={more.inputMode} autoComplete={more.autoComplete ?? 'off'} value={input[key]} onChange={(event) => set({ [key]: event.currentTarget.value })} />
      )}
    </Field>
  );

  if (setup.isPending) return <EntryCard title={t('session.setupTitle')} children={<LinesSkeleton />} />;
  if (setup.isError) return <EntryCard title={t('session.setupTitle')} children={<ProblemPanel problem={setup.error} onRetry={() => void setup.refetch()} />} />;
  if (!setup.data.needed) {
    return (
      <EntryCard title={t('session.setupTitle')} lead={t('session.setupDone')}>
        <Button component={Link} to="/signin">
          {t('session.toSignIn')}
        </Button>
      </EntryCard>
    );
  }
  if (!token) return <EntryCard title={t('session.linkMissing')} lead={t('session.linkMissingDetail')} children={null} />;
  return (
    <EntryCard title={t('session.setupTitle')} lead={t('session.setupLead')}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          {register.isError && <ProblemPanel problem={register.error} />}
          {text(t('session.shopName'), 'shop_name', 'shop_name', { required: true })}
          {text(t('session.yourName'), 'name', 'name', { required: true, help: t('session.yourNameHelp'), autoComplete: 'name' })}
          {text(t('session.login'), 'login', 'login', { required: true, help: t('session.loginHelp'), inputMode: 'email', autoComplete: 'username' })}
          <PasswordBox label={t('session.newPassword')} help={t('session.newPasswordHelp')} value={input.password} onChange={(password) => set({ password })} use="new-password" error={checked && own.password ? t(own.password) : errors['password']} />
          <PasswordBox label={t('session.repeatPassword')} value={input.repeated} onChange={(repeated) => set({ repeated })} use="new-password" error={checked && own.repeated ? t(own.repeated) : undefined} />
          <Divider />
          <Alert variant="transparent" p={0} c="dimmed">
            {t('session.senderHelp')}
          </Alert>
          <SimpleGrid cols={2}>
            {text(t('session.senderName'), 'senderName', 'sender', {})}
            {text(t('session.senderEmail'), 'senderEmail', 'sender', { inputMode: 'email' })}
          </SimpleGrid>
          <Button type="submit" loading={register.isPending}>
            {t('session.start')}
          </Button>
        </Stack>
      </Form>
    </EntryCard>
  );
}
