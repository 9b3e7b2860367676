import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '@/lib/i18n';

const groups = [
  { title: 'keys.anywhere', keys: [['/', 'keys.search'], ['Ctrl+K', 'keys.palette'], ['?', 'keys.help']] },
  { title: 'keys.list', keys: [['↓', 'keys.toRows'], ['↑ ↓', 'keys.rows'], ['Space', 'keys.tick'], ['Enter', 'keys.open'], ['E', 'keys.edit'], ['→ ←', 'keys.rowActs'], ['→', 'keys.width']] },
  { title: 'keys.record', keys: [['Alt+1 … 9', 'keys.tabs']] },
  { title: 'keys.form', keys: [['Ctrl+S', 'keys.save'], ['Esc', 'keys.cancel']] },
] as const;

export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="sm" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        {groups.map((group) => (
          <Stack key={group.title} gap={6}>
            <Title order={3}>{t(group.title)}</Title>
            {group.keys.map(([key, text]) => (
              <Group key={key} justify="space-between">
                <Text size="sm">{t(text)}</Text>
                <Kbd>{key}</Kbd>
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  );
}
