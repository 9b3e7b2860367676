import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { customerKeys } from './api';
import { plainValue } from './columns';
import type { FormValues } from './formModel';

type Stale = NonNullable<Schemas['Problem']['stale']>;

type Props = {
  stale: Stale;
  mine: FormValues;
  catalogue: Catalogue;
  customer: string;
  busy: boolean;
  onSave: (chosen: FormValues, version: number) => void;
  onTake: () => void;
  onClose: () => void;
};

/** Someone else was faster: per field mine, theirs and what was there before. */
export function StaleDialog({ stale, mine, catalogue, customer, busy, onSave, onTake, onClose }: Props) {
  const { t, language } = useTexts();
  const cache = useQueryClient();
  const contested = stale.fields.filter((field) => field.field in mine);
  const theirs = stale.fields.filter((field) => !(field.field in mine) && catalogue.find(field.field)?.editable);
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs'>>({});
  const shown = (key: string, value: unknown) => plainValue(value, catalogue.find(key), catalogue, language, t) || t('history.empty');
  const refresh = () => void cache.invalidateQueries({ queryKey: customerKeys.one(customer) });
  const decided = contested.every((field) => choice[field.field]);
  const save = () => {
    const chosen = Object.fromEntries(Object.entries(mine).filter(([key]) => choice[key] !== 'theirs'));
    refresh();
    onSave(chosen, stale.version);
  };
  return (
    <Modal opened onClose={onClose} title={t('customer.staleTitle')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        <Text size="sm">{t('customer.staleLead')}</Text>
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
            {contested.map((field) => {
              const label = catalogue.label(field.field, language);
              const option = (which: 'mine' | 'theirs', value: unknown) => (
                <Radio
                  name={`stale-${field.field}`}
                  label={shown(field.field, value)}
                  aria-label={`${label} ${t(which === 'mine' ? 'customer.staleMine' : 'customer.staleTheirs')}: ${shown(field.field, value)}`}
                  checked={choice[field.field] === which}
                  onChange={() => setChoice({ ...choice, [field.field]: which })}
                />
              );
              return (
                <Table.Tr key={field.field}>
                  <Table.Th scope="row">{label}</Table.Th>
                  <Table.Td>{field.original === undefined ? '—' : shown(field.field, field.original)}</Table.Td>
                  <Table.Td>{option('theirs', field.theirs)}</Table.Td>
                  <Table.Td>{option('mine', mine[field.field])}</Table.Td>
                </Table.Tr>
              );
            })}
            {theirs.map((field) => (
              <Table.Tr key={field.field}>
                <Table.Th scope="row">
                  {catalogue.label(field.field, language)}
                  <Text size="xs" c="dimmed" fw={400}>
                    {t('customer.staleOnlyTheirs')}
                  </Text>
                </Table.Th>
                <Table.Td>{field.original === undefined ? '—' : shown(field.field, field.original)}</Table.Td>
                <Table.Td>{shown(field.field, field.theirs)}</Table.Td>
                <Table.Td>—</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              refresh();
              onTake();
            }}
          >
            {t('customer.staleTake')}
          </Button>
          <Button disabled={!decided} loading={busy} onClick={save}>
            {t('customer.staleSave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
