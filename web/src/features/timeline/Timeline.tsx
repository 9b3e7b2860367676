import { Button, Group, Stack, Text } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { formatAgo, formatDayWithWeekday, formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { NearView } from '@/ui/NearView';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useTimeline, type TimelineItem } from './api';
import { KindIcon, linkOf } from './kinds';
import classes from './Timeline.module.css';

/** タイムライン: everything that happened to a customer in one stream, by day, newest first. */
export function Timeline({ customer }: { customer: string }) {
  const { t } = useTexts();
  const [kinds, setKinds] = useState<string[]>([]);
  const timeline = useTimeline(customer, kinds);
  const pages = timeline.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const stretches = useMemo(() => inStretches(byDay(items)), [items]);
  const known = useKinds(pages?.[0]?.kinds);
  return (
    <Stack gap="sm" component="section" aria-label={t('timeline.title')}>
      {known.length > 1 && <KindFilter known={known} chosen={kinds} onChange={setKinds} />}
      {timeline.error ? (
        <ProblemPanel problem={timeline.error} onRetry={() => void timeline.refetch()} />
      ) : !pages ? (
        <LinesSkeleton lines={10} />
      ) : items.length === 0 ? (
        <EmptyState title={kinds.length > 0 ? t('timeline.noneOfKinds') : t('timeline.none')}>{kinds.length === 0 && t('timeline.noneText')}</EmptyState>
      ) : (
        <Stack gap={dayGap}>
          {stretches.map((days, at) => (
            <NearDays key={at} days={days} customer={customer} first={at === 0} />
          ))}
          {timeline.hasNextPage ? (
            <Button variant="default" w="fit-content" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
              {t('timeline.older')}
            </Button>
          ) : (
            <Text size="xs" c="dimmed">
              {t('timeline.end')}
            </Text>
          )}
        </Stack>
      )}
    </Stack>
  );
}

type Kind = { kind: string; label: { ja: string; en: string } };

/** The kinds stay while a page is on its way: the buttons do not jump. */
function useKinds(kinds: Kind[] | undefined): Kind[] {
  const [last, setLast] = useState<Kind[]>([]);
  if (kinds && kinds !== last) setLast(kinds);
  return kinds ?? last;
}

function KindFilter({ known, chosen, onChange }: { known: Kind[]; chosen: string[]; onChange: (kinds: string[]) => void }) {
  const { t, language } = useTexts();
  const toggle = (kind: string) => onChange(chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]);
  return (
    <Group gap={6} role="group" aria-label={t('timeline.filter')} className="no-print">
      <Button size="compact-xs" variant={chosen.length === 0 ? 'filled' : 'default'} aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        {t('timeline.all')}
      </Button>
      {known.map(({ kind, label }) => (
        <Button
          key={kind}
          size="compact-xs"
          variant={chosen.includes(kind) ? 'filled' : 'default'}
          aria-pressed={chosen.includes(kind)}
          leftSection={<KindIcon kind={kind} size={13} />}
          onClick={() => toggle(kind)}
        >
          {label[language]}
        </Button>
      ))}
    </Group>
  );
}

type DayItems = { day: string; items: TimelineItem[] };

function byDay(items: TimelineItem[]): DayItems[] {
  const days: DayItems[] = [];
  for (const item of items) {
    const day = item.at.slice(0, 10);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

const stretch = 50; // items that are near or far together, at least: some people have thousands
const dayGap = 12; // px
const headingHeight = 27;
const itemHeight = 48; // with one line of detail

const daysHeight = (days: DayItems[]) => days.reduce((sum, { items }) => sum + headingHeight + items.length * itemHeight + dayGap, -dayGap);

/** Days together until they have that many items; a day that has more of them stands alone. */
function inStretches(days: DayItems[]): DayItems[][] {
  const stretches: DayItems[][] = [];
  let size = stretch;
  for (const day of days) {
    if (size + day.items.length > stretch) {
      stretches.push([]);
      size = 0;
    }
    stretches.at(-1)?.push(day);
    size += day.items.length;
  }
  return stretches;
}

const NearDays = memo(function NearDays({ days, customer, first }: { days: DayItems[]; customer: string; first: boolean }) {
  return (
    <NearView height={daysHeight(days)} near={first}>
      <Stack gap={dayGap}>
        {days.map(({ day, items }) => (
          <Day key={day} day={day} items={items} customer={customer} />
        ))}
      </Stack>
    </NearView>
  );
});

function Day({ day, items, customer }: { day: string; items: TimelineItem[]; customer: string }) {
  const { language } = useTexts();
  const heading = formatDayWithWeekday(day, language);
  const parts = Array.from({ length: Math.ceil(items.length / stretch) }, (_, at) => items.slice(at * stretch, (at + 1) * stretch));
  return (
    <div>
      <h2 className={classes.heading} style={{ margin: 0 }}>
        {heading}
      </h2>
      {parts.map((some, at) => (
        <NearView key={at} height={some.length * itemHeight} near={at === 0}>
          <ul className={classes.list} aria-label={heading}>
            {some.map((item) => (
              <Item key={`${item.kind}${item.id}`} item={item} customer={customer} />
            ))}
          </ul>
        </NearView>
      ))}
    </div>
  );
}

function Item({ item, customer }: { item: TimelineItem; customer: string }) {
  const { language } = useTexts();
  const may = useMay();
  const link = linkOf(item, customer, may('history.read'));
  const title = item.title[language];
  return (
    <li className={classes.item}>
      <time className={classes.time} dateTime={item.at} title={`${formatMoment(item.at)} (${formatAgo(item.at, language)})`}>
        {item.at.slice(11, 16)}
      </time>
      <KindIcon kind={item.kind} size={16} className={classes.icon ?? ''} />
      <div>
        {link ? (
          <Link to={link} className={classes.title}>
            {title}
          </Link>
        ) : (
          <span className={classes.title}>{title}</span>
        )}
        {item.detail && <div className={classes.detail}>{item.detail}</div>}
      </div>
    </li>
  );
}
