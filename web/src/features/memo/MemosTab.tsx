import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useDeleteMemo, useMarkMemo, useMemos, type Memo } from './api';
import { MemoCard, nameOf } from './MemoCard';
import { MemoForm } from './MemoForm';
import classes from './memo.module.css';

/** メモ管理: what staff noted about a customer, pinned first. Deleting is offered back, so only who may not take it back is asked before. */
export function MemosTab({ customer, mayEdit: isLiving }: { customer: string; mayEdit: boolean }) {
  const { t } = useTexts();
  const may = useMay();
  const me = useMe();
  const failed = useProblemToast();
  const { undoOf, mayUndo } = useUndoAct();
  const memos = useMemos(customer);
  const mark = useMarkMemo(customer);
  const remove = useDeleteMemo(customer);
  const [editing, setEditing] = useState<string | null>(null); // an id, or 'new'
  const [deleting, setDeleting] = useState<Memo | null>(null);
  const mayEdit = isLiving && may('memo.edit');
  const mayDelete = (memo: Memo) => mayEdit && (memo.created_by === me.id || may('customer.delete'));
  if (memos.error) return <ProblemPanel problem={memos.error} onRetry={() => void memos.refetch()} />;
  if (!memos.data) return <LinesSkeleton />;
  const items = memos.data.pages.flatMap((page) => page.items);
  const add = mayEdit && (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('memo.add')}
    </Button>
  );
  const deleteMemo = (memo: Memo) =>
    remove.mutate(memo, {
      onSuccess: ({ operation }) => toast(t('memo.deleted'), undoOf(operation)),
      onError: failed,
      onSettled: () => setDeleting(null),
    });
  return (
    <Stack gap="sm">
      {editing === 'new' ? (
        <div className={classes.list}>
          <MemoForm customer={customer} memo={null} onDone={() => setEditing(null)} />
        </div>
      ) : (
        items.length > 0 && <Group>{add}</Group>
      )}
      {items.length === 0 && editing !== 'new' && (
        <EmptyState title={t('memo.none')} acts={add}>
          {t('memo.noneText')}
        </EmptyState>
      )}
      <div className={classes.list}>
        {items.map((memo) =>
          editing === memo.id ? (
            <MemoForm key={memo.id} customer={customer} memo={memo} onDone={() => setEditing(null)} />
          ) : (
            <MemoCard
              key={memo.id}
              memo={memo}
              mayEdit={mayEdit}
              mayDelete={mayDelete(memo)}
              onEdit={() => setEditing(memo.id)}
              onPin={() => mark.mutate({ memo, marks: { pinned: !memo.pinned } }, { onError: failed })}
              onDelete={() => (mayUndo ? deleteMemo(memo) : setDeleting(memo))}
            />
          ),
        )}
      </div>
      <ConfirmDialog opened={deleting !== null} title={t('memo.deleteTitle')} act={t('common.deleteAct')} danger busy={remove.isPending} onClose={() => setDeleting(null)} onConfirm={() => deleting && deleteMemo(deleting)}>
        {deleting && t('memo.deleteText', { name: nameOf(deleting) })}
      </ConfirmDialog>
      {memos.hasNextPage && (
        <div>
          <Button variant="default" loading={memos.isFetchingNextPage} onClick={() => void memos.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
