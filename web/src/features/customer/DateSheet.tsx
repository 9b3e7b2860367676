import { Button, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CatalogueField, Operator } from '@/lib/catalogue';
import type { Bound } from '@/lib/date/relative';
import { useTexts } from '@/lib/i18n';
import { isComposing } from '@/lib/text/ime';
import { DayBound, type BoundValue } from '@/ui/DayBound';
import { isReversed, type FieldCondition } from './conditions';
import { boundsOf, isRelative, rangeCondition, toMoving, toWritten } from './dayRange';
import { YearlyRange } from './YearlyRange';

type Kind = 'day' | 'yearly' | 'empty' | 'not_empty';

function kindOf(op: Operator | undefined): Kind {
  if (op === 'empty' || op === 'not_empty') return op;
  return op === 'anniversary_between' ? 'yearly' : 'day';
}

/** Where a condition on days is put together: single or range, moving with today or not, birthdays, set or not. */
export function DateSheet({ field, label, condition, onApply }: { field: CatalogueField; label: string; condition: FieldCondition | undefined; onApply: (condition: FieldCondition | undefined) => void }) {
  const { t } = useTexts();
  const began = boundsOf(condition);
  const [kind, setKind] = useState<Kind>(kindOf(condition?.op));
  const [from, setFrom] = useState<Bound>(began.from);
  const [to, setTo] = useState<Bound>(began.to);
  const [ranged, setRanged] = useState(condition !== undefined && condition.op !== 'is' && kindOf(condition.op) === 'day');
  const [relative, setRelative] = useState(kindOf(condition?.op) === 'day' && isRelative(condition));
  const [problem, setProblem] = useState<{ from: string | null; to: string | null }>({ from: null, to: null });
  const offers = (op: Operator) => field.operators.includes(op);
  const kinds = [
    { value: 'day', label: t('search.kindDay') },
    ...(offers('anniversary_between') ? [{ value: 'yearly', label: t('search.kindYearly') }] : []),
    ...(offers('empty') ? [{ value: 'empty', label: t('search.kindEmpty') }] : []),
    ...(offers('not_empty') ? [{ value: 'not_empty', label: t('search.kindSet') }] : []),
  ];
  const mayMove = !offers('anniversary_between'); // a birth date is a day of its own; only birthdays move
  const result = ((): FieldCondition | undefined => {
    if (kind === 'empty' || kind === 'not_empty') return { op: kind };
    if (kind === 'yearly') return from !== null && to !== null ? { op: 'anniversary_between', value: { from, to } } : undefined;
    if (ranged) return rangeCondition(from, to);
    return from === null ? undefined : { op: 'is', value: from };
  })();
  const reversed = (kind === 'yearly' || (kind === 'day' && ranged)) && isReversed(result?.value);
  const said = problem.from ?? (ranged ? problem.to : null) ?? (reversed ? t('search.reversed') : null);
  const take = (end: 'from' | 'to') => (next: BoundValue) => {
    (end === 'from' ? setFrom : setTo)(next.value);
    setProblem((now) => ({ ...now, [end]: next.problem }));
  };
  const change = (next: Kind) => {
    setKind(next);
    if ((next === 'yearly') !== (kind === 'yearly')) {
      setFrom(null);
      setTo(null);
      setRelative(false);
      setProblem({ from: null, to: null });
    }
  };
  const apply = () => {
    if (!said) onApply(result);
  };
  return (
    <Stack
      gap="xs"
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !isComposing(event) && (event.target as HTMLElement).tagName === 'INPUT') {
          event.preventDefault();
          apply();
        }
      }}
    >
      <SegmentedControl size="xs" fullWidth aria-label={t('search.kindOf', { field: label })} value={kind} onChange={(next) => change(next as Kind)} data={kinds} />
      {kind === 'day' && (
        <>
          <Group gap="md">
            <Checkbox size="xs" label={t('search.asRange')} checked={ranged} onChange={(event) => setRanged(event.currentTarget.checked)} />
            {mayMove && (
              <Checkbox
                size="xs"
                label={t('search.relative')}
                checked={relative}
                onChange={(event) => {
                  const moves = event.currentTarget.checked;
                  setRelative(moves);
                  setFrom(moves ? (toMoving(from) ?? { ago: 0, unit: 'day' }) : toWritten(from));
                  setTo(moves ? (toMoving(to) ?? (ranged ? { ago: 0, unit: 'day' } : null)) : toWritten(to));
                  setProblem({ from: null, to: null });
                }}
              />
            )}
          </Group>
          <DayBound label={t('search.fromOf', { field: label })} value={from} relative={relative} wareki={!mayMove} onChange={take('from')} error={reversed || problem.from !== null} />
          <Group gap={6} wrap="nowrap" align="flex-start">
            <span aria-hidden>〜</span>
            <div style={{ flex: 1 }}>
              <DayBound label={t('search.toOf', { field: label })} value={to} relative={relative} wareki={!mayMove} disabled={!ranged} onChange={take('to')} error={ranged && (reversed || problem.to !== null)} />
            </div>
          </Group>
        </>
      )}
      {kind === 'yearly' && (
        <YearlyRange
          label={label}
          bounds={{ from, to }}
          onChange={(next) => {
            setFrom(next.from);
            setTo(next.to);
          }}
          error={reversed}
        />
      )}
      {said && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {said}
        </Text>
      )}
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="default" onClick={() => onApply(undefined)}>
          {t('search.noCondition')}
        </Button>
        <Button size="xs" disabled={said !== null} onClick={apply}>
          {t('search.applyDate')}
        </Button>
      </Group>
    </Stack>
  );
}
