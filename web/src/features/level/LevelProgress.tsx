import { Group, Progress, Skeleton, Text } from '@mantine/core';
import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatYen } from '@/lib/text/number';
import { useLevelExplained, type LevelExplained } from './api';
import classes from './level.module.css';

type Need = NonNullable<LevelExplained['next']>['needs'][number];

/** How far a member is from the next level, today. */
export function LevelStanding({ customer }: { customer: string }) {
  const { data: told, error } = useLevelExplained(customer, null);
  if (error || told?.levels.length === 0) return null; // what is wrong the level in the head says when it is asked
  return <div className={classes.standing}>{told ? <Standing told={told} /> : <Skeleton height={60} aria-hidden />}</div>;
}

function Standing({ told }: { told: LevelExplained }) {
  const { t } = useTexts();
  const moves = told.is_member && !told.level_fixed && told.would_be !== told.level;
  if (!moves) return <LevelProgress told={told} />;
  return (
    <>
      <Text size="xs">
        {t('level.wouldBe', { day: formatDay(told.date), name: told.would_be_name ?? t('level.none') })} {told.next_judging ? t('level.next', { day: formatDay(told.next_judging) }) : t('level.noNext')}
      </Text>
      <LevelProgress told={told} />
    </>
  );
}

/** What the next level asks, what there is of it and what is missing; as the server judges. */
export function LevelProgress({ told }: { told: LevelExplained }) {
  const { t } = useTexts();
  const { next } = told;
  if (told.level_fixed) return <Text size="xs">{t('level.fixed')}</Text>;
  if (!told.is_member || told.levels.length === 0) return null;
  if (!next) return told.would_be === told.level ? <Text size="xs">{t('picture.top')}</Text> : null;
  return (
    <>
      <Text size="sm" fw={600}>
        {t('picture.next', { name: next.name })}
      </Text>
      {next.needs.map((need) => (
        <NeedBar key={need.what} need={need} />
      ))}
      <Text size="xs" c="dimmed">
        {next.needs.length > 1 && t(next.match === 'any' ? 'picture.one' : 'picture.both')} {next.from ? t('picture.since', { day: formatDay(next.from) }) : t('picture.ever')}
      </Text>
    </>
  );
}

function NeedBar({ need }: { need: Need }) {
  const { t } = useTexts();
  const amount = (value: number) => (need.what === 'total' ? formatYen(value) : t('customer.times', { count: value }));
  const words = `${t(need.what === 'total' ? 'picture.spent' : 'picture.ordered')} ${amount(need.has)} / ${amount(need.asked)}`;
  const share = need.missing === 0 ? 100 : Math.max(0, (need.has / need.asked) * 100);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="xs">{words}</Text>
        <Text size="xs" fw={600}>
          {need.missing === 0 ? t('picture.met') : t('picture.missing', { amount: amount(need.missing) })}
        </Text>
      </Group>
      <Progress value={share} size={8} aria-label={words} />
    </div>
  );
}
