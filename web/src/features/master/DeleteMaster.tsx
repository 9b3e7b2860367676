import { Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { asProblem, type ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useDeleteMaster, useSaveMaster, type Declaration, type Fate, type MasterName, type MasterRow } from './api';
import type { Watched } from './JobWatch';

type Props = { name: MasterName; declaration: Declaration; row: MasterRow; rows: MasterRow[]; onClose: () => void; onJob: (watched: Watched) => void };
type Holders = { members: number; deleted: number };

const holdersIn = (problem: ApiProblem): Holders | null => (problem.code === 'master.in_use' ? (problem.body as unknown as Holders) : null);

/** Deletes a row; while customers hold it, says how many and asks what becomes of them. */
export function DeleteMaster({ name, declaration, row, rows, onClose, onJob }: Props) {
  const { t } = useTexts();
  const { undoOf } = useUndoAct();
  const remove = useDeleteMaster(name);
  const retire = useSaveMaster(name);
  const [holders, setHolders] = useState<Holders | null>(row.members > 0 ? { members: row.members, deleted: 0 } : null);
  const [fate, setFate] = useState<'remove' | 'move' | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const master = t(`masters.${name}`);
  const isDefault = row['is_default'] === true;
  const asks = holders !== null && declaration.in_use === 'ask';
  const chosen: Fate | null = fate === 'remove' ? { kind: 'remove' } : fate === 'move' && to ? { kind: 'move', to } : null;

  const confirm = async () => {
    setProblem(null);
    try {
      const { data, operation } = await remove.mutateAsync({ row, fate: asks ? chosen : null });
      if (data?.job) {
        onJob({ job: data.job, title: t('masters.removing', { name: row.name }), done: t('masters.removed', { name: row.name }) });
      } else {
        toast(t('masters.removed', { name: row.name }), undoOf(operation));
      }
      onClose();
    } catch (thrown) {
      const refused = asProblem(thrown);
      const held = holdersIn(refused);
      if (held) setHolders(held);
      else setProblem(refused);
    }
  };
  const putAway = async () => {
    setProblem(null);
    try {
      const { operation } = await retire.mutateAsync({ row, values: { retired: true } });
      toast(t('masters.retiredToast', { name: row.name }), undoOf(operation));
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };

  const refusal = isDefault ? t('masters.isDefault') : holders && declaration.in_use === 'refuse' ? t('masters.refused') : null;
  const retires = holders !== null && declaration.in_use === 'retire';
  return (
    <Modal opened onClose={onClose} title={t('masters.removeTitle', { master })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        {problem && <ProblemPanel problem={problem} />}
        {holders && (
          <Text size="sm">
            {t('masters.held', { name: row.name, count: holders.members })}
            {holders.deleted > 0 && t('masters.heldDeleted', { count: holders.deleted })}
          </Text>
        )}
        {refusal && <Text size="sm">{refusal}</Text>}
        {retires && <Text size="sm">{t('masters.retireInstead')}</Text>}
        {asks && !isDefault && (
          <>
            <Radio.Group label={t('masters.fate')} value={fate} onChange={(value) => setFate(value as 'remove' | 'move')}>
              <Stack gap={6} mt={4}>
                <Radio value="remove" label={t('masters.fateRemove')} data-autofocus />
                <Radio value="move" label={t('masters.fateMove', { master })} disabled={rows.length < 2} />
              </Stack>
            </Radio.Group>
            {fate === 'move' && <Select label={t('masters.to')} searchable value={to} onChange={setTo} data={rows.filter(({ id }) => id !== row.id).map(({ id, name: label }) => ({ value: id, label }))} />}
          </>
        )}
        {!refusal && !retires && <Text size="sm">{t('masters.removeText', { name: row.name })}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t(refusal ? 'common.close' : 'common.cancel')}
          </Button>
          {retires && row['retired'] !== true && (
            <Button loading={retire.isPending} onClick={() => void putAway()}>
              {t('masters.retire')}
            </Button>
          )}
          {!refusal && !retires && (
            <Button color="red.8" loading={remove.isPending} disabled={asks && chosen === null} onClick={() => void confirm()}>
              {t('masters.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
