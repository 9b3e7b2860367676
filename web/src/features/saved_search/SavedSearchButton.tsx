import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import type { SavedSearchContent } from './api';
import type { CalledUp } from './SavedSearchDialog';

const SavedSearchDialog = lazy(async () => ({ default: (await import('./SavedSearchDialog')).SavedSearchDialog }));

/** 「検索条件の呼び出し」. `current`: the conditions in view and how the list looks, which can be saved. */
export function SavedSearchButton({ catalogue, current, onRun }: { catalogue: Catalogue; current: SavedSearchContent; onRun: (called: CalledUp) => void }) {
  const { t } = useTexts();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t('saved.open')}
      </Button>
      <Suspense>
        {opened && (
          <SavedSearchDialog
            catalogue={catalogue}
            current={current}
            onClose={() => setOpened(false)}
            onRun={(called) => {
              setOpened(false);
              onRun(called);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
