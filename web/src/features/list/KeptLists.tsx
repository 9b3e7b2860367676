import { ActionIcon, Button, Checkbox, Group, SegmentedControl, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { combineLists, refreshLists, removeList, useMyLists, type Combination, type CustomerList } from './api';
import classes from './list.module.css';
import { nameOf } from './words';

type Props = { onChosen: (list: CustomerList) => void };

/** The lists made before: open one, or pick several to combine. */
export function KeptLists({ onChosen }: Props) {
  const { t } = useTexts();
  const lists = useMyLists();
  const [picked, setPicked] = useState<CustomerList[]>([]);
  const [removing, setRemoving] = useState<CustomerList | null>(null);
  const items = lists.data?.pages.flatMap((page) => page.items) ?? [];
  const isPicked = (list: CustomerList) => picked.some((one) => one.list === list.list);
  const pick = (list: CustomerList) => setPicked(isPicked(list) ? picked.filter((one) => one.list !== list.list) : [...picked, list]);

  if (lists.error) return <ProblemPanel problem={lists.error} onRetry={() => void lists.refetch()} />;
  if (lists.isPending) return <Skeleton h={160} aria-label={t('common.loading')} />;
  if (items.length === 0) return <EmptyState title={t('lists.keptEmptyTitle')}>{t('lists.keptEmpty')}</EmptyState>;
  return (
    <Stack gap="sm">
      <div className={classes.kept} tabIndex={0} role="region" aria-label={t('lists.tabKept')}>
        <Table verticalSpacing={4} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36} aria-label={t('common.actions')} />
              <Table.Th>{t('lists.columnName')}</Table.Th>
              <Table.Th>{t('lists.columnKind')}</Table.Th>
              <Table.Th ta="right">{t('lists.columnFound')}</Table.Th>
              <Table.Th>{t('lists.columnMade')}</Table.Th>
              <Table.Th w={70} aria-label={t('common.actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((list) => (
              <KeptRow key={list.list} list={list} picked={isPicked(list)} onPick={() => pick(list)} onOpen={() => onChosen(list)} onRemove={() => setRemoving(list)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {lists.hasNextPage && (
        <Button variant="subtle" loading={lists.isFetchingNextPage} onClick={() => void lists.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      <CombineBar picked={picked} onMade={onChosen} />
      {removing && (
        <RemoveDialog
          list={removing}
          onClose={() => setRemoving(null)}
          onGone={() => {
            setPicked(picked.filter((one) => one.list !== removing.list));
            setRemoving(null);
          }}
        />
      )}
    </Stack>
  );
}

type RowProps = { list: CustomerList; picked: boolean; onPick: () => void; onOpen: () => void; onRemove: () => void };

function KeptRow({ list, picked, onPick, onOpen, onRemove }: RowProps) {
  const { t } = useTexts();
  const name = nameOf(list);
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox size="xs" aria-label={t('lists.pick', { name })} checked={picked} onChange={onPick} />
      </Table.Td>
      <Table.Td>
        <Button variant="transparent" size="compact-sm" px={0} c={list.name === null ? 'dimmed' : undefined} onClick={onOpen}>
          {name}
        </Button>
      </Table.Td>
      <Table.Td>{t(`lists.kinds.${list.kind}`)}</Table.Td>
      <Table.Td ta="right">{formatCount(list.found)}</Table.Td>
      <Table.Td>{formatMoment(list.created_at)}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <ActionIcon size="sm" variant="subtle" color="gray" title={t('lists.rename', { name })} aria-label={t('lists.rename', { name })} onClick={onOpen}>
            <IconPencil size={14} />
          </ActionIcon>
          <ActionIcon size="sm" variant="subtle" color="red.8" title={t('lists.remove', { name })} aria-label={t('lists.remove', { name })} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function CombineBar({ picked, onMade }: { picked: CustomerList[]; onMade: (list: CustomerList) => void }) {
  const { t } = useTexts();
  const cache = useQueryClient();
  const [op, setOp] = useState<Combination>('and');
  const combine = useMutation({
    mutationFn: () => combineLists(op, picked.map((list) => list.list)),
    onSuccess: async (list) => {
      await refreshLists(cache, list);
      onMade(list);
    },
  });
  const names = picked.map((list) => nameOf(list)).join(' → ');
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('lists.combineHint', { names: names || '—' })}
      </Text>
      {combine.error && <ProblemPanel problem={combine.error} />}
      <Group justify="space-between" gap="xs">
        <SegmentedControl size="xs" aria-label={t('lists.op')} disabled={picked.length < 2} value={op} onChange={(next) => setOp(next as Combination)} data={(['and', 'or', 'minus'] as const).map((value) => ({ value, label: t(`lists.ops.${value}`) }))} />
        <Button disabled={picked.length < 2} loading={combine.isPending} onClick={() => combine.mutate()}>
          {t('lists.combine')}
        </Button>
      </Group>
    </Stack>
  );
}

function RemoveDialog({ list, onClose, onGone }: { list: CustomerList; onClose: () => void; onGone: () => void }) {
  const { t } = useTexts();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeList(list),
    onSuccess: async () => {
      await refreshLists(cache);
      toast(t('lists.removed'));
      onGone();
    },
  });
  return (
    <ConfirmDialog opened title={t('lists.removeTitle')} act={t('common.deleteAct')} danger busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={onClose}>
      {t('lists.removeText', { name: nameOf(list), count: list.found })}
      {remove.error && <ProblemPanel problem={remove.error} />}
    </ConfirmDialog>
  );
}
