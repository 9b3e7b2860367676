import { Loader, Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAppWindow, IconListSearch, IconSearch, IconUser, type Icon } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { shownValue, StatusBadge } from '@/features/customer/columns';
import { hiddenHits } from '@/features/customer/hits';
import { useQuickFind } from '@/features/customer/quickFind';
import { useStoreSearch } from '@/features/customer/searchApi';
import { places as settingsPlaces } from '@/features/settings/SettingsPage';
import { asProblem } from '@/lib/api/problem';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useSearchHint } from '@/lib/searchHint';
import { useFeature, useMay } from '@/lib/session';
import { markWords, wordsOf } from '@/lib/text/highlight';
import { isComposing } from '@/lib/text/ime';
import { Marked } from '@/ui/Marked';
import { useProblemToast } from '@/ui/states';
import { areas, places } from './areas';
import classes from './CommandPalette.module.css';

const settlesAfter = 150;
const shownColumns = new Set(['number', 'name', 'kana']);

type Choice = { key: string; icon: Icon; words: ReactNode; note?: ReactNode; go: () => Promise<void> | void };

/** Ctrl+K: by a few letters to a customer or a screen, without the mouse. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const hint = useSearchHint('palette');
  useFocusGivenBack();
  const [text, setText] = useState('');
  const [composing, setComposing] = useState(false);
  const [at, setAt] = useState(0);
  const [wanted] = useDebouncedValue(composing ? '' : text.trim(), settlesAfter);
  const typed = text.trim();
  const customers = useCustomerChoices(typed === '' ? '' : wanted, onClose);
  const choices = [...customers.choices, ...useScreenChoices(typed, onClose), ...useListChoice(typed, onClose)];
  const current = Math.min(at, choices.length - 1);
  const list = useId();
  const option = (index: number) => `${list}-${index}`;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer a promise here, and React would take that for what cleans up.
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const move = (by: number) => setAt((current + by + choices.length) % Math.max(1, choices.length));

  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={640} yOffset="10vh" centered={false} title={t('palette.title')} classNames={{ header: 'visually-hidden' }}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded={choices.length > 0}
        aria-controls={list}
        aria-activedescendant={choices.length > 0 ? option(current) : undefined}
        variant="unstyled"
        size="md"
        className={classes.box ?? ''}
        placeholder={hint}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={customers.busy ? <Loader size="xs" aria-hidden /> : null}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') {
            // What stands there must be what was typed: Enter right after the last letter waits for its answer.
            if (!customers.settled) return;
            void choices[current]?.go();
          } else return;
          event.preventDefault();
        }}
      />
      <div ref={box} id={list} role="listbox" aria-label={t('palette.title')} className={classes.list}>
        {choices.map(({ key, icon: Icon, words, note, go }, index) => (
          <div key={key} id={option(index)} role="option" aria-selected={index === current} className={classes.choice} onMouseMove={() => setAt(index)} onClick={() => void go()}>
            <Icon size={16} aria-hidden />
            <span className={classes.words}>{words}</span>
            {note && <span className={classes.note}>{note}</span>}
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed" px="md" py={8} aria-live="polite">
        {customers.none ? t('palette.none') : t('palette.keys')}
      </Text>
    </Modal>
  );
}

/** Where one was before, unless that is gone with its page. */
function useFocusGivenBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
      });
    },
    [before],
  );
}

function useCustomerChoices(text: string, onClose: () => void): { choices: Choice[]; busy: boolean; none: boolean; settled: boolean } {
  const { t, language } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const { catalogue } = useCatalogue();
  const mayRead = may('customer.read');
  const found = useQuickFind(mayRead ? text : '', catalogue);
  if (!catalogue || text === '' || !mayRead) return { choices: [], busy: false, none: false, settled: true };
  const words = wordsOf(text);
  const shown = (row: object, key: string) => {
    const field = catalogue.find(key);
    return field ? shownValue(row, field, catalogue, language, t) : '';
  };
  const choices = (found.data ?? []).map((row): Choice => {
    const hits = hiddenHits(row, words, shownColumns, catalogue, language, t);
    return {
      key: `customer-${row.id}`,
      icon: IconUser,
      words: (
        <>
          <Marked text={shown(row, 'name') || t('customer.noName')} words={words} /> <span className={classes.faint}><Marked text={shown(row, 'kana')} words={words} /></span>
          {hits.map((hit) => (
            <span key={hit.key} className={classes.hit}>
              {t('search.hitIn', { field: hit.label })} <Marked text={hit.text} words={words} />
            </span>
          ))}
        </>
      ),
      note: (
        <>
          <Marked text={shown(row, 'number')} words={words} /> <StatusBadge status={String(row.status)} label={shown(row, 'status')} />
        </>
      ),
      go: () => {
        onClose();
        void navigate(`/customers/${row.id}`);
      },
    };
  });
  return { choices, busy: found.isFetching, none: found.data?.length === 0, settled: !found.isPlaceholderData && found.data !== undefined };
}

function useScreenChoices(text: string, onClose: () => void): Choice[] {
  const { t } = useTexts();
  const may = useMay();
  const isOn = useFeature();
  const navigate = useNavigate();
  const screens = [
    ...areas.filter((area) => !('feature' in area) || isOn(area.feature)).map(({ path, text: name, right }) => ({ path: path as string, right, words: t(name) })),
    ...places.map(({ path, text: name, right }) => ({ path: path as string, right, words: t(name) })),
    ...settingsPlaces.map(({ path, text: name, right }) => ({ path: `/settings/${path}`, right, words: `${t('nav.settings')} › ${t(name)}` })),
  ];
  return screens
    .filter(({ right, words }) => (right === null || may(right)) && (text === '' || markWords(words, [text]).some((piece) => piece.hit)))
    .map(({ path, words }) => ({
      key: path,
      icon: IconAppWindow,
      words: <Marked text={words} words={wordsOf(text)} />,
      note: t('palette.screen'),
      go: () => {
        onClose();
        void navigate(path);
      },
    }));
}

/** The last choice: the whole list of customers that match. What is searched for never stands in the URL. */
function useListChoice(text: string, onClose: () => void): Choice[] {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const store = useStoreSearch();
  const tell = useProblemToast();
  if (text === '' || !may('customer.read')) return [];
  return [
    {
      key: '$list',
      icon: IconListSearch,
      words: t('palette.toList', { text }),
      go: async () => {
        onClose();
        try {
          await navigate(`/customers?s=${await store({ text })}`);
        } catch (thrown) {
          tell(asProblem(thrown));
        }
      },
    },
  ];
}
