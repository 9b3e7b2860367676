import { Badge } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import type { PaymentStatus } from './api';

const colors: Partial<Record<PaymentStatus, string>> = { captured: 'teal', voided: 'gray', refunded: 'gray', capture_failed: 'red', authorize_failed: 'red', void_failed: 'red', review_refused: 'red' };

export function PaymentBadge({ status }: { status: PaymentStatus }) {
  const { t } = useTexts();
  return (
    <Badge size="sm" variant="light" color={colors[status] ?? 'blue'}>
      {t(`purchase.status.${status}`)}
    </Badge>
  );
}
