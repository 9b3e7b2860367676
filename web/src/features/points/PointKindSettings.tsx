import { Badge, Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { EmptyState, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useDeletePointKind, usePointKinds, useSavePointKind, type ManualKind, type PointKind } from './kindApi';

/** ポイント区分 of the shop's own, under the kinds given by hand. */
export function PointKindSettings() {
  const { t, language } = useTexts();
  const may = useMay();
  const kinds = usePointKinds();
  const [edited, setEdited] = useState<PointKind | 'new' | null>(null);
  const [removed, setRemoved] = useState<PointKind | null>(null);
  const mayEdit = may('master.edit');
  const columns = useMemo<TableColumn<PointKind>[]>(
    () => [
      { key: 'name', header: t('pointKinds.name'), width: 280, text: (kind) => kind.name, render: (kind) => kind.name },
      { key: 'kind', header: t('pointKinds.under'), width: 160, render: (kind) => kind.kind_labels[language] },
      { key: 'used', header: t('pointKinds.used'), width: 110, render: (kind) => (kind.used ? <Badge size="sm" variant="light">{t('pointKinds.isUsed')}</Badge> : '') },
      {
        key: 'acts',
        header: t('pointKinds.acts'),
        width: 170,
        render: (kind) =>
          mayEdit && (
            <Group gap={6} wrap="nowrap">
              <Button size="compact-xs" variant="default" aria-label={`${t('common.edit')}: ${kind.name}`} onClick={() => setEdited(kind)}>
                {t('common.edit')}
              </Button>
              {!kind.used && (
                <Button size="compact-xs" variant="default" aria-label={`${t('pointKinds.delete')}: ${kind.name}`} onClick={() => setRemoved(kind)}>
                  {t('pointKinds.delete')}
                </Button>
              )}
            </Group>
          ),
      },
    ],
    [t, language, mayEdit],
  );
  if (kinds.error) return <ProblemPanel problem={kinds.error} onRetry={() => void kinds.refetch()} />;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          {t('pointKinds.lead')}
        </Text>
        {mayEdit && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            {t('pointKinds.add')}
          </Button>
        )}
      </Group>
      {kinds.data?.length === 0 ? (
        <EmptyState title={t('pointKinds.none')}>{t('pointKinds.noneText')}</EmptyState>
      ) : (
        <DataTable label={t('pointKinds.title')} columns={columns} rows={kinds.data ?? []} rowKey={(kind) => kind.id} {...(kinds.data ? {} : { bones: 4 })} />
      )}
      {edited && <KindForm kind={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveKind kind={removed} onClose={() => setRemoved(null)} />}
    </Stack>
  );
}

function KindForm({ kind, onClose }: { kind: PointKind | null; onClose: () => void }) {
  const { t } = useTexts();
  const save = useSavePointKind();
  const [name, setName] = useState(kind?.name ?? '');
  const [under, setUnder] = useState<ManualKind>('manual_grant');
  const { leave, typing, asking } = useLeave(onClose, { name, under });
  const [began] = useState({ name: kind?.name ?? '' });
  const stale = staleOf(save.error);
  const [retry] = useState(() => crypto.randomUUID());
  const { undoOf } = useUndoAct();
  const errors = save.error?.fieldErrors() ?? {};
  const title = t(kind ? 'pointKinds.edit' : 'pointKinds.add');
  const send = (version?: number) =>
    save.mutate(
      { kind: kind && { ...kind, version: version ?? kind.version }, name: name.trim(), under, retry },
      {
        onSuccess: ({ operation }) => {
          toast(t('pointKinds.saved', { name: name.trim() }), undoOf(operation));
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={leave} title={title} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={() => send()}>
        <Stack gap="md">
          {save.error && !stale && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('pointKinds.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={50} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          </Field>
          {!kind && (
            <SegmentedControl
              aria-label={t('pointKinds.under')}
              value={under}
              onChange={(next) => setUnder(next as ManualKind)}
              data={[
                { value: 'manual_grant', label: t('pointKinds.grants') },
                { value: 'manual_deduct', label: t('pointKinds.deducts') },
              ]}
            />
          )}
          <FormFooter onCancel={leave} busy={save.isPending} disabled={name.trim() === ''} act={t('points.save')} />
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={{ name: name.trim() }}
        fields={[{ key: 'name', label: t('pointKinds.name'), words: String }]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={(_, version) => send(version)}
      />
    </Modal>
  );
}

function RemoveKind({ kind, onClose }: { kind: PointKind; onClose: () => void }) {
  const { t } = useTexts();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const remove = useDeletePointKind();
  return (
    <ConfirmDialog
      opened
      danger
      title={t('pointKinds.deleteTitle')}
      act={t('pointKinds.deleteAct')}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(kind, {
          onSuccess: ({ operation }) => toast(t('pointKinds.deleted'), undoOf(operation)),
          onError: (problem) => {
            const { title, detail } = words(problem);
            toastProblem(title, detail);
          },
          onSettled: onClose,
        })
      }
    >
      {t('pointKinds.deleteText', { name: kind.name })}
    </ConfirmDialog>
  );
}
