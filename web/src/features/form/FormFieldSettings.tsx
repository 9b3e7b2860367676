import { Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { IconButton } from '@/ui/IconButton';
import { EmptyState, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useChangeFormField, useDeleteFormField, useFormFields, useOrderFormFields, type FormField } from './api';
import { FieldBuilder } from './FieldBuilder';

/** 設定 › マスタ › フリーフォーム: the shop's own fields in their order, those out of use behind the others. */
export function FormFieldSettings() {
  const { t } = useTexts();
  const mayEdit = useMay()('master.edit');
  const fields = useFormFields();
  const acts = useActs();
  const [building, setBuilding] = useState<FormField | 'new' | null>(null);
  const [leaving, setLeaving] = useState<FormField | null>(null);
  const shown = useColumns();
  const rows = fields.data?.items ?? [];
  if (fields.error) return <ProblemPanel problem={fields.error} onRetry={() => void fields.refetch()} />;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setBuilding('new')}>
      {t('forms.add')}
    </Button>
  );
  const columns = [...shown, ...(mayEdit ? [actsColumn()] : [])];
  function actsColumn(): TableColumn<FormField> {
    return {
      key: 'acts',
      header: t('common.actions'),
      width: 104,
      render: (row) => {
        const at = rows.findIndex(({ id }) => id === row.id);
        return (
          <Group gap={2} wrap="nowrap">
            <IconButton size="sm" label={t('forms.up', { name: row.labels.ja })} disabled={at === 0 || acts.ordering} onClick={() => acts.move(rows, at, at - 1)}>
              <IconArrowUp size={16} />
            </IconButton>
            <IconButton size="sm" label={t('forms.down', { name: row.labels.ja })} disabled={at === rows.length - 1 || acts.ordering} onClick={() => acts.move(rows, at, at + 1)}>
              <IconArrowDown size={16} />
            </IconButton>
            <Menu position="bottom-end">
              <Menu.Target>
                <IconButton size="sm" label={`${t('common.actions')}: ${row.labels.ja}`}>
                  <IconDots size={16} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setBuilding(row)}>{t('common.edit')}</Menu.Item>
                {row.retired ? (
                  <Menu.Item onClick={() => acts.retire(row, false)}>{t('forms.bringBack')}</Menu.Item>
                ) : (
                  <Menu.Item color="var(--otokui-grave)" onClick={() => setLeaving(row)}>
                    {t(row.answered ? 'forms.retire' : 'forms.remove')}
                  </Menu.Item>
                )}
                {row.retired && !row.answered && (
                  <Menu.Item color="var(--otokui-grave)" onClick={() => setLeaving(row)}>
                    {t('forms.remove')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </Group>
        );
      },
    };
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('forms.lead')}
      </Text>
      {fields.data && rows.length === 0 ? (
        <EmptyState title={t('forms.empty')} {...(mayEdit ? { acts: add } : {})}>
          {t('forms.emptyText')}
        </EmptyState>
      ) : (
        <>
          {mayEdit && <Group>{add}</Group>}
          <DataTable label={t('forms.title')} columns={columns} rows={rows} rowKey={(row) => row.id} {...(fields.data ? {} : { bones: 3 })} />
        </>
      )}
      {building && <FieldBuilder field={building === 'new' ? null : building} onClose={() => setBuilding(null)} />}
      {leaving && (
        <ConfirmDialog
          opened
          danger
          title={t(leaving.answered ? 'forms.retireTitle' : 'forms.removeTitle')}
          act={t(leaving.answered ? 'forms.retire' : 'common.deleteAct')}
          busy={acts.busy}
          onClose={() => setLeaving(null)}
          onConfirm={() => {
            if (leaving.answered) acts.retire(leaving, true);
            else acts.remove(leaving);
            setLeaving(null);
          }}
        >
          {t(leaving.answered ? 'forms.retireText' : 'forms.removeText', { name: leaving.labels.ja })}
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function useColumns(): TableColumn<FormField>[] {
  const { t, language } = useTexts();
  const own = (row: FormField) => (language === 'en' ? (row.labels.en ?? row.labels.ja) : row.labels.ja);
  return [
    {
      key: 'label',
      header: t('forms.label'),
      width: 176,
      text: own,
      render: (row) => (
        <Group gap={6} wrap="nowrap">
          <span>{own(row)}</span>
          {row.retired && (
            <Badge size="sm" variant="default">
              {t('forms.retired')}
            </Badge>
          )}
        </Group>
      ),
    },
    { key: 'key', header: t('forms.key'), width: 120, text: (row) => row.field, render: (row) => row.field },
    { key: 'type', header: t('forms.type'), width: 128, render: (row) => t(`forms.types.${row.type}`) },
    { key: 'options', header: t('forms.options'), width: 140, text: (row) => optionWords(row, language), render: (row) => optionWords(row, language) },
    { key: 'required', header: t('forms.required'), width: 68, render: (row) => (row.required ? t('common.required') : t('common.optional')) },
    { key: 'shown', header: t('forms.shown'), width: 88, render: (row) => [row.on_list ? t('forms.list') : '', row.on_csv ? 'CSV' : ''].filter(Boolean).join(language === 'ja' ? '・' : ', ') },
  ];
}

const optionWords = (row: FormField, language: 'ja' | 'en') =>
  row.options
    .filter(({ removed }) => !removed)
    .map(({ labels }) => (language === 'en' ? (labels.en ?? labels.ja) : labels.ja))
    .join(language === 'ja' ? '・' : ', ');

/** What is done from the list: each is told, and can be undone. */
function useActs() {
  const { t } = useTexts();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const order = useOrderFormFields();
  const change = useChangeFormField();
  const remove = useDeleteFormField();
  const failed = (thrown: unknown) => {
    const { title, detail } = words(asProblem(thrown));
    toastProblem(title, detail);
  };
  const done = (text: string, operation: string | null) => toast(text, undoOf(operation));
  return {
    ordering: order.isPending,
    busy: change.isPending || remove.isPending,
    move: (rows: FormField[], from: number, to: number) => {
      const ids = rows.map(({ id }) => id);
      const [moved] = ids.splice(from, 1);
      if (moved === undefined) return;
      ids.splice(to, 0, moved);
      order.mutate(ids, { onSuccess: ({ operation }) => done(t('forms.moved', { name: rows[from]?.labels.ja ?? '', count: to + 1 }), operation), onError: failed });
    },
    retire: (field: FormField, retired: boolean) =>
      change.mutate({ field, body: { retired } }, { onSuccess: ({ operation }) => done(t(retired ? 'forms.isRetired' : 'forms.isBack', { name: field.labels.ja }), operation), onError: failed }),
    remove: (field: FormField) => remove.mutate(field, { onSuccess: ({ operation }) => done(t('forms.removed', { name: field.labels.ja }), operation), onError: failed }),
  };
}
