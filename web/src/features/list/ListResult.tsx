import { Anchor, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { bracketed } from '@/lib/text/brackets';
import { formatCount } from '@/lib/text/number';
import { isComposing } from '@/lib/text/ime';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { figures, linesUrl, refreshLists, renameList, type CustomerList } from './api';

type Props = { list: CustomerList; onList: (list: CustomerList) => void; onUse: (list: CustomerList, op: 'in' | 'not_in') => void; onAnother: () => void };

/** What became of the values: how many were found, the others to download, a name, and the search by it. */
export function ListResult({ list, onList, onUse, onAnother }: Props) {
  const { t, language } = useTexts();
  return (
    <Stack gap="md">
      <Table aria-label={t('lists.result')} verticalSpacing={6}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">{t('lists.found')}</Table.Th>
            <Table.Td ta="right" fw={600} fz="lg">
              {t('common.count', { count: list.found })}
            </Table.Td>
            <Table.Td w={150} />
          </Table.Tr>
          {figures.map((figure) => (
            <Table.Tr key={figure}>
              <Table.Th scope="row" fw={400}>
                {t(`lists.${figure}`)}
              </Table.Th>
              <Table.Td ta="right">{t('common.count', { count: list[figure] })}</Table.Td>
              <Table.Td ta="right">
                {list[figure] > 0 && (
                  <Anchor size="sm" href={linesUrl(list.list, figure)} download aria-label={t('lists.download', { what: t(`lists.${figure}`) })}>
                    <IconDownload size={14} aria-hidden /> {t('common.download')}
                  </Anchor>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {list.deleted > 0 && (
        <Text size="xs" c="dimmed">
          {t('lists.deletedNote')}
        </Text>
      )}
      <ListName key={list.list} list={list} onList={onList} />
      <Group justify="space-between" gap="xs">
        <Button variant="subtle" color="gray" onClick={onAnother}>
          {t('lists.another')}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={() => onUse(list, 'not_in')}>
            {t('lists.useNot')}
          </Button>
          <Button data-autofocus onClick={() => onUse(list, 'in')}>
            {bracketed(t('lists.use'), formatCount(list.found), language)}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function ListName({ list, onList }: { list: CustomerList; onList: (list: CustomerList) => void }) {
  const { t } = useTexts();
  const cache = useQueryClient();
  const [name, setName] = useState(list.name ?? '');
  const save = useMutation({
    mutationFn: () => renameList(list, name.trim() || null),
    onSuccess: async (next) => {
      await refreshLists(cache, next);
      onList(next);
      toast(t('lists.renamed'));
    },
  });
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          flex={1}
          label={t('lists.name')}
          description={t('lists.nameHint')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !isComposing(event)) save.mutate();
          }}
        />
        <Button variant="default" disabled={name.trim() === (list.name ?? '')} loading={save.isPending} onClick={() => save.mutate()}>
          {t('lists.nameSave')}
        </Button>
      </Group>
      {save.error && <ProblemPanel problem={save.error} />}
    </Stack>
  );
}
