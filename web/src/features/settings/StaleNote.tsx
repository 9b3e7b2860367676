import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';

/** Somebody else saved these settings meanwhile: what was typed still stands there, and is given up on purpose only. */
export function StaleNote({ onTake }: { onTake: () => void }) {
  const { t } = useTexts();
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title={t('customer.staleTitle')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('settings.stale')}</Text>
        <Button size="xs" variant="default" onClick={onTake}>
          {t('customer.staleTake')}
        </Button>
      </Stack>
    </Alert>
  );
}
