import { Alert, Anchor, Button, Group, Paper, Stack, Switch, Table, Text, TextInput, Title } from '@mantine/core';
import { IconArrowBackUp, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { shownValue } from '@/features/customer/columns';
import { composed, viewFields } from '@/features/customer/formModel';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTimeline } from '@/features/timeline/api';
import { Form } from '@/ui/Form';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { usePast, useRestoreFields, type PastCustomer } from './api';
import { PastAddresses } from './PastAddresses';
import { fromBeginning, marksOf, momentAt, momentsOf, toTheSecond, typedMoment, typedOf, type PastMoment } from './moments';
import classes from './Past.module.css';

type Customer = Schemas['Customer'];
const mostTicks = 100; // more would be one grey bar

/** 過去の状態: the record as it stood at a moment, against the record of now. */
export function PastView({ customer, catalogue, mayEdit }: { customer: Customer; catalogue: Catalogue; mayEdit: boolean }) {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const timeline = useTimeline(customer.id, ['record', 'address', 'payment'], 200);
  const moments = useMemo(() => {
    const changes = momentsOf(timeline.data?.pages.flatMap((page) => page.items) ?? []);
    return timeline.data ? fromBeginning(changes, customer.created_at, t('past.registered')) : changes;
  }, [timeline.data, customer.created_at, t]);
  // The address follows a moment later: a slider that waited for it would spring back under the hand.
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = picked ?? params.get('at') ?? momentAt(moments);
  const choose = useCallback(
    (at: string) => {
      setPicked(at);
      setParams({ at }, { replace: true });
    },
    [setParams],
  );
  // The address names the moment from the start: who gets it sees the same, also after further changes.
  useEffect(() => {
    if (chosen && !params.has('at')) setParams({ at: chosen }, { replace: true });
  }, [chosen, params, setParams]);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2}>{t('past.title')}</Title>
        <Button component={Link} to={`/customers/${customer.id}`} variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />}>
          {t('past.back')}
        </Button>
      </Group>
      {timeline.error && <ProblemPanel problem={timeline.error} onRetry={() => void timeline.refetch()} />}
      <Paper withBorder p="md" component="section" aria-label={t('past.lead')}>
        <Stack gap="sm">
          <Text size="sm">{t('past.lead')}</Text>
          <Moments moments={moments} chosen={chosen} onChoose={choose} />
          <Group justify="space-between" align="end">
            {timeline.hasNextPage ? (
              <Button size="compact-sm" variant="default" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
                {t('past.older')}
              </Button>
            ) : (
              <span />
            )}
            <MomentBox key={chosen} chosen={chosen} offset={customer.updated_at.slice(-6)} onChoose={choose} />
          </Group>
        </Stack>
      </Paper>
      {chosen ? <Then customer={customer} catalogue={catalogue} mayEdit={mayEdit} at={chosen} /> : <LinesSkeleton lines={10} />}
    </Stack>
  );
}

/** A slider over the moments at which something changed; the arrow keys step from one to the next. */
function Moments({ moments, chosen, onChoose }: { moments: PastMoment[]; chosen: string | null; onChoose: (at: string) => void }) {
  const { t, language } = useTexts();
  const ticks = useId();
  if (moments.length === 0) return null;
  const last = moments.length - 1;
  const found = moments.findLastIndex((moment) => chosen !== null && Date.parse(moment.at) <= Date.parse(chosen));
  const isBefore = chosen !== null && found < 0;
  const place = Math.max(0, found);
  const at = moments[place];
  const step = (by: number) => {
    const next = moments[place + by];
    if (next) onChoose(next.at);
  };
  const words = isBefore ? t('past.notYet') : at ? `${toTheSecond(at.at)} ${at.titles[language].join('、')}` : '';
  return (
    <Stack gap={4}>
      <Group wrap="nowrap" gap="sm">
        <Button variant="default" size="compact-sm" leftSection={<IconChevronLeft size={14} aria-hidden />} disabled={isBefore || place === 0} onClick={() => step(-1)} style={{ flexShrink: 0 }}>
          {t('past.previous')}
        </Button>
        <div className={classes.slider}>
          <input
            type="range"
            className={classes.range}
            min={0}
            max={last}
            value={place}
            list={ticks}
            aria-label={t('past.slider')}
            aria-valuetext={words}
            onChange={(event) => {
              const next = moments[Number(event.currentTarget.value)];
              if (next) onChoose(next.at);
            }}
          />
          {moments.length <= mostTicks && (
            <datalist id={ticks}>
              {moments.map((moment, at) => (
                <option key={moment.at} value={at} />
              ))}
            </datalist>
          )}
          <div className={classes.marks} aria-hidden>
            {marksOf(moments).map((mark) => (
              <span key={mark.place} style={{ left: `calc(8px + (100% - 16px) * ${last === 0 ? 0 : mark.place / last})` }} data-end={mark.place === 0 ? 'first' : mark.place === last ? 'last' : undefined}>
                {mark.day}
              </span>
            ))}
          </div>
        </div>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronRight size={14} aria-hidden />} disabled={place === last} onClick={() => step(1)} style={{ flexShrink: 0 }}>
          {t('past.next')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('past.sliderEnds', { from: formatMoment(moments[0]?.at), to: formatMoment(moments.at(-1)?.at) })}
      </Text>
      {at && !isBefore && (
        <Text size="sm">
          {t('past.by')}: {toTheSecond(at.at)}{' '}
          {at.operation ? (
            <Anchor component={Link} to={`/operations/${at.operation}`} size="sm">
              {at.titles[language].join('、')}
            </Anchor>
          ) : (
            at.titles[language].join('、')
          )}
        </Text>
      )}
    </Stack>
  );
}

