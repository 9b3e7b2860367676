import { useQueryClient } from '@tanstack/react-query';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { StaleChoice, type StaleField } from '@/ui/StaleChoice';
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

/** Someone else has changed the customer meanwhile: the choice per field, in the words of the catalogue. */
export function StaleDialog({ original, current, mine, catalogue, customer, busy, onSave, onTake, onClose }: Props) {
  const { t, language } = useTexts();
  const cache = useQueryClient();
  const before = original as FormValues;
  const now = current as FormValues;
  const shown = (key: string, value: unknown) => plainValue(value ?? null, catalogue.find(key), catalogue, language, t) || t('history.empty');
  const moved = catalogue.fields.filter((field) => field.editable && JSON.stringify(before[field.key] ?? null) !== JSON.stringify(now[field.key] ?? null)).map((field) => field.key);
  const told = (key: string): StaleField => ({ key, label: catalogue.label(key, language), before: shown(key, before[key]), now: shown(key, now[key]), ...(key in mine ? { mine: shown(key, mine[key]) } : {}) });
  const refresh = () => void cache.invalidateQueries({ queryKey: customerKeys.one(customer) });
  return (
    <StaleChoice
      lead={t('customer.staleLead')}
      fields={[...moved.filter((key) => key in mine), ...moved.filter((key) => !(key in mine))].map(told)}
      busy={busy}
      onClose={onClose}
      onTake={() => {
        refresh();
        onTake();
      }}
      onSave={(theirs) => {
        refresh();
        onSave(Object.fromEntries(Object.entries(mine).filter(([key]) => !theirs.has(key))), Number(now['version']));
      }}
    />
  );
}
