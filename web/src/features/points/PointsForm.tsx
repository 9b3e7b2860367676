import { ActionIcon, Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useRequestKey } from '@/lib/api/requestKey';
import { formatDay } from '@/lib/date/moment';
import { useTexts, type Translate } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { ClearableSelect } from '@/ui/ClearableSelect';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useGivePoints, type PointsExplained } from './api';
import { usePointKinds } from './kindApi';
import classes from './points.module.css';
import { typedPoints, withSign } from './typedPoints';
import { signed } from './words';

const mostAtOnce = 999_999;

/** The box of points: the typed number is added, minus allowed; what will be is shown before it is saved. */
export function PointsForm({ customer, told }: { customer: string; told: PointsExplained }) {
  const { t } = useTexts();
  const may = useMay();
  const kinds = usePointKinds();
  const { points_ceiling: ceiling } = useMe();
  const { undo } = useUndoAct();
  const give = useGivePoints(customer);
  const [typed, setTyped] = useState('');
  const [own, setOwn] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [expires, setExpires] = useState<string | null>(null);
  const [dayProblem, setDayProblem] = useState<string | null>(null);
  const keyOf = useRequestKey(give);
  const [tried, setTried] = useState(false);
  const delta = typedPoints(typed);
  const taking = (delta ?? 0) < 0;
  const offered = (kinds.data ?? []).filter((kind) => kind.kind === (taking ? 'manual_deduct' : 'manual_grant'));
  const chosen = offered.some((kind) => kind.id === own) ? own : null;
  const setsDate = told.rules.expiry_mode === 'balance' || !taking;
  const wrong = problemOf(delta, told, ceiling, t);
  const errors = give.error?.fieldErrors() ?? {};
  const change = (next: string) => {
    setTyped(next);
    give.reset();
  };
  const submit = () => {
    setTried(true);
    if (wrong || delta === null || dayProblem) return;
    const body = { delta, reason: reason.trim() || null, expires_at: setsDate ? expires : null, point_kind: chosen };
    give.mutate(
      { body, key: keyOf(body) },
      {
        onSuccess: ({ data, operation }) => {
          toast(
            t('points.saved', { delta: signed(data.delta), balance: formatCount(data.balance_after) }),
            operation && may('operation.undo') ? { label: t('common.undo'), run: () => undo(operation) } : undefined,
          );
          setTyped('');
          setOwn(null);
          setReason('');
          setExpires(null);
          setTried(false);
        },
      },
    );
  };
  return (
    <Paper withBorder p="md" component={Form} onSubmit={submit} aria-label={t('points.amount')}>
      <UnsavedGuard dirty={typed !== '' || own !== null || reason !== '' || expires !== null || dayProblem !== null} />
      <div className={classes.form}>
        <Field label={t('points.amount')} required help={t('points.amountHelp')} error={(typed !== '' || tried ? wrong : null) ?? errors['delta']}>
          {(control) => (
            <Group gap={4} wrap="nowrap">
              <ActionIcon size={36} variant={taking ? 'default' : 'light'} color="indigo" aria-label={t('points.plus')} aria-pressed={!taking} onClick={() => change(withSign(typed, 1))}>
                <IconPlus size={16} />
              </ActionIcon>
              <ActionIcon size={36} variant={taking ? 'light' : 'default'} color="red" aria-label={t('points.minus')} aria-pressed={taking} onClick={() => change(withSign(typed, -1))}>
                <IconMinus size={16} />
              </ActionIcon>
              <TextInput {...control} inputMode="text" autoComplete="off" value={typed} maxLength={12} flex={1} styles={{ input: { textAlign: 'right' } }} onChange={(event) => change(event.currentTarget.value)} />
            </Group>
          )}
        </Field>
        <Field label={t('points.kind')} optional help={t(taking ? 'points.kindTaking' : 'points.kindGiving')} error={errors['point_kind']}>
          {(control) => (
            <ClearableSelect {...control} data={offered.map((kind) => ({ value: kind.id, label: kind.name }))} value={chosen} onChange={setOwn} placeholder={offered.length === 0 ? t('points.kindNone') : ''} disabled={offered.length === 0} />
          )}
        </Field>
        <Field label={t('points.expiry')} optional help={t('points.expiryHelp')} error={setsDate ? (dayProblem ?? errors['expires_at']) : undefined}>
          {(control) => (
            <DateBox
              {...control}
              value={expires}
              disabled={!setsDate}
              onChange={(day) => {
                setExpires(day.iso);
                setDayProblem(day.problem);
              }}
            />
          )}
        </Field>
        <Field label={t('points.reason')} optional help={t('points.reasonHelp')} error={errors['reason']}>
          {(control) => <TextInput {...control} autoComplete="off" maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
        </Field>
      </div>
      {give.error && give.error.fields.length === 0 && <ProblemPanel problem={give.error} />}
      <Group justify="space-between" mt="sm" gap="sm">
        <Text size="sm" aria-live="polite">
          <Outcome told={told} delta={wrong ? null : delta} expires={expires} setsDate={setsDate} />
        </Text>
        <Button type="submit" loading={give.isPending}>
          {t('points.save')}
        </Button>
      </Group>
    </Paper>
  );
}

/** What saving will do: the balance, and the date. */
function Outcome({ told, delta, expires, setsDate }: { told: PointsExplained; delta: number | null; expires: string | null; setsDate: boolean }) {
  const { t } = useTexts();
  const day = formatDay(expires ?? told.rules.next_expires_at);
  const isWhole = told.rules.expiry_mode === 'balance';
  const date = !setsDate ? t('points.usesNearest') : isWhole ? (day ? t('points.newExpiry', { day }) : t('points.newExpiryNever')) : day ? t('points.lotExpiry', { day }) : t('points.lotExpiryNever');
  return (
    <>
      {delta !== null && (
        <Text span fw={600} size="sm" mr="sm">
          {t('points.preview', { before: formatCount(told.balance), after: formatCount(told.balance + delta) })}
        </Text>
      )}
      {date}
    </>
  );
}

function problemOf(delta: number | null, told: PointsExplained, ceiling: number | null, t: Translate): string | null {
  if (delta === null) return t('points.notNumber');
  if (delta === 0) return t('points.zero');
  if (Math.abs(delta) > mostAtOnce) return t('points.most');
  if (ceiling !== null && Math.abs(delta) > ceiling) return t('points.ceiling', { ceiling });
  if (delta < 0 && told.balance + delta < 0 && !told.rules.allow_negative) return t('points.belowZero');
  return null;
}
