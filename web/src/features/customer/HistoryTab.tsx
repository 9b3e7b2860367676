import { Button, Group, Stack, Switch } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { NearView } from '@/ui/NearView';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useHistory, type Customer, type HistoryItem } from './api';
import { guessHeight, HistoryCard, type RecordState } from './HistoryCard';

const stretch = 50; // items that are near or far together: some people have thousands
const gap = 12; // px between cards

/** 変更履歴: who changed what and when, before and after, newest first. */
export function HistoryTab({ customer, catalogue }: { customer: Customer; catalogue: Catalogue }) {
  const { t } = useTexts();
  const history = useHistory(customer.id);
  const [all, setAll] = useState(false);
  const stretches = useMemo(() => inStretches(history.data?.pages.flatMap((page) => page.items) ?? []), [history.data]);
  const states = useMemo(() => (all ? newestStates(customer, stretches) : []), [all, customer, stretches]);
  if (history.error) return <ProblemPanel problem={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <LinesSkeleton lines={10} />;
  if (stretches.length === 0) return <EmptyState title={t('history.none')} />;
  return (
    <Stack gap={gap} maw={1080}>
      <Group justify="space-between">
        <Switch label={t('history.allRows')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
        <Button component={Link} to={`/customers/${customer.id}/past`} size="compact-sm" variant="default" leftSection={<IconHistory size={14} aria-hidden />}>
          {t('past.menu')}
        </Button>
      </Group>
      {stretches.map((items, at) => (
        <Stretch key={`${at} ${all}`} items={items} catalogue={catalogue} newest={states[at] ?? null} first={at === 0} />
      ))}
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Stack>
  );
}

function inStretches(items: HistoryItem[]): HistoryItem[][] {
  return Array.from({ length: Math.ceil(items.length / stretch) }, (_, at) => items.slice(at * stretch, (at + 1) * stretch));
}

type StretchProps = {
  items: HistoryItem[];
  catalogue: Catalogue;
  newest: RecordState | null; // the record as it was after the newest of them, where all its rows are asked for
  first: boolean;
};

const Stretch = memo(function Stretch({ items, catalogue, newest, first }: StretchProps) {
  const states = useMemo(() => (newest ? statesAfter(newest, items) : []), [newest, items]);
  const height = items.reduce((sum, item) => sum + guessHeight(item, catalogue, newest !== null) + gap, -gap);
  return (
    <NearView height={height} near={first}>
      <Stack gap={gap}>
        {items.map((item, at) => (
          <HistoryCard key={item.id} item={item} catalogue={catalogue} state={states[at] ?? null} />
        ))}
      </Stack>
    </NearView>
  );
});

/** Makes of the record as it was after an item what it was before. */
function takeBack(state: RecordState, item: HistoryItem): void {
  for (const change of item.changes) if (change.kind === 'customer') state[change.field] = change.before;
}

/** The record as it was after each item: `newest`, with everything newer taken back. */
function statesAfter(newest: RecordState, items: HistoryItem[]): RecordState[] {
  const state = { ...newest };
  return items.map((item) => {
    const after = { ...state };
    takeBack(state, item);
    return after;
  });
}

/** The record as it was after the newest item of each stretch: today's values, with everything newer taken back. */
function newestStates(customer: Customer, stretches: HistoryItem[][]): RecordState[] {
  const state: RecordState = { ...customer };
  return stretches.map((items) => {
    const newest = { ...state };
    for (const item of items) takeBack(state, item);
    return newest;
  });
}
