import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Condition } from '@/features/customer/conditions';
import { answer, api } from '@/lib/api/client';
import { useTexts } from '@/lib/i18n';
import { isComposing } from '@/lib/text/ime';
import { ProblemPanel } from '@/ui/states';
import { masterKeys } from './api';
import classes from './master.module.css';

export type ListState = { ticked: ReadonlySet<string>; text: string; total: number };

type Props = { title: string; condition: Condition; state: ListState; onChange: (state: ListState) => void; onKey: (key: string) => void };

const pageSize = 100;
const restBeforeAsking = 300; // milliseconds

/** Customers of one side, searched and in pages, of which any may be ticked; what is ticked stays so over pages. */
export function MemberList({ title, condition, state, onChange, onKey }: Props) {
  const { t } = useTexts();
  const id = useId();
  const box = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState('');
  const [composing, setComposing] = useState(false);
  const [asked] = useDebouncedValue(composing ? state.text : typed.trim(), restBeforeAsking);
  const [cursor, setCursor] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [told, setTold] = useState(asked);
  if (told !== asked) {
    setTold(asked);
    setCursor(null);
    setActive(0);
  }
  const page = useQuery({
    queryKey: [...masterKeys.all, 'members', condition, asked, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.POST('/customers/search', {
          body: { condition, ...(asked ? { text: asked } : {}), sort: [{ field: 'kana', direction: 'asc' }], columns: ['number', 'name', 'kana'], limit: pageSize, ...(cursor ? { cursor } : {}) },
          signal,
        }),
      ),
  });
  const total = page.data?.total ?? 0;
  useEffect(() => {
    if (state.text !== asked || state.total !== total) onChange({ ...state, text: asked, total });
  }, [state, asked, total, onChange]);

  const rows = page.data?.items ?? [];
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const toggle = (key: string) => {
    const ticked = new Set(state.ticked);
    if (!ticked.delete(key)) ticked.add(key);
    onChange({ ...state, ticked });
  };
  const tickPage = () => onChange({ ...state, ticked: new Set([...state.ticked, ...rows.map((row) => row.id)]) });
  const goTo = (place: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, place));
    setActive(next);
    box.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = rows[at]?.id;
    const acts: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + 12),
      PageUp: () => goTo(at - 12),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ' ': () => key && toggle(key),
      ArrowRight: () => onKey('ArrowRight'),
      ArrowLeft: () => onKey('ArrowLeft'),
    };
    const act = (event.ctrlKey || event.metaKey) && event.key === 'a' ? tickPage : event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');

  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm" id={id}>
          {title}
        </Text>
        <Text size="sm" aria-live="polite">
          {page.data ? t('common.count', { count: total }) : '…'}
        </Text>
      </Group>
      <TextInput
        size="xs"
        aria-label={t('mover.search', { list: title })}
        placeholder={t('mover.placeholder')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || isComposing(event)) return;
          event.preventDefault();
          box.current?.focus();
        }}
      />
      <Button size="compact-xs" variant="subtle" disabled={rows.length === 0} onClick={tickPage} style={{ alignSelf: 'flex-start' }}>
        {t('mover.tickPage')}
      </Button>
      {page.error ? (
        <ProblemPanel problem={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <ul ref={box} className={classes.list} role="listbox" aria-multiselectable aria-labelledby={id} aria-busy={page.isFetching} tabIndex={0} {...(rows.length > 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})} onKeyDown={onKeyDown}>
          {rows.map((row, place) => {
            const ticked = state.ticked.has(row.id);
            return (
              <li
                key={row.id}
                id={`${id}-${place}`}
                role="option"
                aria-selected={ticked}
                className={classes.option}
                data-active={place === at || undefined}
                onClick={() => {
                  setActive(place);
                  toggle(row.id);
                }}
              >
                {ticked ? <IconSquareCheck size={16} aria-hidden /> : <IconSquare size={16} aria-hidden opacity={0.5} />}
                <span>{text(row['number'])}</span>
                <span className={classes.who} title={`${text(row['name'])} ${text(row['kana'])}`}>
                  {text(row['name'])}{' '}
                  <Text span size="xs" c="dimmed">
                    {text(row['kana'])}
                  </Text>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {page.data && rows.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('mover.none')}
        </Text>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {rows.length > 0 && page.data ? t('search.range', { total, from: page.data.first_row, to: page.data.first_row + rows.length - 1 }) : ''}
        </Text>
        <Button.Group>
          <Button size="compact-xs" variant="default" disabled={!page.data?.previous_cursor} leftSection={<IconChevronLeft size={14} aria-hidden />} onClick={() => setCursor(page.data?.previous_cursor ?? null)}>
            {t('search.previous')}
          </Button>
          <Button size="compact-xs" variant="default" disabled={!page.data?.next_cursor} rightSection={<IconChevronRight size={14} aria-hidden />} onClick={() => setCursor(page.data?.next_cursor ?? null)}>
            {t('search.next')}
          </Button>
        </Button.Group>
      </Group>
    </Stack>
  );
}
