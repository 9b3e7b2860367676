import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { Clamped } from '@/ui/Clamped';
import { useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useAlerts, useMarkMemo, type Memo } from './api';
import { Written } from './MemoCard';
import classes from './memo.module.css';

/** 要注意 memos above the record, until somebody takes the mark away. */
export function MemoAlerts({ customer, mayEdit }: { customer: string; mayEdit: boolean }) {
  const alerts = useAlerts(customer);
  // A record that opens without them is better than none: the tab shows the error.
  return (alerts.data ?? []).map((memo) => <MemoAlert key={memo.id} memo={memo} customer={customer} mayEdit={mayEdit} />);
}

function MemoAlert({ memo, customer, mayEdit }: { memo: Memo; customer: string; mayEdit: boolean }) {
  const { t } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const mark = useMarkMemo(customer);
  const acknowledge = () =>
    mark.mutate(
      { memo, marks: { alert: false } },
      {
        onSuccess: ({ operation }) => toast(t('memo.acknowledged'), undoOf(operation)),
        onError: (problem) => {
          const { title, detail } = words(problem);
          toastProblem(title, detail);
        },
      },
    );
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} py={6} mt={8} title={memo.title ? t('memo.alertTitled', { title: memo.title }) : t('memo.alertTitle')}>
      <Group justify="space-between" wrap="nowrap" align="flex-end">
        <Stack gap={2} miw={0}>
          <Text size="sm" component="div">
            <Clamped className={classes.body}>{memo.body}</Clamped>
          </Text>
          <Text size="xs">
            <Written memo={memo} />
          </Text>
        </Stack>
        {mayEdit && may('memo.edit') && (
          <Button size="compact-sm" variant="default" className="no-print" style={{ flexShrink: 0 }} loading={mark.isPending} onClick={acknowledge}>
            {t('memo.acknowledge')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
