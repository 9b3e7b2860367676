import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { toast } from '@/ui/toast';
import { useChangeSaved, useDeleteSaved, type SavedSearch, type SavedSearchContent } from './api';
import { ContentList } from './ContentList';

type Common = {
  saved: SavedSearch;
  undoOf: (operation: string | null) => { label: string; run: () => void } | undefined;
  onFailed: (thrown: unknown) => void;
  onClose: () => void;
};

export function OverwriteDialog({ saved, current, catalogue, undoOf, onFailed, onClose }: Common & { current: SavedSearchContent; catalogue: Catalogue }) {
  const { t } = useTexts();
  const change = useChangeSaved();
  const { name } = saved;
  return (
    <ConfirmDialog
      opened
      title={t('saved.overwriteTitle')}
      act={t('saved.overwrite')}
      busy={change.isPending}
      onClose={onClose}
      onConfirm={() =>
        void change
          .mutateAsync({ saved, body: { content: current } })
          .then(({ operation }) => toast(t('saved.overwritten', { name }), undoOf(operation)), onFailed)
          .finally(onClose)
      }
    >
      <Stack gap="sm">
        {t('saved.overwriteText', { name })}
        <SimpleGrid cols={2}>
          <div>
            <Text size="xs" fw={600}>
              {t('saved.was')}
            </Text>
            <ContentList content={saved.content} catalogue={catalogue} />
          </div>
          <div>
            <Text size="xs" fw={600}>
              {t('saved.becomes')}
            </Text>
            <ContentList content={current} catalogue={catalogue} />
          </div>
        </SimpleGrid>
      </Stack>
    </ConfirmDialog>
  );
}

export function DeleteDialog({ saved, undoOf, onFailed, onClose }: Common) {
  const { t } = useTexts();
  const remove = useDeleteSaved();
  const { name, scope_name: group } = saved;
  return (
    <ConfirmDialog
      opened
      danger
      title={t('saved.removeTitle')}
      act={t('common.deleteAct')}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        void remove
          .mutateAsync(saved)
          .then(({ operation }) => toast(t('saved.removed', { name }), undoOf(operation)), onFailed)
          .finally(onClose)
      }
    >
      {group ? t('saved.removeShared', { name, group }) : t('saved.removeText', { name })}
    </ConfirmDialog>
  );
}
