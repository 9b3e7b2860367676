import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { asProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { sessionKeys, useMe } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Form } from '@/ui/Form';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { useChangeSaved, useOrderSaved, useRunSaved, useSavedSearches, useSaveSearch, type SavedSearch, type SavedSearchContent } from './api';
import { ContentList } from './ContentList';
import { DeleteDialog, OverwriteDialog } from './dialogs';
import { OrderList } from './OrderList';
import classes from './saved.module.css';
import { SavedRow } from './SavedRow';

type Density = NonNullable<SavedSearchContent['density']>;
type Looks = { density?: Density; widths?: Record<string, number> };
/** A saved search as the list takes it over: the id of the stored search, and how the list looked. */
export type CalledUp = { search: string; looks: Looks };
type Props = { catalogue: Catalogue; current: SavedSearchContent; onRun: (called: CalledUp) => void; onClose: () => void };

const isDensity = (value: unknown): value is Density => value === 'compact' || value === 'normal' || value === 'relaxed';

function looksOf({ content }: SavedSearch): Looks {
  const { density, widths } = content as Record<string, unknown>;
  const isWidths = typeof widths === 'object' && widths !== null && Object.values(widths).every((width) => typeof width === 'number');
  return { ...(isDensity(density) ? { density } : {}), ...(isWidths ? { widths: widths as Record<string, number> } : {}) };
}

export function SavedSearchDialog({ catalogue, current, onRun, onClose }: Props) {
  const { t } = useTexts();
  const me = useMe();
  const cache = useQueryClient();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const [chosen, setScope] = useState('personal');
  const [ordering, setOrdering] = useState<SavedSearch[] | null>(null);
  const [overwriting, setOverwriting] = useState<SavedSearch | null>(null);
  const [deleting, setDeleting] = useState<SavedSearch | null>(null);
  const change = useChangeSaved();
  const order = useOrderSaved();
  const run = useRunSaved();

  // Groups may have changed since the page was opened.
  useEffect(() => void cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true }), [cache]);
  const scope = chosen === 'personal' || me.member_groups.some((group) => group.id === chosen) ? chosen : 'personal';
  const group = me.member_groups.find(({ id }) => id === scope)?.name ?? null;
  const list = useSavedSearches(scope);
  const lost = list.error?.status === 404;
  useEffect(() => {
    if (lost) void cache.invalidateQueries({ queryKey: sessionKeys.me, exact: true });
  }, [lost, cache]);

  const failed = (thrown: unknown) => {
    const { title, detail } = words(asProblem(thrown));
    toastProblem(title, detail);
  };
  const rename = async (saved: SavedSearch, name: string) => {
    try {
      const { operation } = await change.mutateAsync({ saved, body: { name } });
      toast(t('saved.renamed', { name }), undoOf(operation));
      return true;
    } catch (thrown) {
      failed(thrown);
      return false;
    }
  };
  const saveOrder = (items: SavedSearch[]) =>
    order.mutate(
      { scope, ids: items.map(({ id }) => id) },
      {
        onSuccess: ({ operation }) => toast(t('saved.ordered'), undoOf(operation)),
        onError: failed,
        onSettled: () => setOrdering(null),
      },
    );
  const call = (saved: SavedSearch) =>
    run.mutate(saved, {
      onSuccess: (search) => onRun({ search, looks: looksOf(saved) }),
      onError: failed,
    });
  const items = list.data ?? [];

  return (
    <Modal opened onClose={onClose} size={720} title={t('saved.open')} closeOnEscape={ordering === null} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <Select
            label={t('saved.scope')}
            w={280}
            allowDeselect={false}
            data={[{ value: 'personal', label: t('saved.personal') }, ...me.member_groups.map(({ id, name }) => ({ value: id, label: name }))]}
            value={scope}
            onChange={(next) => {
              setScope(next ?? 'personal');
              setOrdering(null);
            }}
          />
          {ordering ? (
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => setOrdering(null)}>
                {t('saved.cancel')}
              </Button>
              <Button size="xs" loading={order.isPending} onClick={() => saveOrder(ordering)}>
                {t('saved.orderDone')}
              </Button>
            </Group>
          ) : (
            <Button size="xs" variant="default" leftSection={<IconArrowsSort size={14} aria-hidden />} disabled={items.length < 2} onClick={() => setOrdering(items)}>
              {t('saved.order')}
            </Button>
          )}
        </Group>
        {list.error ? (
          lost ? <Text size="sm">{t('saved.gone')}</Text> : <ProblemPanel problem={list.error} onRetry={() => void list.refetch()} />
        ) : !list.data ? (
          <LinesSkeleton lines={4} />
        ) : ordering ? (
          <OrderList items={ordering} onChange={setOrdering} />
        ) : items.length === 0 ? (
          <EmptyState title={t('saved.empty')}>{t('saved.emptyText')}</EmptyState>
        ) : (
          <ul className={classes.list} aria-label={group ?? t('saved.personal')}>
            {items.map((saved) => (
              <SavedRow
                key={saved.id}
                saved={saved}
                catalogue={catalogue}
                busy={run.isPending}
                onRun={() => call(saved)}
                onRename={(name) => rename(saved, name)}
                onOverwrite={() => setOverwriting(saved)}
                onDelete={() => setDeleting(saved)}
              />
            ))}
          </ul>
        )}
        <SaveForm key={scope} scope={scope} group={group} current={current} catalogue={catalogue} undoOf={undoOf} />
      </Stack>
      {overwriting && <OverwriteDialog saved={overwriting} current={current} catalogue={catalogue} undoOf={undoOf} onFailed={failed} onClose={() => setOverwriting(null)} />}
      {deleting && <DeleteDialog saved={deleting} undoOf={undoOf} onFailed={failed} onClose={() => setDeleting(null)} />}
    </Modal>
  );
}

type SaveProps = { scope: string; group: string | null; current: SavedSearchContent; catalogue: Catalogue; undoOf: (operation: string | null) => { label: string; run: () => void } | undefined };

/** 「現在の検索条件を保存する」: the conditions in view, under a name, into the scope in view. */
function SaveForm({ scope, group, current, catalogue, undoOf }: SaveProps) {
  const { t } = useTexts();
  const save = useSaveSearch();
  const [name, setName] = useState('');
  const errors = save.error?.fieldErrors() ?? {};
  const submit = () =>
    save.mutate(
      { scope, name: name.trim(), content: current },
      {
        onSuccess: ({ operation }) => {
          toast(t('saved.saved', { name: name.trim() }), undoOf(operation));
          setName('');
        },
      },
    );
  return (
    <Form
      onSubmit={() => {
        if (name.trim() !== '') submit();
      }}
    >
      <Stack gap={6}>
        <Text size="sm" fw={600}>
          {t('saved.saveCurrent')}
        </Text>
        <ContentList content={current} catalogue={catalogue} />
        {save.error && !errors['name'] && <ProblemPanel problem={save.error} />}
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <TextInput flex={1} maxLength={100} aria-label={t('saved.name')} placeholder={t('saved.name')} error={errors['name']} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('saved.save')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {group ? t('saved.sharedWith', { group }) : t('saved.onlyMe')}
        </Text>
      </Stack>
    </Form>
  );
}
