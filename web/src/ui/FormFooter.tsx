import { Button, Group } from '@mantine/core';
import { useTexts } from '@/lib/i18n';

type Props = { onCancel: () => void; busy: boolean; disabled?: boolean; act?: string };

/** The last line of a form in a dialog: away without a change, or send. */
export function FormFooter({ onCancel, busy, disabled = false, act }: Props) {
  const { t } = useTexts();
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={busy} disabled={disabled}>
        {act ?? t('common.save')}
      </Button>
    </Group>
  );
}