/** Any other moment, in the shop's own time. */
function MomentBox({ chosen, offset, onChoose }: { chosen: string | null; offset: string; onChoose: (at: string) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(typedOf(chosen));
  const moment = typedMoment(typed, offset);
  return (
    <Form
      onSubmit={() => {
        if (moment) onChoose(moment);
      }}
    >
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput size="xs" w={190} label={t('past.at')} placeholder="YYYY/MM/DD HH:mm" autoComplete="off" value={typed} error={typed !== '' && !moment ? t('past.badMoment') : undefined} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" size="xs" variant="default" disabled={!moment}>
          {t('past.show')}
        </Button>
      </Group>
    </Form>
  );
}

function Then({ customer, catalogue, mayEdit, at }: { customer: Customer; catalogue: Catalogue; mayEdit: boolean; at: string }) {
  const { t } = useTexts();
  const past = usePast(customer.id, at);
  if (past.error?.code === 'customer.not_yet') return <EmptyState title={t('past.notYet')}>{t('past.notYetText', { at: formatMoment(customer.created_at) })}</EmptyState>;
  if (past.error) return <ProblemPanel problem={past.error} onRetry={() => void past.refetch()} />;
  if (!past.data) return <LinesSkeleton lines={12} />;
  return (
    <>
      {past.data.erased && <Alert color="gray" py={6} title={t('past.erased')} />}
      <Compared customer={customer} past={past.data} catalogue={catalogue} mayEdit={mayEdit} />
      <PastAddresses customer={customer.id} at={past.data.as_of} />
    </>
  );
}

type Line = { field: CatalogueField; then: string; now: string; unknown: boolean; differs: boolean };

// They differ by any write at all and say nothing of their own.
const ofTheWrite = new Set(['updated_at']);

function Compared({ customer, past, catalogue, mayEdit }: { customer: Customer; past: PastCustomer; catalogue: Catalogue; mayEdit: boolean }) {
  const { t, language } = useTexts();
  const [onlyChanged, setOnlyChanged] = useState(false);
  const unknown = new Set(past.unknown);
  const groups = catalogue.groups.map((group) => ({
    group,
    lines: viewFields(catalogue, group.key).map((field): Line => {
      const then = shownValue(past, field, catalogue, language, t);
      const now = shownValue(customer, field, catalogue, language, t);
      const isUnknown = unknown.has(field.key);
      return { field, then, now, unknown: isUnknown, differs: !isUnknown && then !== now && !ofTheWrite.has(field.key) };
    }),
  }));
  const differing = groups.flatMap(({ lines }) => lines).filter((line) => line.differs).length;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fw={600} role="status">
          {t('past.asOf', { at: toTheSecond(past.as_of) })} — {differing === 0 ? t('past.same') : t('past.differs', { count: differing })}
        </Text>
        <Switch label={t('past.onlyChanged')} checked={onlyChanged} onChange={(event) => setOnlyChanged(event.currentTarget.checked)} />
      </Group>
      {groups.map(({ group, lines }) => {
        const shown = onlyChanged ? lines.filter((line) => line.differs) : lines;
        if (shown.length === 0) return null;
        return (
          <Table key={group.key} layout="fixed" withTableBorder className={classes.table ?? ''} aria-label={group.labels[language]}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={200}>{group.labels[language]}</Table.Th>
                <Table.Th>{t('past.then')}</Table.Th>
                <Table.Th>{t('past.now')}</Table.Th>
                <Table.Th w={170}>{t('past.act')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((line) => (
                <Table.Tr key={line.field.key}>
                  <Table.Th scope="row">{line.field.labels[language]}</Table.Th>
                  <Table.Td className={line.differs ? (classes.then ?? '') : ''}>
                    {line.unknown ? (
                      <Text span size="sm" c="dimmed" title={t('past.unknownHelp')}>
                        {t('past.unknown')}
                      </Text>
                    ) : (
                      line.then || (line.differs ? t('history.empty') : '')
                    )}
                  </Table.Td>
                  <Table.Td className={line.differs ? (classes.now ?? '') : ''}>{line.now || (line.differs ? t('history.empty') : '')}</Table.Td>
                  <Table.Td>{line.differs && mayEdit && isRestorable(line.field, catalogue) && <GiveBack customer={customer} at={past.as_of} field={line.field} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        );
      })}
    </Stack>
  );
}

/** A value made of parts is given back by its parts. */
function isRestorable(field: CatalogueField, catalogue: Catalogue): boolean {
  const parts = field.editable ? [] : (composed[field.key] ?? []);
  return (field.editable && !field.masked) || parts.some((part) => catalogue.find(part)?.editable && !catalogue.find(part)?.masked);
}

function GiveBack({ customer, at, field }: { customer: Customer; at: string; field: CatalogueField }) {
  const { t, language } = useTexts();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const restore = useRestoreFields(customer.id);
  const label = field.labels[language];
  // The promise, not the callbacks of the mutation: the button is gone once the values are the same.
  const giveBack = () =>
    void restore.mutateAsync({ at, field: field.key, version: customer.version }).then(
      ({ operation }) => toast(t('past.givenBack', { label, at: formatMoment(at) }), undoOf(operation)),
      (thrown: unknown) => {
        const problem = asProblem(thrown);
        const { title, detail } = words(problem);
        toastProblem(title, problem.fields[0]?.detail ?? detail);
      },
    );
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t('past.giveBackOf', { label })}
      loading={restore.isPending}
      onClick={giveBack}
    >
      {t('past.giveBack')}
    </Button>
  );
}
