import { Alert, Badge, Button, Code, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { OtpBox } from '@/features/session/OtpBox';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { QrCode } from './QrCode';
import { SecretShown } from './SecretShown';
import { useBeginTotp, useConfirmTotp, useRenewCodes, useTotp, useTotpOff } from './securityApi';

/** The second factor of whoever is signed in. */
export function TotpCard() {
  const { t } = useTexts();
  const words = useProblemWords();
  const totp = useTotp();
  const begin = useBeginTotp();
  const off = useTotpOff();
  const renew = useRenewCodes();
  const [codes, setCodes] = useState<string[] | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const failed = (problem: Parameters<typeof words>[0]) => {
    const { title, detail } = words(problem);
    toastProblem(title, detail);
  };
  if (totp.error) return <ProblemPanel problem={totp.error} onRetry={() => void totp.refetch()} />;
  if (!totp.data) return <LinesSkeleton lines={3} />;
  const { enabled, required, recovery_codes_left: left } = totp.data;
  return (
    <Paper withBorder p="md" maw={720}>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t('security.totp')}
          </Title>
          <Badge size="sm" variant="light" color={enabled ? 'teal' : required ? 'red' : 'gray'}>
            {t(enabled ? 'security.on' : 'security.off')}
          </Badge>
        </Group>
        {required && !enabled && <Alert color="red">{t('security.mustSetUp')}</Alert>}
        <Text size="sm">{t('security.totpLead')}</Text>
        {enabled && (
          <Text size="sm" {...(left < 3 ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}>
            {t('security.codesLeft', { count: left })}
          </Text>
        )}
        <Group gap="xs">
          <Button variant={enabled ? 'default' : 'filled'} loading={begin.isPending} onClick={() => begin.mutate(undefined, { onError: failed })}>
            {t(enabled ? 'security.renew' : 'security.setUp')}
          </Button>
          {enabled && (
            <Button variant="default" loading={renew.isPending} onClick={() => setRenewing(true)}>
              {t('security.renewCodes')}
            </Button>
          )}
          {enabled && !required && (
            <Button variant="default" c="var(--mantine-color-error)" onClick={() => setLeaving(true)}>
              {t('security.turnOff')}
            </Button>
          )}
        </Group>
      </Stack>
      {begin.data && (
        <Enrol
          seed={begin.data}
          onClose={() => begin.reset()}
          onDone={(made) => {
            begin.reset();
            setCodes(made);
          }}
        />
      )}
      {codes && <SecretShown title={t('security.codesTitle')} text={t('security.codesText')} secret={codes.join('\n')} onClose={() => setCodes(null)} />}
      <ConfirmDialog
        opened={renewing}
        title={t('security.renewCodes')}
        act={t('security.renewCodesAct')}
        danger
        busy={renew.isPending}
        onClose={() => setRenewing(false)}
        onConfirm={() => renew.mutate(undefined, { onSuccess: (made) => setCodes(made.recovery_codes), onError: failed, onSettled: () => setRenewing(false) })}
      >
        {t('security.renewCodesText', { count: left })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={leaving}
        title={t('security.turnOff')}
        act={t('security.turnOff')}
        danger
        busy={off.isPending}
        onClose={() => setLeaving(false)}
        onConfirm={() => off.mutate(undefined, { onSuccess: () => toast(t('security.turnedOff')), onError: failed, onSettled: () => setLeaving(false) })}
      >
        {t('security.turnOffText')}
      </ConfirmDialog>
    </Paper>
  );
}

function Enrol({ seed, onClose, onDone }: { seed: { secret: string; uri: string }; onClose: () => void; onDone: (codes: string[]) => void }) {
  const { t } = useTexts();
  const confirm = useConfirmTotp();
  const [otp, setOtp] = useState('');
  const errors = confirm.error?.fieldErrors() ?? {};
  return (
    <Modal opened onClose={onClose} title={t('security.setUp')} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form
        onSubmit={() => confirm.mutate(otp.trim(), { onSuccess: (on) => onDone(on.recovery_codes), onError: () => setOtp('') })}
      >
        <Stack gap="md">
          <Text size="sm">{t('security.scan')}</Text>
          <Group align="flex-start" wrap="nowrap">
            <QrCode text={seed.uri} label={t('security.qr')} />
            <Stack gap={4} flex={1}>
              <Text size="sm">{t('security.byHand')}</Text>
              <Code block style={{ whiteSpace: 'pre-wrap' }} data-testid="totp-secret">
                {seed.secret}
              </Code>
            </Stack>
          </Group>
          {confirm.error && !errors['otp'] && <ProblemPanel problem={confirm.error} />}
          <OtpBox label={t('security.firstCode')} value={otp} onChange={setOtp} error={errors['otp'] && (confirm.error?.detail ?? errors['otp'])} focus />
          <FormFooter onCancel={onClose} busy={confirm.isPending} disabled={otp.trim() === ''} act={t('security.turnOn')} />
        </Stack>
      </Form>
    </Modal>
  );
}
