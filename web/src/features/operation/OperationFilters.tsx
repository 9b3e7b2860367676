import { Button, Group, Input } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import { DateBox } from '@/ui/DateBox';
import type { OperationFilter } from './api';
import { kindsOf } from './filter';
import { KindSelect } from './KindSelect';
import { StaffSelect } from './StaffSelect';

/** What was done, by whom, and on which days. */
export function OperationFilters({ filter, onChange }: { filter: OperationFilter; onChange: (filter: OperationFilter) => void }) {
  const { t } = useTexts();
  const set = (part: Partial<Record<keyof OperationFilter, string | null>>) => onChange(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value)));
  const day = (name: 'from' | 'to') => (
    <Input.Wrapper w={150} id={`operations-${name}`} label={t(`access.${name}`)}>
      <DateBox id={`operations-${name}`} value={filter[name] ?? null} onChange={({ iso, problem }) => !problem && set({ [name]: iso })} />
    </Input.Wrapper>
  );
  return (
    <Group gap="sm" align="flex-end" className="no-print">
      <KindSelect value={kindsOf(filter.kinds)} onChange={(kinds) => set({ kinds: kinds.join(',') })} />
      <StaffSelect value={filter.staff ?? null} onChange={(staff) => set({ staff })} />
      {day('from')}
      {day('to')}
      <Button variant="subtle" disabled={Object.keys(filter).length === 0} onClick={() => onChange({})}>
        {t('access.clear')}
      </Button>
    </Group>
  );
}
