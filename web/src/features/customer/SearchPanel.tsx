import { Alert, Button, Group, SegmentedControl, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBinaryTree, IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useLists } from '@/features/list/api';
import { ByListButton } from '@/features/list/ByListButton';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useSearchHint } from '@/lib/searchHint';
import { usePreference } from '@/lib/preferences';
import { without } from '@/lib/record';
import { isComposing } from '@/lib/text/ime';
import { Form } from '@/ui/Form';
import { IconButton } from '@/ui/IconButton';
import { goToRows } from '@/ui/toRows';
import { fromGroup, toGroup, type GroupNode } from './builder/tree';
import { ConditionBox } from './ConditionBox';
import boxes from './ConditionBox.module.css';
import { ConditionChips } from './ConditionChips';
import { conditionWords } from './conditionWords';
import { anyReversed, emptyPanel, isLeaf, listsOf, searchableFields, toCondition, toPanel, toSearch, withLeaf, type DeletedMode, type FieldCondition, type Panel, type StoredSearch } from './conditions';
import classes from './customer.module.css';

const ConditionBuilder = lazy(async () => ({ default: (await import('./builder/ConditionBuilder')).ConditionBuilder }));

// The fields that people use most stand open; all others are one click away, in the groups of the catalogue.
const commonFields = ['status', 'prefecture', 'birth_date', 'last_purchase_at', 'purchase_total'];
const settlesAfter = 250;

type Props = {
  catalogue: Catalogue;
  search: StoredSearch;
  onSearch: (search: StoredSearch) => void;
  /** Told of conditions that were changed but not searched for yet; null when there are none. */
  onDraft: (draft: StoredSearch | null) => void;
  /** Further buttons beside the panel's own. */
  acts?: ReactNode;
  /** What was asked for is on its way. */
  busy: boolean;
};

/** The conditions of a search: boxes as in the manuals, or the builder. Both edit the same tree. */
export function SearchPanel({ catalogue, search, onSearch, onDraft, acts, busy }: Props) {
  const { t } = useTexts();
  const hint = useSearchHint('box');
  const [panel, setPanel] = useState(() => toPanel(search));
  const [tree, setTree] = useState<GroupNode | null>(null); // while the builder is open, it holds the conditions
  const [round, setRound] = useState(0); // remounts the boxes when the panel is set from outside
  const [open, setOpen] = usePreference('search.details', false);
  const [composing, setComposing] = useState(false);

  const [shown, setShown] = useState(search);
  const show = (next: StoredSearch) => {
    setPanel(toPanel(next));
    setTree((now) => (now ? toGroup(next.condition) : null));
    setRound((now) => now + 1);
  };
  if (shown !== search) {
    setShown(search);
    show(search);
  }

  const draft = useMemo(() => (tree ? withText(panel.text, fromGroup(tree)) : toSearch(panel)), [panel, tree]);
  useLists(listsOf(draft.condition));
  const wrong = anyReversed(draft.condition);
  const changed = JSON.stringify(toSearch(toPanel(draft))) !== JSON.stringify(toSearch(toPanel(search)));
  const asked = changed && !wrong && !composing ? draft : null;
  const [settled] = useDebouncedValue(asked, settlesAfter);
  const told = asked && settled; // a draft that was searched for or taken back is no longer counted, without delay
  useEffect(() => onDraft(told), [told, onDraft]);

  const run = (next: StoredSearch) => {
    if (!anyReversed(next.condition)) onSearch(next);
  };
  const openBuilder = () => setTree(toGroup(toCondition(panel)));
  const closeBuilder = () => {
    setPanel(toPanel(draft));
    setTree(null);
    setRound((now) => now + 1);
  };

  return (
    <Form
      className={`${classes.panel} no-print`}
      role="search"
      aria-label={t('nav.search')}
      onSubmit={() => run(draft)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={downToRows}
    >
      <Group gap="xs" mb={8}>
        <TextInput
          flex="1 1 420px"
          maw={640}
          aria-label={t('search.box')}
          placeholder={hint}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            panel.text !== '' && (
              <IconButton size="sm" label={t('search.clearText')} onClick={() => setPanel({ ...panel, text: '' })}>
                <IconX size={14} />
              </IconButton>
            )
          }
          maxLength={1000}
          value={panel.text}
          onChange={(event) => setPanel({ ...panel, text: event.currentTarget.value })}
        />
        <Button type="submit" variant="light" disabled={wrong} loading={busy}>
          {t('search.run')}
        </Button>
        <Button variant="default" onClick={() => run(toSearch(emptyPanel()))}>
          {t('search.clear')}
        </Button>
        <ByListButton onLeaf={(leaf) => run(withLeaf(draft, leaf))} />
        {acts}
        {!tree && (
          <Button variant="subtle" color="gray" aria-expanded={open} rightSection={open ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />} onClick={() => setOpen(!open)}>
            {open ? t('search.hideDetails') : t('search.details')}
          </Button>
        )}
        <Button variant="subtle" color="gray" leftSection={<IconBinaryTree size={16} aria-hidden />} aria-pressed={tree !== null} onClick={tree ? closeBuilder : openBuilder}>
          {t(tree ? 'builder.close' : 'builder.open')}
        </Button>
      </Group>
      {tree ? (
        <div className={classes.details} role="group" aria-label={t('builder.title')}>
          <Suspense>
            <ConditionBuilder key={round} catalogue={catalogue} root={tree} onChange={setTree} />
          </Suspense>
        </div>
      ) : (
        <SimpleBoxes key={round} catalogue={catalogue} panel={panel} onPanel={setPanel} open={open} onBuilder={openBuilder} />
      )}
      {tree && <TreeWords catalogue={catalogue} search={draft} />}
      <ConditionChips catalogue={catalogue} search={search} onDrop={(next) => run(toSearch(next))} />
    </Form>
  );
}

