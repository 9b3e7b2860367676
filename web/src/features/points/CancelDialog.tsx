import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRequestKey } from '@/lib/api/requestKey';
import { formatMoment } from '@/lib/date/moment';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useCancelPoints, type PointEntry } from './api';
import { signed, useKindWords } from './words';

/** 取消 of one row: adds the row of the opposite sign. */
export function CancelDialog({ customer, entry, onClose }: { customer: string; entry: PointEntry; onClose: () => void }) {
  const { t } = useTexts();
  const kindOf = useKindWords();
  const cancel = useCancelPoints(customer);
  const { undoOf } = useUndoAct();
  const [reason, setReason] = useState('');
  const keyOf = useRequestKey(cancel);
  return (
    <ConfirmDialog
      opened
      title={t('points.cancelTitle')}
      act={t('points.cancelAct')}
      cancel={t('common.close')}
      danger
      busy={cancel.isPending}
      onClose={onClose}
      onConfirm={() =>
        cancel.mutate(
          { entry: entry.id, reason, key: keyOf(reason) },
          {
            onSuccess: ({ data, operation }) => {
              toast(t('points.cancelled', { balance: formatCount(data.balance_after) }), undoOf(operation));
              onClose();
            },
          },
        )
      }
    >
      <Stack gap="sm">
        <Text size="sm">{t('points.cancelText', { at: formatMoment(entry.at), kind: kindOf(entry), delta: signed(entry.delta) })}</Text>
        <TextInput label={t('points.reason')} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} />
        {cancel.error && <ProblemPanel problem={cancel.error} />}
      </Stack>
    </ConfirmDialog>
  );
}
