import { Button, Group, Loader, Popover, Text, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts, type Language } from '@/lib/i18n';
import { without } from '@/lib/record';
import { IconButton } from '@/ui/IconButton';
import classes from './customer.module.css';
import { conditionWords } from './conditionWords';
import { isComplete, toPanel, toSearch, type DeletedMode, type Panel, type StoredSearch } from './conditions';
import { useCustomerCount } from './searchApi';

type Chip = { key: string; words: string; without: Panel };

function chipsOf(search: StoredSearch, catalogue: Catalogue, language: Language, deletedWords: Record<DeletedMode, string>): Chip[] {
  const panel = toPanel(search);
  const chips: Chip[] = [];
  if (panel.text.trim()) chips.push({ key: '$text', words: conditionWords({ text: panel.text.trim() }, catalogue, language), without: { ...panel, text: '' } });
  for (const [key, condition] of Object.entries(panel.fields)) {
    if (!isComplete(condition)) continue;
    chips.push({ key, words: conditionWords({ field: key, ...condition }, catalogue, language), without: { ...panel, fields: without(panel.fields, key) } });
  }
  if (panel.deleted !== 'without') chips.push({ key: '$deleted', words: deletedWords[panel.deleted], without: { ...panel, deleted: 'without' } });
  panel.others.forEach((other, at) =>
    chips.push({ key: `$other${at}`, words: conditionWords(other, catalogue, language), without: { ...panel, others: panel.others.filter((_, index) => index !== at) } }),
  );
  return chips;
}

type Props = { catalogue: Catalogue; search: StoredSearch; onDrop: (panel: Panel) => void };

/** The active conditions in words. Each can be dropped, and tells on request how many would be found without it. */
export function ConditionChips({ catalogue, search, onDrop }: Props) {
  const { t, language } = useTexts();
  const colon = language === 'ja' ? '：' : ': ';
  const chips = chipsOf(search, catalogue, language, {
    without: '',
    with: `${t('search.deleted')}${colon}${t('search.deletedWith')}`,
    only: `${t('search.deleted')}${colon}${t('search.deletedOnly')}`,
  });
  if (chips.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt={8}>
        {t('search.active')}
        {colon}
        {t('search.allCustomers')}
      </Text>
    );
  }
  return (
    <Group gap={6} mt={8} role="list" aria-label={t('search.active')}>
      {chips.map((chip) => (
        <OneChip key={chip.key} chip={chip} onDrop={() => onDrop(chip.without)} />
      ))}
    </Group>
  );
}

function OneChip({ chip, onDrop }: { chip: Chip; onDrop: () => void }) {
  const { t } = useTexts();
  const [asked, setAsked] = useState(false);
  return (
    <div role="listitem" className={classes.chip}>
      <Popover opened={asked} onChange={setAsked} position="bottom-start" returnFocus shadow="sm">
        <Popover.Target>
          <UnstyledButton className={classes.chipWords} title={t('counting.ask')} aria-expanded={asked} onClick={() => setAsked(!asked)}>
            {chip.words}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p="xs">{asked && <Without chip={chip} onDrop={onDrop} />}</Popover.Dropdown>
      </Popover>
      <IconButton size="xs" label={t('search.dropChip', { words: chip.words })} onClick={onDrop}>
        <IconX size={12} />
      </IconButton>
    </div>
  );
}

function Without({ chip, onDrop }: { chip: Chip; onDrop: () => void }) {
  const { t } = useTexts();
  const count = useCustomerCount(toSearch(chip.without), true);
  return (
    <Group gap="xs" wrap="nowrap" aria-live="polite">
      {count.data === undefined || count.isPlaceholderData ? <Loader size="xs" role="img" aria-label={t('counting.counting')} /> : <Text size="sm">{t('counting.without', { count: count.data })}</Text>}
      <Button size="compact-xs" variant="default" onClick={onDrop}>
        {t('counting.drop')}
      </Button>
    </Group>
  );
}
