import { Stack } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import { useCustomerMails } from './api';
import { MailTable } from './MailTable';

/** メール配信履歴 of a customer. */
export function MailsTab({ customer }: { customer: string }) {
  const { t } = useTexts();
  return (
    <Stack gap="sm">
      <MailTable mails={useCustomerMails(customer)} recipients="hidden" none={t('mail.none')} />
    </Stack>
  );
}
