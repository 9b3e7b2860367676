import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUnseenAlerts } from './alertApi';

/** In the header of every page, for who may look into it: somebody took out more than usual. */
export function UnusualNotice() {
  return useMay()('access_log.read') ? <Notice /> : null;
}

function Notice() {
  const { t } = useTexts();
  const count = useUnseenAlerts().data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Button component={Link} to="/access-log" size="compact-sm" color="red" variant="light" leftSection={<IconAlertTriangle size={16} aria-hidden />}>
      {t('access.unusualCount', { count })}
    </Button>
  );
}
