import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { onSessionOver } from '@/lib/api/over';
import { useTexts } from '@/lib/i18n';
import { sessionKeys, useMe } from '@/lib/session';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { signIn, signOut } from './api';
import { OtpBox } from './OtpBox';
import { PasswordBox } from './PasswordBox';

/**
 * Over a form that nobody has saved: the same person signs in again where he is. Nobody reads meanwhile what lies behind.
 * `onLeave`: he would rather lose the text.
 */
export function SignInAgain({ onLeave }: { onLeave: () => void }) {
  const [answer, setAnswer] = useState<((signedIn: boolean) => void) | null>(null);
  useEffect(() => onSessionOver(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  return (
    <Dialog
      onAnswer={(signedIn) => {
        if (!signedIn) onLeave();
        setAnswer(null);
        answer(signedIn);
      }}
    />
  );
}

function Dialog({ onAnswer }: { onAnswer: (signedIn: boolean) => void }) {
  const { t } = useTexts();
  const me = useMe();
  const cache = useQueryClient();
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null); // null until the server asks for it
  const enter = useMutation({
    mutationFn: () => signIn({ login: me.login, password, ...(otp === null ? {} : { otp: otp.trim() }) }),
    onSuccess: async (again) => {
      if (again.id === me.id) {
        cache.setQueryData(sessionKeys.me, again);
        onAnswer(true);
      } else {
        await signOut(); // the login belongs to somebody else by now
        onAnswer(false);
      }
    },
    onError: (problem) => {
      if (problem.code === 'session.otp_required' || problem.code === 'session.otp_refused') setOtp('');
      else setPassword('');
    },
  });
  return (
    <Modal opened onClose={() => undefined} title={t('session.againTitle')} zIndex={500} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false} overlayProps={{ color: 'var(--otokui-canvas)', backgroundOpacity: 1 }}>
      <Form onSubmit={() => enter.mutate()}>
        <Stack gap="md">
          <Text size="sm">{t('session.againLead')}</Text>
          <Text size="sm">
            {t('session.againAs')} <strong>{me.name}</strong> ({me.login})
          </Text>
          {enter.error && enter.error.code !== 'session.otp_required' && <ProblemPanel problem={enter.error} />}
          <input type="text" autoComplete="username" value={me.login} readOnly hidden />
          <PasswordBox label={t('session.password')} value={password} onChange={setPassword} use="current-password" focus />
          {otp !== null && <OtpBox label={t('security.otp')} help={t('security.otpHelp')} value={otp} onChange={setOtp} focus />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => onAnswer(false)}>
              {t('session.againLeave')}
            </Button>
            <Button type="submit" loading={enter.isPending} disabled={password === '' || otp?.trim() === ''}>
              {t('session.againAct')}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
