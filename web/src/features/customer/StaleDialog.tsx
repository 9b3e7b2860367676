import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { customerKeys } from './api';
import { plainValue } from './columns';
import type { FormValues } from './formModel';

type Props = {
  original: object; // the record when editing began
  current: object; // the record now
  mine: FormValues;
  catalogue: Catalogue;
  customer: string;
  busy: boolean;
  onSave: (chosen: FormValues, version: number) => void;
  onTake: () => void;
  onClose: () => void;
};

/** Someone else was faster: per field mine, theirs and what was there before. */
export function StaleDialog({ original, current, mine, catalogue, customer, busy, onSave, onTake, onClose }: Props) {
  const { t, language } = useTexts();
  const cache = useQueryClient();
  const before = original as FormValues;
  const now = current as FormValues;
  const moved = catalogue.fields.filter((field) => field.editable && JSON.stringify(before[field.key] ?? null) !== JSON.stringify(now[field.key] ?? null)).map((field) => field.key);
  const contested = moved.filter((key) => key in mine);
  const theirs = moved.filter((key) => !(key in mine));
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs'>>({});
  const shown = (key: string, value: unknown) => plainValue(value ?? null, catalogue.find(key), catalogue, language, t) || t('history.empty');
  const refresh = () => void cache.invalidateQueries({ queryKey: customerKeys.one(customer) });
  const decided = contested.every((key) => choice[key]);
  const save = () => {
    const chosen = Object.fromEntries(Object.entries(mine).filter(([key]) => choice[key] !== 'theirs'));
    refresh();
    onSave(chosen, Number(now['version']));
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
            {contested.map((key) => {
              const label = catalogue.label(key, language);
              const option = (which: 'mine' | 'theirs', value: unknown) => (
                <Radio
                  name={`stale-${key}`}
                  label={shown(key, value)}
                  aria-label={`${label} ${t(which === 'mine' ? 'customer.staleMine' : 'customer.staleTheirs')}: ${shown(key, value)}`}
                  checked={choice[key] === which}
                  onChange={() => setChoice({ ...choice, [key]: which })}
                />
              );
              return (
                <Table.Tr key={key}>
                  <Table.Th scope="row">{label}</Table.Th>
                  <Table.Td>{shown(key, before[key])}</Table.Td>
                  <Table.Td>{option('theirs', now[key])}</Table.Td>
                  <Table.Td>{option('mine', mine[key])}</Table.Td>
                </Table.Tr>
              );
            })}
            {theirs.map((key) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  {catalogue.label(key, language)}
                  <Text size="xs" c="dimmed" fw={400}>
                    {t('customer.staleOnlyTheirs')}
                  </Text>
                </Table.Th>
                <Table.Td>{shown(key, before[key])}</Table.Td>
                <Table.Td>{shown(key, now[key])}</Table.Td>
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
