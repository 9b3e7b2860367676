import { Button, Text } from '@mantine/core';
import { IconDownload, IconTicket } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';
import classes from './customer.module.css';
import { noTicks, type Ticks } from './listMemory';

type Props = { ticks: Ticks; total: number; onChange: (ticks: Ticks) => void; onExport: (() => void) | null; onGrant: (() => void) | null };

/** What is chosen, and what can be done with it. */
export function SelectionBar({ ticks, total, onChange, onExport, onGrant }: Props) {
  const { t } = useTexts();
  const count = ticks.all ? total : ticks.ids.size;
  if (count === 0) return null;
  return (
    <div className={`${classes.selectionBar} no-print`} role="region" aria-label={t('search.selected', { count })}>
      <Text size="sm" fw={600} aria-live="polite">
        {t(ticks.all ? 'search.allSelected' : 'search.selected', { count })}
      </Text>
      {!ticks.all && total > count && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange({ ...ticks, all: true })}>
          {t('search.selectAll', { count: total })}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(noTicks)}>
        {t('search.unselect')}
      </Button>
      {onGrant && (
        <Button size="compact-sm" ml="auto" variant="default" leftSection={<IconTicket size={14} aria-hidden />} onClick={onGrant}>
          {t('coupon.grant')}
        </Button>
      )}
      {onExport && (
        <Button size="compact-sm" {...(onGrant ? {} : { ml: 'auto' })} variant="filled" leftSection={<IconDownload size={14} aria-hidden />} onClick={onExport}>
          {t('search.export')}
        </Button>
      )}
    </div>
  );
}
