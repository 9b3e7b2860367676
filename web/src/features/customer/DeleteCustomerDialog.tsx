import { Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { toast } from '@/ui/toast';
import { useDeleteCustomer } from './api';
import { Refusal } from './Refusal';

type Props = { customer: { id: string; version: number; number: string }; name: string; opened: boolean; onClose: () => void };

/** 削除 after a warning that names the person and what stays; the way back is offered at once. */
export function DeleteCustomerDialog({ customer, name, opened, onClose }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const feature = useFeature();
  const { catalogue } = useCatalogue();
  const { undoOf } = useUndoAct();
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
            toast(t('customer.deletedToast'), catalogue && catalogue.restoreDays > 0 ? undoOf(operation) : undefined);
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
          {catalogue && (
            <List.Item>
              {catalogue.restoreDays > 0 ? t('customer.deleteUndo', { count: catalogue.restoreDays }) : t('customer.deleteNoUndo')}{' '}
              {may('settings.read') ? (
                <Anchor component={Link} to="/settings/options" onClick={close}>
                  {t('customer.deleteDays')}
                </Anchor>
              ) : (
                t('customer.deleteDays')
              )}
            </List.Item>
          )}
        </List>
        <Refusal customer={customer} problem={remove.error} onLeave={close} />
      </Stack>
    </ConfirmDialog>
  );
}