/** From a line of text to the rows it found; a list that is open below its box takes the key itself. */
function downToRows(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.key !== 'ArrowDown' || event.defaultPrevented || isComposing(event)) return;
  if (!(target instanceof HTMLInputElement) || target.type !== 'text' || target.getAttribute('aria-haspopup') !== null) return;
  if (goToRows()) event.preventDefault();
}

// The buttons beside the box, and the boxes below it, of which the first is twice as wide: as high as what comes, also where they wrap.
const buttonBones = [156, 104, 160, 172, 104, 134];

/** Where the panel will stand, until there is something to search by. */
export function SearchPanelBones() {
  return (
    <div className={`${classes.panel} no-print`} aria-hidden>
      <Group gap="xs" mb={8}>
        <Skeleton flex="1 1 420px" maw={640} height={36} radius={6} />
        {buttonBones.map((width, at) => (
          <Skeleton key={at} width={width} height={36} radius={6} />
        ))}
      </Group>
      <div className={classes.common}>
        {[...commonFields, 'deleted', 'wide'].map((key) => (
          <Skeleton key={key} height={57} radius={4} />
        ))}
      </div>
      <Skeleton width={220} height={24} mt={8} radius={6} />
    </div>
  );
}

function withText(text: string, condition: StoredSearch['condition']): StoredSearch {
  const words = text.trim();
  return { ...(condition ? { condition } : {}), ...(words ? { text: words } : {}) };
}

function TreeWords({ catalogue, search }: { catalogue: Catalogue; search: StoredSearch }) {
  const { t, language } = useTexts();
  return (
    <Text size="sm" mt={8} aria-live="polite">
      <b>{t('builder.words')}</b>
      {language === 'ja' ? '：' : ': '}
      {search.condition ? conditionWords(search.condition, catalogue, language) : t('search.allCustomers')}
    </Text>
  );
}

type BoxesProps = { catalogue: Catalogue; panel: Panel; onPanel: (change: (now: Panel) => Panel) => void; open: boolean; onBuilder: () => void };

/** The boxes of the manuals: the common fields and the deleted mode, the rest folded, in the groups of the catalogue. */
function SimpleBoxes({ catalogue, panel, onPanel, open, onBuilder }: BoxesProps) {
  const { t, language } = useTexts();
  const fields = useMemo(() => searchableFields(catalogue), [catalogue]);
  const set = (key: string, condition: FieldCondition | undefined) =>
    onPanel((now) => ({ ...now, fields: condition ? { ...now.fields, [key]: condition } : without(now.fields, key) }));
  const others = panel.others.filter((other) => !isLeaf(other) || other.list === undefined); // a list is dropped and added as a whole
  const box = (key: string) => {
    const field = catalogue.find(key);
    return field && <ConditionBox key={key} field={field} catalogue={catalogue} condition={panel.fields[key]} onChange={(next) => set(key, next)} />;
  };
  return (
    <>
      <div className={classes.common}>
        {fields.filter((field) => commonFields.includes(field.key)).map((field) => box(field.key))}
        <div className={boxes.box}>
          <span className={boxes.label}>{t('search.deleted')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('search.deleted')}
            value={panel.deleted}
            onChange={(deleted) => onPanel((now) => ({ ...now, deleted: deleted as DeletedMode }))}
            data={[
              { value: 'without', label: t('search.deletedWithout') },
              { value: 'with', label: t('search.deletedWith') },
              { value: 'only', label: t('search.deletedOnly') },
            ]}
          />
        </div>
      </div>
      {others.length > 0 && (
        <Alert mt={8} py={6} px="sm" color="gray" title={t('builder.others')}>
          <Group gap="xs" justify="space-between" wrap="nowrap">
            <Text size="sm">{others.map((other) => conditionWords(other, catalogue, language)).join(language === 'ja' ? ' かつ ' : ' and ')}</Text>
            <Button size="compact-sm" variant="default" style={{ flexShrink: 0 }} onClick={onBuilder}>
              {t('builder.editOther')}
            </Button>
          </Group>
        </Alert>
      )}
      {open && (
        <div className={classes.details}>
          {catalogue.groups.map((group) => {
            const members = fields.filter((field) => field.group === group.key && !commonFields.includes(field.key));
            if (members.length === 0) return null;
            return (
              <fieldset key={group.key} className={classes.group}>
                <legend>{group.labels[language]}</legend>
                <div className={classes.common}>{members.map((field) => box(field.key))}</div>
              </fieldset>
            );
          })}
        </div>
      )}
    </>
  );
}
