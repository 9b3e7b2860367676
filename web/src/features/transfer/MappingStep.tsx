import { Alert, Badge, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { ClearableSelect } from '@/ui/ClearableSelect';
import { ProblemPanel } from '@/ui/states';
import type { ImportKind, ImportOptions, ImportPreview, MappedColumn } from './api';
import { ImportOptionsForm } from './ImportOptionsForm';
import classes from './transfer.module.css';

type Props = {
  catalogue: Catalogue;
  kind: ImportKind;
  preview: ImportPreview;
  columns: MappedColumn[];
  onColumns: (columns: MappedColumn[]) => void;
  options: ImportOptions;
  onOptions: (options: ImportOptions) => void;
  onEncoding: (encoding: string) => void;
  onBack: () => void;
  onCheck: () => void;
  busy: boolean;
  problem: ApiProblem | null;
};

/** What was recognised, which column is which field, and how to import. */
export function MappingStep({ catalogue, kind, preview, columns, onColumns, options, onOptions, onEncoding, onBack, onCheck, busy, problem }: Props) {
  const { t, language } = useTexts();
  const fields = useMemo(() => {
    const named = new Map(preview.fields.map((field) => [field.key, field.labels[language]]));
    const taken = kind === 'customers' ? catalogue.fields.filter((field) => field.csv_names.length > 0).map((field) => field.key) : [...named.keys()];
    const others = preview.columns.flatMap((column) => (column.field ? [column.field] : []));
    return [...new Set([...taken, ...others])].map((value) => ({ value, label: named.get(value) ?? catalogue.label(value, language) }));
  }, [catalogue, kind, language, preview.columns, preview.fields]);
  const labelOf = (key: string) => fields.find((field) => field.value === key)?.label ?? key;
  const chosen = columns.flatMap((column) => (column.field ? [column.field] : []));
  // A known format may take one field from several columns, the first that is filled; a mapping of one's own may not.
  const own = preview.format === 'mapped' || JSON.stringify(columns) !== JSON.stringify(preview.columns);
  const twice = own ? chosen.find((field, at) => chosen.indexOf(field) !== at) : undefined;
  const wrong = chosen.length === 0 ? t('import.mapNone') : twice ? t('import.mapTwice', { field: labelOf(twice) }) : null;
  const set = (at: number, field: string | null) => onColumns(columns.map((column, index) => (index === at ? { ...column, field } : column)));

  return (
    <Stack gap="md">
      <Group gap="md">
        <Text size="sm">
          {t('import.format')}: <b>{t(`import.formatNames.${preview.format}`)}</b>
        </Text>
        <Group gap={6}>
          <Text size="sm">{t('import.encoding')}:</Text>
          <Select
            size="xs"
            w={190}
            aria-label={t('import.encoding')}
            allowDeselect={false}
            value={preview.encoding}
            onChange={(next) => next && onEncoding(next === 'cp932' ? 'cp932' : 'utf-8')}
            data={(['utf-8', 'utf-8-bom', 'cp932'] as const)
              .filter((value) => value === preview.encoding || value !== 'utf-8-bom')
              .map((value) => ({ value, label: t(`import.encodings.${value}`) }))}
          />
        </Group>
        <Text size="sm">
          {t('import.size')}: {bytes(preview.bytes)}
        </Text>
        {preview.remembered && <Badge variant="light">{t('import.remembered')}</Badge>}
      </Group>
      {preview.warnings.map((warning) => (
        <Alert key={warning.code} color="yellow" icon={<IconAlertTriangle size={18} />} py={8}>
          {warning.detail}
        </Alert>
      ))}
      {problem && <ProblemPanel problem={problem} />}
      <Paper withBorder p="md">
        <Title order={2} mb={4}>
          {t('import.stepMap')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('import.mapLead')}
        </Text>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('import.stepMap')}>
          <table className={classes.grid}>
            <thead>
              <tr>
                <th scope="col">{t('import.column')}</th>
                <th scope="col">{t('import.field')}</th>
                <th scope="col" colSpan={3}>
                  {t('import.preview')}
                </th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column, at) => (
                <tr key={at} className={column.field ? undefined : classes.skipped}>
                  <th scope="row">{column.column}</th>
                  <td>
                    <ClearableSelect
                      size="xs"
                      w={210}
                      aria-label={`${column.column}: ${t('import.field')}`}
                      searchable
                      placeholder={t('import.leaveOut')}
                      value={column.field}
                      onChange={(field) => set(at, field)}
                      data={fields}
                      error={column.field !== null && column.field === twice}
                      maxDropdownHeight={260}
                      nothingFoundMessage={t('search.noOption')}
                    />
                  </td>
                  {[0, 1, 2].map((row) => (
                    <td key={row} title={preview.rows[row]?.[at]}>
                      {preview.rows[row]?.[at] ?? ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Paper>
      <ImportOptionsForm kind={kind} options={options} onChange={onOptions} />
      {wrong && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {wrong}
        </Text>
      )}
      <Group gap="xs">
        <Button onClick={onCheck} loading={busy} disabled={wrong !== null}>
          {t('import.check')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('import.another')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('import.nothingYet')}
        </Text>
      </Group>
    </Stack>
  );
}

function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1024 / 1024).toFixed(1)} MB`;
}
