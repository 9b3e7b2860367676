import { Badge } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import type { Mail, MailStatus } from './api';
import { useMailWords } from './words';

const colors: Record<MailStatus, string> = { queued: 'blue', sent: 'teal', failed: 'red', bounced: 'red', suppressed: 'gray' };

export function MailStatusBadge({ mail }: { mail: Mail }) {
  const { t } = useTexts();
  const { cause } = useMailWords();
  return (
    <Badge size="sm" variant="light" color={colors[mail.status]} title={cause(mail) || undefined}>
      {t(`mail.statuses.${mail.status}`)}
    </Badge>
  );
}
