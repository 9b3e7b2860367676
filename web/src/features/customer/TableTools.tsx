import { Button, Group, Menu, NativeSelect } from '@mantine/core';
import { IconCheck, IconColumns, IconSortDescending } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import type { Density, SortState } from '@/ui/DataTable';

const ColumnsDialog = lazy(async () => ({ default: (await import('@/ui/ColumnsDialog')).ColumnsDialog }));

const pageSizes = [20, 50, 100, 200];

type Props = {
  catalogue: Catalogue | null;
  columns: string[];
  onColumns: (columns: string[]) => void;
  limit: number;
  onLimit: (limit: number) => void;
  density: Density;
  onDensity: (density: Density) => void;
  onResetWidths: () => void;
  sort: SortState | null;
  onSort: (sort: SortState) => void;
  pager: ReactNode;
};

/** The row above the table: paging at the left, looks at the right. */
export function TableTools({ catalogue, columns, onColumns, limit, onLimit, density, onDensity, onResetWidths, sort, onSort, pager }: Props) {
  const { t, language } = useTexts();
  const [choosing, setChoosing] = useState(false);
  const sortable = (catalogue?.fields ?? []).filter((field) => field.sortable && !field.masked);
  const sortKey = sort ? `${sort.field} ${sort.direction}` : '';
  return (
    <Group justify="space-between" gap="sm" mih={30} className="no-print">
      <div>{pager}</div>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t('search.sortedBy')}
          leftSection={<IconSortDescending size={14} aria-hidden />}
          value={sortKey}
          onChange={(event) => {
            const [field = '', direction] = event.currentTarget.value.split(' ');
            onSort({ field, direction: direction === 'asc' ? 'asc' : 'desc' });
          }}
          data={sortable.flatMap((field) => {
            const kana = field.key === 'kana' ? ` (${t('search.sortKana')})` : '';
            return [
              { value: `${field.key} asc`, label: `${field.labels[language]}${kana} ↑` },
              { value: `${field.key} desc`, label: `${field.labels[language]}${kana} ↓` },
            ];
          })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('search.rowsPerPage')}
          value={String(limit)}
          onChange={(event) => onLimit(Number(event.currentTarget.value))}
          data={pageSizes.map((size) => ({ value: String(size), label: t('search.rows', { count: size }) }))}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" variant="default">
              {t('search.density')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['compact', 'normal', 'relaxed'] as const).map((choice) => (
              <Menu.Item key={choice} onClick={() => onDensity(choice)} rightSection={choice === density ? <IconCheck size={14} aria-label="✓" /> : null}>
                {t(`search.${choice}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={onResetWidths}>{t('search.widthsReset')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button size="xs" variant="default" leftSection={<IconColumns size={14} aria-hidden />} onClick={() => setChoosing(true)}>
          {t('search.columns')}
        </Button>
      </Group>
      {choosing && catalogue && (
        <Suspense>
        <ColumnsDialog
          title={t('search.columnsTitle')}
          lead={t('search.columnsLead')}
          all={catalogue.fields.filter((field) => field.listable).map((field) => ({ key: field.key, label: field.labels[language] }))}
          chosen={columns}
          standard={catalogue.defaultColumns}
          onClose={() => setChoosing(false)}
          onApply={(next) => {
            setChoosing(false);
            onColumns(next);
          }}
        />
        </Suspense>
      )}
    </Group>
  );
}
