import { List, Menu, Stack, Text, TextInput } from '@mantine/core';
import { IconDoorExit, IconEraser, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { toast } from '@/ui/toast';
import { useEraseCustomer, useWithdrawCustomer, type Customer } from './api';
import { Refusal } from './Refusal';

// What a person may ask of the shop: to leave (退会), to be told everything (開示), to be forgotten (個人情報抹消).

export type PersonAct = 'withdraw' | 'erase' | null;

export function PersonMenu({ customer, onWithdraw, onErase }: { customer: Customer; onWithdraw: () => void; onErase: () => void }) {
  const { t, language } = useTexts();
  const may = useMay();
  const isMember = customer.status === 'member' || customer.status === 'provisional';
  const disclosure = (format: string) => `/api/v1/customers/${customer.id}/disclosure?format=${format}&language=${language}`;
  return (
    <>
      {may('customer.disclose') && may('contact.read') && (
        <>
          <Menu.Item leftSection={<IconFileText size={16} />} component="a" href={disclosure('html')} download>
            {t('person.disclosurePage')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileText size={16} />} component="a" href={disclosure('csv')} download>
            {t('person.disclosureCsv')}
          </Menu.Item>
        </>
      )}
      {may('customer.withdraw') && isMember && customer.deleted === 'no' && (
        <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={onWithdraw}>
          {t('person.withdraw')}
        </Menu.Item>
      )}
      {may('customer.erase') && !customer.erased_at && (
        <Menu.Item color="var(--otokui-grave)" leftSection={<IconEraser size={16} />} onClick={onErase}>
          {t('person.erase')}
        </Menu.Item>
      )}
    </>
  );
}

type DialogProps = { customer: Customer; name: string; opened: boolean; onClose: () => void };

export function WithdrawDialog({ customer, name, opened, onClose }: DialogProps) {
  const { t } = useTexts();
  const feature = useFeature();
  const points = customer.points ?? 0;
  const { undoOf } = useUndoAct();
  const withdraw = useWithdrawCustomer(customer.id);
  const [reason, setReason] = useState('');
  const close = () => {
    withdraw.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={t('person.withdrawTitle')}
      act={t('person.withdrawAct')}
      danger
      busy={withdraw.isPending}
      onClose={close}
      onConfirm={() =>
        withdraw.mutate(reason, {
          onSuccess: ({ operation }) => {
            toast(t('person.withdrawn'), undoOf(operation));
            close();
          },
        })
      }
    >
      <Stack gap="sm">
        <Text size="sm">{t('person.withdrawText', { name, number: customer.number })}</Text>
        <List size="sm">
          <List.Item>{t('person.withdrawEnds')}</List.Item>
          {points > 0 && <List.Item>{t('person.pointsEnd', { count: points })}</List.Item>}
          {feature('coupons') && <List.Item>{t('person.couponsEnd')}</List.Item>}
          <List.Item>{t('person.withdrawStays')}</List.Item>
        </List>
        <TextInput label={t('person.reason')} value={reason} maxLength={1000} onChange={(event) => setReason(event.currentTarget.value)} />
        <Refusal customer={customer} problem={withdraw.error} onLeave={close} />
      </Stack>
    </ConfirmDialog>
  );
}

export function EraseDialog({ customer, name, opened, onClose }: DialogProps) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const erase = useEraseCustomer(customer.id);
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const close = () => {
    erase.reset();
    setNumber('');
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={t('person.eraseTitle')}
      act={t('person.eraseAct')}
      danger
      busy={erase.isPending}
      onClose={close}
      onConfirm={() => erase.mutate({ number, reason }, { onSuccess: ({ job }) => void navigate(`/jobs/${job}`) })}
    >
      <Stack gap="sm">
        <Text size="sm">{t('person.eraseText', { name })}</Text>
        <List size="sm">
          <List.Item>{t('person.eraseGoes')}</List.Item>
          <List.Item>{t('person.eraseStays')}</List.Item>
          <List.Item>{t('person.eraseFiles')}</List.Item>
          <List.Item>{t('person.eraseBackups')}</List.Item>
        </List>
        <TextInput
          label={t('person.typeNumber', { number: customer.number })}
          value={number}
          inputMode="numeric"
          autoComplete="off"
          error={erase.error?.fieldErrors().number ? t('person.numberDiffers') : undefined}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <TextInput label={t('person.reason')} value={reason} maxLength={1000} onChange={(event) => setReason(event.currentTarget.value)} />
        <Refusal customer={customer} problem={erase.error} onLeave={close} />
      </Stack>
    </ConfirmDialog>
  );
}
