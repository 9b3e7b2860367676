import { Alert, Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useMailSettings } from './api';

/** What keeps mails from leaving; nothing while they leave. */
export function MailTrouble() {
  return useMay()('settings.read') ? <Trouble /> : null;
}

function Trouble() {
  const { t } = useTexts();
  const settings = useMailSettings().data;
  const isSettings = useLocation().pathname === '/settings/mail';
  if (!settings) return null;
  const { down_since: since, retry_at: next, answer, waiting } = settings.state;
  if (!settings.host) {
    return (
      <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} />} title={t('mail.notSetUp')}>
        <Text size="sm">
          {t('mail.notSetUpText')}{' '}
          {!isSettings && (
            <Anchor component={Link} to="/settings/mail" size="sm">
              {t('mail.toSettings')}
            </Anchor>
          )}
        </Text>
      </Alert>
    );
  }
  if (!since) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={t('mail.down')} role="alert">
      <Text size="sm">{t('mail.downText', { since: formatMoment(since), next: formatMoment(next) })} {t('mail.waiting', { count: waiting })}</Text>
      {answer && <Text size="sm" ff="monospace">{answer}</Text>}
    </Alert>
  );
}
