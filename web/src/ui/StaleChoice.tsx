import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';

/** A value that somebody else has changed meanwhile, in words; `mine`: absent when it was not changed here as well. */
export type StaleField = { key: string; label: string; before: string; now: string; mine?: string };

const asTyped = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', verticalAlign: 'top' } as const; // a memo, a template

type Props = {
  lead: string;
  fields: StaleField[];
  busy: boolean;
  onSave: (theirs: ReadonlySet<string>) => void; // the fields that keep the other's value
  onTake: () => void;
  onClose: () => void;
};

/** Someone else was faster: per field mine, theirs and what was there before. */
export function StaleChoice({ lead, fields, busy, onSave, onTake, onClose }: Props) {
  const { t } = useTexts();
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs'>>({});
  const contested = fields.filter((field) => field.mine !== undefined);
  const decided = contested.every(({ key }) => choice[key]);
  const option = (field: StaleField, which: 'mine' | 'theirs', value: string) => (
    <Radio
      name={`stale-${field.key}`}
      label={value}
      aria-label={`${field.label} ${t(which === 'mine' ? 'customer.staleMine' : 'customer.staleTheirs')}: ${value}`}
      checked={choice[field.key] === which}
      onChange={() => setChoice({ ...choice, [field.key]: which })}
    />
  );
  return (
    <Modal opened onClose={onClose} title={t('customer.staleTitle')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        <Text size="sm">{lead}</Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('customer.staleField')}</Table.Th>
              <Table.Th>{t('customer.staleOriginal')}</Table.Th>
              <Table.Th>{t('customer.staleTheirs')}</Table.Th>
              <Table.Th>{t('customer.staleMine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field.key}>
                <Table.Th scope="row">
                  {field.label}
                  {field.mine === undefined && (
                    <Text size="xs" c="dimmed" fw={400}>
                      {t('customer.staleOnlyTheirs')}
                    </Text>
                  )}
                </Table.Th>
                <Table.Td style={asTyped}>{field.before}</Table.Td>
                <Table.Td style={asTyped}>{field.mine === undefined ? field.now : option(field, 'theirs', field.now)}</Table.Td>
                <Table.Td style={asTyped}>{field.mine === undefined ? '—' : option(field, 'mine', field.mine)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onTake}>
            {t('customer.staleTake')}
          </Button>
          <Button disabled={!decided} loading={busy} onClick={() => onSave(new Set(Object.keys(choice).filter((key) => choice[key] === 'theirs')))}>
            {t('customer.staleSave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Values = Record<string, unknown>;

/** What a save that came too late found there; null for any other problem. */
export const staleOf = (problem: ApiProblem | null): Values | null => (problem?.status === 412 ? ((problem.body?.current as Values | undefined) ?? null) : null);

/** How most values read there. */
export function useStaleWords() {
  const { t } = useTexts();
  return {
    text: (value: unknown) => String(value ?? '') || t('history.empty'),
    yesNo: (value: unknown) => t(value === true ? 'common.yes' : 'common.no'),
  };
}

type RowProps = {
  current: Values | null; // the row as the refused save found it; nothing is asked without it
  began: Values; // when editing began
  mine: Values; // what was changed here
  fields: { key: string; label: string; words: (value: unknown) => string }[];
  busy: boolean;
  onSave: (chosen: Values, version: number) => void;
  onTake: () => void; // the other's values stay
  onClose: () => void;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The same for any row with a version: which fields moved is found here. */
export function StaleRow({ current, began, mine, fields, busy, onSave, onTake, onClose }: RowProps) {
  const { t } = useTexts();
  if (!current) return null;
  const moved = fields.filter(({ key }) => !same(current[key], began[key]));
  return (
    <StaleChoice
      lead={t('common.staleLead')}
      fields={moved.map(({ key, label, words }) => ({ key, label, before: words(began[key]), now: words(current[key]), ...(key in mine ? { mine: words(mine[key]) } : {}) }))}
      busy={busy}
      onClose={onClose}
      onTake={onTake}
      onSave={(theirs) => {
        const chosen = Object.fromEntries(Object.entries(mine).filter(([key]) => !theirs.has(key)));
        if (Object.keys(chosen).length > 0) onSave(chosen, Number(current['version']));
        else onTake();
      }}
    />
  );
}
