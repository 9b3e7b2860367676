import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { ProblemPanel } from '@/ui/states';
import { useSeeAlert, useUnseenAlerts, type AccessAlert } from './alertApi';

/** Above the log: whom to look at. */
export function UnusualExports() {
  const { t } = useTexts();
  const alerts = useUnseenAlerts().data?.items ?? [];
  const see = useSeeAlert();
  if (alerts.length === 0) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={t('access.unusual')}>
      <Stack gap="xs">
        {see.error && <ProblemPanel problem={see.error} />}
        {alerts.map((alert) => (
          <Group key={alert.id} gap="sm" justify="space-between">
            <Text size="sm">
              {formatMoment(alert.at)} <UnusualWords alert={alert} />{' '}
              <Anchor component={Link} size="sm" to={`/access-log?staff=${alert.staff}&from=${alert.day}&to=${alert.day}`}>
                {t('access.unusualOpen')}
              </Anchor>
            </Text>
            <Button size="compact-sm" variant="default" loading={see.isPending && see.variables.id === alert.id} onClick={() => see.mutate(alert)} aria-label={t('access.unusualSeeOf', { name: alert.name })}>
              {t('access.unusualSee')}
            </Button>
          </Group>
        ))}
        <Text size="xs" c="dimmed">
          {t('access.unusualRule')}
        </Text>
      </Stack>
    </Alert>
  );
}

export function UnusualWords({ alert }: { alert: AccessAlert }) {
  const { t } = useTexts();
  const { name, taken, usual, earlier_days: days } = alert;
  return <>{t(days === 0 ? 'access.unusualFirst' : 'access.unusualText', { name, taken, usual })}</>;
}
