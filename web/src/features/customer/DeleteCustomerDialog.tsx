import { List, Stack, Text } from '@mantine/core';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { toast } from '@/ui/toast';
import { useDeleteCustomer } from './api';
import { Refusal } from './PersonActs';

type Props = { customer: { id: string; version: number; number: string }; name: string; opened: boolean; onClose: () => void };

/** 削除 after a warning that names the person and what stays; the way back is offered at once. */
export function DeleteCustomerDialog({ customer, name, opened, onClose }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const feature = useFeature();
  const { undo } = useUndoAct();
  const remove = useDeleteCustomer(customer.id);
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={t('customer.deleteTitle')}
      act={t('customer.deleteAct')}
      danger
      busy={remove.isPending}
      onClose={close}
      onConfirm={() =>
        remove.mutate(customer.version, {
          onSuccess: ({ operation }) => {
            toast(t('customer.deletedToast'), operation && may('operation.undo') ? { label: t('common.undo'), run: () => undo(operation) } : undefined);
            close();
          },
        })
      }
    >
      <Stack gap="sm">
        <Text size="sm">{t('customer.deleteText', { name, number: customer.number })}</Text>
        <List size="sm">
          {feature('coupons') && <List.Item>{t('person.couponsEnd')}</List.Item>}
          <List.Item>{t('customer.deleteStays')}</List.Item>
          <List.Item>{t('customer.deleteUndo')}</List.Item>
        </List>
        <Refusal customer={customer} problem={remove.error} onLeave={close} />
      </Stack>
    </ConfirmDialog>
  );
}
