import { MultiSelect } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import { useOperationKinds } from './api';

/** What was done: any of the kinds of operations there have been, in words. */
export function KindSelect({ value, onChange }: { value: string[]; onChange: (kinds: string[]) => void }) {
  const { t, language } = useTexts();
  const kinds = useOperationKinds();
  const known = (kinds.data?.items ?? []).map(({ kind, label }) => ({ value: kind, label: label[language] })).sort((a, b) => a.label.localeCompare(b.label, language));
  // One that the address names and nobody has done yet still shows that it is asked for.
  const others = value.filter((kind) => !known.some((one) => one.value === kind)).map((kind) => ({ value: kind, label: kind }));
  return (
    <MultiSelect
      label={t('operation.kind')}
      placeholder={value.length === 0 ? t('operation.anyKind') : ''}
      w={340}
      data={[...known, ...others]}
      value={value}
      onChange={onChange}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={t('search.noOption')}
      maxDropdownHeight={300}
    />
  );
}
