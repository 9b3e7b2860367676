import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { onNotFresh } from '@/lib/api/fresh';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { confirmSession } from './api';
import { OtpBox } from './OtpBox';
import { PasswordBox } from './PasswordBox';

/** Asks for password or code whenever the server wants to know again who sits there; what was wanted then goes on. */
export function FreshDialog() {
  const [answer, setAnswer] = useState<((shown: boolean) => void) | null>(null);
  useEffect(() => onNotFresh(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  return (
    <Dialog
      onAnswer={(shown) => {
        setAnswer(null);
        answer(shown);
      }}
    />
  );
}

function Dialog({ onAnswer }: { onAnswer: (shown: boolean) => void }) {
  const { t } = useTexts();
  const me = useMe();
  const [byCode, setByCode] = useState(me.totp);
  const [typed, setTyped] = useState('');
  const show = useMutation({
    mutationFn: () => confirmSession(byCode ? { otp: typed.trim() } : { password: typed }),
    onSuccess: () => onAnswer(true),
    onError: () => setTyped(''),
  });
  const submit = () => {
    show.mutate();
  };
  return (
    <Modal opened onClose={() => onAnswer(false)} title={t('security.freshTitle')} zIndex={400} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('security.freshLead')}</Text>
          {show.error && <ProblemPanel problem={show.error} />}
          {byCode ? (
            <OtpBox label={t('security.otp')} help={t('security.otpHelp')} value={typed} onChange={setTyped} focus />
          ) : (
            <PasswordBox label={t('session.password')} value={typed} onChange={setTyped} use="current-password" focus />
          )}
          <Group justify="space-between" gap="xs">
            {me.totp ? (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  setByCode(!byCode);
                  setTyped('');
                }}
              >
                {t(byCode ? 'security.byPassword' : 'security.byCode')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={() => onAnswer(false)}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={show.isPending} disabled={typed.trim() === ''}>
                {t('session.confirm')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
