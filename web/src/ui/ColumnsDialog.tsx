import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { ColumnsEditor, type ColumnChoice } from './ColumnsEditor';

type Props = { title: string; lead: string; all: ColumnChoice[]; chosen: string[]; standard: string[]; onApply: (keys: string[]) => void; onClose: () => void };

export function ColumnsDialog({ title, lead, all, chosen, standard, onApply, onClose }: Props) {
  const { t } = useTexts();
  const [keys, setKeys] = useState(chosen);
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
        <ColumnsEditor all={all} chosen={keys} onChange={setKeys} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => setKeys(standard)}>
            {t('search.reset')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button disabled={keys.length === 0} onClick={() => onApply(keys)}>
              {t('search.apply')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
