import { Button, Group, MultiSelect, Select, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { CatalogueField } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import type { FieldControl } from '@/ui/Field';
import { IconButton } from '@/ui/IconButton';

type Props = { control: FieldControl; field: CatalogueField; value: string[]; disabled?: boolean; onChange: (value: string[]) => void };

/** Many short names, chosen and dropped quickly: labels. */
export function TagsBox({ control, field, value, disabled, onChange }: Props) {
  const { t, language } = useTexts();
  return (
    <MultiSelect
      {...control}
      data={(field.options ?? []).filter((option) => !option.removed || value.includes(String(option.value))).map((option) => ({ value: String(option.value), label: option.labels[language] }))}
      value={value}
      onChange={onChange}
      disabled={disabled ?? false}
      searchable
      hidePickedOptions
      maxDropdownHeight={280}
      nothingFoundMessage={t('search.noOption')}
      placeholder={value.length === 0 ? t('common.unset') : ''}
    />
  );
}

/** A row for each, as the shop's people know it from their forms: 「顧客グループ追加」, 「登録理由を追加」. */
export function RowsBox({ control, field, value, disabled, onChange, add }: Props & { add: string }) {
  const { t, language } = useTexts();
  // A row that was added and holds nothing yet is no value.
  const [open, setOpen] = useState(value.length === 0);
  const rows: (string | null)[] = open ? [...value, null] : value;
  // Who has one that is retired by now keeps it; nobody chooses it any more.
  const options = (field.options ?? []).filter((option) => !option.removed || value.includes(String(option.value))).map((option) => ({ value: String(option.value), label: option.labels[language] }));
  const label = field.labels[language];
  const { id, 'aria-required': required, ...told } = control; // what is told of the field is told of each row
  const put = (at: number, next: string | null) => {
    if (next === null) return;
    onChange(at < value.length ? value.map((one, index) => (index === at ? next : one)) : [...value, next]);
    if (at === value.length) setOpen(false);
  };
  const drop = (at: number) => {
    if (at === value.length) setOpen(false);
    onChange(value.filter((_, index) => index !== at));
  };
  return (
    <Stack gap={6} mt={2}>
      {rows.map((row, at) => (
        <Group key={row ?? 'new'} gap={6} wrap="nowrap">
          <Select
            {...told}
            {...(at === 0 ? { id, 'aria-required': required } : { 'aria-label': `${label} ${at + 1}` })}
            flex={1}
            data={options.filter((option) => option.value === row || !value.includes(option.value))}
            value={row}
            onChange={(next) => put(at, next)}
            placeholder={t('common.unset')}
            allowDeselect={false}
            searchable={options.length > 8}
            maxDropdownHeight={280}
            nothingFoundMessage={t('search.noOption')}
            disabled={disabled ?? false}
          />
          {(row !== null || at > 0) && (
            <IconButton label={t('customer.dropRow', { name: options.find((option) => option.value === row)?.label ?? label })} onClick={() => drop(at)} disabled={disabled ?? false}>
              <IconX size={16} />
            </IconButton>
          )}
        </Group>
      ))}
      {!open && value.length < options.length && (
        <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen(true)} disabled={disabled ?? false}>
          {add}
        </Button>
      )}
    </Stack>
  );
}
