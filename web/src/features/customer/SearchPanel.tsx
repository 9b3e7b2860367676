import { ActionIcon, Button, Collapse, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { usePreference } from '@/lib/preferences';
import { isComposing } from '@/lib/text/ime';
import boxes from './ConditionBox.module.css';
import { ConditionBox } from './ConditionBox';
import { without } from '@/lib/record';
import { conditionWords } from './conditionWords';
import { emptyPanel, isComplete, isReversed, searchableFields, toPanel, toSearch, type Condition, type DeletedMode, type FieldCondition, type Panel, type StoredSearch } from './conditions';
import classes from './customer.module.css';
import { useCustomerCount } from './searchApi';

// The fields that people use most stand open; all others are one click away, in the groups of the catalogue.
const commonFields = ['status', 'prefecture', 'birth_date', 'last_purchase_at', 'purchase_total'];

type Props = {
  catalogue: Catalogue;
  search: StoredSearch;
  onSearch: (search: StoredSearch) => void;
};

export function SearchPanel({ catalogue, search, onSearch }: Props) {
  const { t, language } = useTexts();
  const [panel, setPanel] = useState(() => toPanel(search));
  const [round, setRound] = useState(0); // remounts the boxes when the panel is set from outside
  const [open, setOpen] = usePreference('search.details', false);
  const box = useRef<HTMLInputElement>(null);
  const [composing, setComposing] = useState(false);

  const [shown, setShown] = useState(search);
  if (shown !== search) {
    setShown(search);
    setPanel(toPanel(search));
    setRound((now) => now + 1);
  }

  const draft = useMemo(() => toSearch(panel), [panel]);
  const changed = JSON.stringify(draft) !== JSON.stringify(toSearch(toPanel(search)));
  const wrong = Object.values(panel.fields).some((condition) => isReversed(condition.value));
  const [settled] = useDebouncedValue(draft, 400);
  const count = useCustomerCount(settled, changed && !wrong && !composing);

  const fields = useMemo(() => searchableFields(catalogue), [catalogue]);
  const common = fields.filter((field) => commonFields.includes(field.key));
  const set = (key: string, condition: FieldCondition | undefined) =>
    setPanel((now) => ({ ...now, fields: condition ? { ...now.fields, [key]: condition } : without(now.fields, key) }));
  const run = (next: Panel) => {
    if (!Object.values(next.fields).some((condition) => isReversed(condition.value))) onSearch(toSearch(next));
  };
  const clear = () => run(emptyPanel());
  const condition = (key: string) => {
    const field = catalogue.find(key);
    return field && <ConditionBox key={`${key}-${round}`} field={field} catalogue={catalogue} condition={panel.fields[key]} onChange={(next) => set(key, next)} />;
  };

  return (
    <form
      className={`${classes.panel} no-print`}
      role="search"
      aria-label={t('nav.search')}
      onSubmit={(event) => {
        event.preventDefault();
        run(panel);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
      }}
    >
      <Group gap="sm" align="flex-end" wrap="nowrap" mb={8}>
        <TextInput
          ref={box}
          flex={1}
          maw={640}
          aria-label={t('search.box')}
          placeholder={t('search.boxHint')}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            panel.text !== '' && (
              <ActionIcon size="sm" aria-label={t('search.clearText')} onClick={() => setPanel({ ...panel, text: '' })}>
                <IconX size={14} />
              </ActionIcon>
            )
          }
          maxLength={1000}
          value={panel.text}
          onChange={(event) => setPanel({ ...panel, text: event.currentTarget.value })}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        <Button type="submit" disabled={wrong}>
          {t('search.run')}
        </Button>
        <Button variant="default" onClick={clear}>
          {t('search.clear')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          aria-expanded={open}
          rightSection={open ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {open ? t('search.hideDetails') : t('search.details')}
        </Button>
        <Text size="sm" c="dimmed" aria-live="polite" style={{ whiteSpace: 'nowrap' }} miw={90}>
          {changed && count.data !== undefined && !count.isError ? t('search.draftCount', { count: count.data }) : ''}
        </Text>
      </Group>
      <div className={classes.common}>
        {common.map((field) => condition(field.key))}
        <div className={boxes.box}>
          <span className={boxes.label}>{t('search.deleted')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('search.deleted')}
            value={panel.deleted}
            onChange={(deleted) => setPanel({ ...panel, deleted: deleted as DeletedMode })}
            data={[
              { value: 'without', label: t('search.deletedWithout') },
              { value: 'with', label: t('search.deletedWith') },
              { value: 'only', label: t('search.deletedOnly') },
            ]}
          />
        </div>
      </div>
      <Collapse expanded={open}>
        {open && (
          <div className={classes.details}>
            {catalogue.groups.map((group) => {
              const members = fields.filter((field) => field.group === group.key && !commonFields.includes(field.key));
              if (members.length === 0) return null;
              return (
                <fieldset key={group.key} className={classes.group}>
                  <legend>{group.labels[language]}</legend>
                  <div className={classes.common}>{members.map((field) => condition(field.key))}</div>
                </fieldset>
              );
            })}
          </div>
        )}
      </Collapse>
      <Chips catalogue={catalogue} search={search} onDrop={run} />
    </form>
  );
}

type Chip = { key: string; words: string; without: Panel };

function chipsOf(search: StoredSearch, catalogue: Catalogue, language: 'ja' | 'en', deletedWords: Record<DeletedMode, string>): Chip[] {
  const panel = toPanel(search);
  const chips: Chip[] = [];
  if (panel.text.trim()) chips.push({ key: '$text', words: conditionWords({ text: panel.text.trim() }, catalogue, language), without: { ...panel, text: '' } });
  for (const [key, condition] of Object.entries(panel.fields)) {
    if (!isComplete(condition)) continue;
    chips.push({ key, words: conditionWords({ field: key, ...condition }, catalogue, language), without: { ...panel, fields: without(panel.fields, key) } });
  }
  if (panel.deleted !== 'without') chips.push({ key: '$deleted', words: deletedWords[panel.deleted], without: { ...panel, deleted: 'without' } });
  panel.others.forEach((other: Condition, at) =>
    chips.push({ key: `$other${at}`, words: conditionWords(other, catalogue, language), without: { ...panel, others: panel.others.filter((_, index) => index !== at) } }),
  );
  return chips;
}

/** The active conditions in words; each can be dropped. */
function Chips({ catalogue, search, onDrop }: { catalogue: Catalogue; search: StoredSearch; onDrop: (panel: Panel) => void }) {
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
        {t('search.active')}: {t('search.allCustomers')}
      </Text>
    );
  }
  return (
    <Group gap={6} mt={8} role="list" aria-label={t('search.active')}>
      {chips.map((chip) => (
        <Group key={chip.key} role="listitem" gap={2} wrap="nowrap" pl={8} pr={2} style={{ border: '1px solid var(--otokui-line)', borderRadius: 6 }} bg="var(--otokui-row-chosen)">
          <Text size="xs" style={{ lineHeight: '22px' }}>
            {chip.words}
          </Text>
          <ActionIcon size="xs" aria-label={t('search.dropChip', { words: chip.words })} onClick={() => onDrop(chip.without)}>
            <IconX size={12} />
          </ActionIcon>
        </Group>
      ))}
    </Group>
  );
}
