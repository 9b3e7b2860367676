import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { Facts, type Fact } from '@/ui/Facts';
import { LinesSkeleton, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useMail, useRetryMail, type MailDetail } from './api';
import classes from './mail.module.css';
import { MailStatusBadge } from './MailStatusBadge';
import { useMailWords } from './words';

/** A mail exactly as it was sent. HTML is shown as its source: nothing of it runs or loads here. */
export function MailDialog({ mail, onClose }: { mail: string; onClose: () => void }) {
  const { t } = useTexts();
  const read = useMail(mail);
  return (
    <Modal opened onClose={onClose} size="xl" title={read.data?.subject ?? t('mail.reader')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {read.error ? <ProblemPanel problem={read.error} onRetry={() => void read.refetch()} /> : read.data ? <Shown mail={read.data} /> : <LinesSkeleton lines={10} />}
    </Modal>
  );
}

function Shown({ mail }: { mail: MailDetail }) {
  const { t } = useTexts();
  const may = useMay();
  const words = useMailWords();
  const retry = useRetryMail();
  const failed = useProblemToast();
  const both = (name: string | null, address: string | null) => (name ? `${name} <${address ?? ''}>` : (address ?? ''));
  const rows: Fact[] = [
    [t('mail.status'), <Group key="status" gap="xs"><MailStatusBadge mail={mail} /><Text size="sm">{words.cause(mail)}</Text></Group>],
    [t('mail.template'), words.kind(mail)],
    [t('mail.from'), both(mail.from_name, mail.from)],
    [t('mail.to'), both(mail.to_name, mail.to)],
    [t('mail.replyTo'), mail.reply_to],
    [t('mail.created'), formatMoment(mail.created_at)],
    [t('mail.sentAt'), formatMoment(mail.sent_at)],
    [t('mail.next'), formatMoment(mail.next_attempt_at)],
    [t('mail.attempts'), mail.attempts || ''],
    [t('mail.answer'), mail.answer],
    [t('mail.by'), mail.actor],
    [t('mail.retriedBy'), mail.retried_by],
  ];
  const open = mail.status === 'failed' || mail.status === 'suppressed' || (mail.status === 'queued' && mail.cause !== null);
  return (
    <Stack gap="sm">
      <Facts facts={rows} width={170} />
      {!may('contact.read') && <Text size="sm" c="dimmed">{t('mail.masked')}</Text>}
      <pre className={classes.body} aria-label={t('mail.body')} tabIndex={0}>{mail.body_text}</pre>
      {mail.body_html && (
        <>
          <Text size="sm" fw={600}>{t('mail.html')}</Text>
          <pre className={classes.body} aria-label={t('mail.html')} tabIndex={0}>{mail.body_html}</pre>
        </>
      )}
      <Group justify="space-between">
        {mail.customer ? <Anchor component={Link} to={`/customers/${mail.customer}/mails`} size="sm">{t('mail.toCustomer')}</Anchor> : <span />}
        {open && may('mail.manage') && (
          <Button
            loading={retry.isPending}
            onClick={() => retry.mutate(mail.id, { onSuccess: () => toast(t('mail.retried')), onError: failed })}
          >
            {mail.status === 'queued' ? t('mail.sendNow') : t('mail.retry')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
