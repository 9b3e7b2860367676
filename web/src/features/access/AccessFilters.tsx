import { Button, Group, Input, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { isComposing } from '@/lib/text/ime';
import { ClearableSelect } from '@/ui/ClearableSelect';
import { DateBox } from '@/ui/DateBox';
import { useStaffChoice, type AccessFilter, type AccessKind } from './api';
import { accessKinds } from './filter';

type Props = { filter: AccessFilter; onChange: (filter: AccessFilter) => void; onSummary: () => void };

export function AccessFilters({ filter, onChange, onSummary }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const staff = useStaffChoice(may('staff.read'));
  const set = (part: Partial<Record<keyof AccessFilter, string | null>>) => {
    const next = { ...filter, ...part };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value)));
  };
  return (
    <Group gap="sm" align="flex-end" className="no-print">
      {may('staff.read') && (
        <ClearableSelect
          label={t('access.staff')}
          placeholder={t('access.anyone')}
          w={170}
          searchable
          data={staff.data?.items.map((person) => ({ value: person.id, label: person.name })) ?? []}
          value={filter.staff ?? null}
          onChange={(value) => set({ staff: value })}
        />
      )}
      <NumberBox key={filter.customer_number ?? ''} value={filter.customer_number ?? ''} onChange={(value) => set({ customer_number: value })} />
      <ClearableSelect
        label={t('access.kind')}
        placeholder={t('access.anyKind')}
        w={150}
        data={accessKinds.map((kind) => ({ value: kind, label: t(`access.kinds.${kind}`) }))}
        value={filter.kind ?? null}
        onChange={(value) => set({ kind: value as AccessKind | null })}
      />
      <Input.Wrapper w={140} id="access-from" label={t('access.from')}>
        <DateBox id="access-from" value={filter.from ?? null} onChange={({ iso, problem }) => !problem && set({ from: iso })} />
      </Input.Wrapper>
      <Input.Wrapper w={140} id="access-to" label={t('access.to')}>
        <DateBox id="access-to" value={filter.to ?? null} onChange={({ iso, problem }) => !problem && set({ to: iso })} />
      </Input.Wrapper>
      <Button variant="subtle" disabled={Object.keys(filter).length === 0} onClick={() => onChange({})}>
        {t('access.clear')}
      </Button>
      <Button variant="default" onClick={onSummary}>
        {t('access.summary')}
      </Button>
    </Group>
  );
}

/** Taken on Enter and when it is left, so that half a number asks for nothing. */
function NumberBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(value);
  const take = () => {
    const next = typed.normalize('NFKC').trim();
    if (next !== value) onChange(next);
  };
  return (
    <TextInput
      label={t('access.number')}
      w={130}
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) take();
      }}
    />
  );
}
