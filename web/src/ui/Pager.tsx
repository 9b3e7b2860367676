import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronLeftPipe, IconChevronRight, IconChevronRightPipe } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';

type Props = {
  total: number;
  firstRow: number;
  shown: number;
  onFirst: (() => void) | null;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onLast: (() => void) | null;
};

/** 1,234件中 1–50件  最初 前へ 次へ 最後 */
export function Pager({ total, firstRow, shown, onFirst, onPrevious, onNext, onLast }: Props) {
  const { t } = useTexts();
  const go = (act: (() => void) | null) => ({ disabled: act === null, onClick: act ?? undefined });
  return (
    <Group gap="sm" component="nav" aria-label={t('search.rowsPerPage')} wrap="nowrap">
      <Text size="sm" style={{ whiteSpace: 'nowrap' }} aria-live="polite">
        {total === 0 ? t('search.none') : t('search.range', { total, from: firstRow, to: firstRow + shown - 1 })}
      </Text>
      <Button.Group>
        <Button size="compact-sm" variant="default" {...go(onFirst)} leftSection={<IconChevronLeftPipe size={14} aria-hidden />}>
          {t('search.first')}
        </Button>
        <Button size="compact-sm" variant="default" {...go(onPrevious)} leftSection={<IconChevronLeft size={14} aria-hidden />}>
          {t('search.previous')}
        </Button>
        <Button size="compact-sm" variant="default" {...go(onNext)} rightSection={<IconChevronRight size={14} aria-hidden />}>
          {t('search.next')}
        </Button>
        <Button size="compact-sm" variant="default" {...go(onLast)} rightSection={<IconChevronRightPipe size={14} aria-hidden />}>
          {t('search.last')}
        </Button>
      </Button.Group>
    </Group>
  );
}
