import { Button, Group } from '@mantine/core';
import { StaffSelect } from '@/features/operation/StaffSelect';
import { useTexts } from '@/lib/i18n';
import { ClearableSelect } from '@/ui/ClearableSelect';
import { jobStatuses, type JobFilter } from './api';

/** Whose jobs, of which kind and state. */
export function JobFilters({ filter, onChange }: { filter: JobFilter; onChange: (filter: JobFilter) => void }) {
  const { t } = useTexts();
  const kinds = t('job.kinds', { returnObjects: true }) as Record<string, string>;
  const set = (part: Partial<Record<keyof JobFilter, string | null>>) => onChange(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value)));
  return (
    <Group gap="sm" align="flex-end" className="no-print">
      <StaffSelect value={filter.staff ?? null} onChange={(staff) => set({ staff })} />
      <ClearableSelect label={t('job.kind')} placeholder={t('job.anyKind')} w={220} searchable data={Object.entries(kinds).map(([value, label]) => ({ value, label }))} value={filter.kind ?? null} onChange={(kind) => set({ kind })} />
      <ClearableSelect label={t('job.status')} placeholder={t('job.anyStatus')} w={140} data={jobStatuses.map((value) => ({ value, label: t(`job.statuses.${value}`) }))} value={filter.status ?? null} onChange={(status) => set({ status })} />
      <Button variant="subtle" disabled={Object.keys(filter).length === 0} onClick={() => onChange({})}>
        {t('access.clear')}
      </Button>
    </Group>
  );
}
