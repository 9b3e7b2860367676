import { Button, Modal } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import type { ListLeaf } from './ListInput';

const ListInput = lazy(async () => ({ default: (await import('./ListInput')).ListInput }));

/** Opens the dialog that narrows a search down to a list. */
export function ByListButton({ onLeaf }: { onLeaf: (leaf: ListLeaf) => void }) {
  const { t } = useTexts();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconListCheck size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {t('lists.open')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('lists.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Suspense>
          {opened && (
            <ListInput
              onLeaf={(leaf) => {
                setOpened(false);
                onLeaf(leaf);
              }}
            />
          )}
        </Suspense>
      </Modal>
    </>
  );
}
