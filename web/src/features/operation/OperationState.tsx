import { Badge } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import type { Operation } from './api';

export function OperationState({ operation }: { operation: Pick<Operation, 'undone_by' | 'undoes'> }) {
  const { t } = useTexts();
  if (operation.undone_by) return <Badge size="sm" variant="default">{t('operation.undone')}</Badge>;
  if (operation.undoes) return <Badge size="sm" variant="light">{t('operation.undoes')}</Badge>;
  return null;
}
