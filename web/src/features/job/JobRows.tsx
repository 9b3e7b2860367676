import { Badge, Button, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useJobRows, type JobRow, type RowOutcome } from './api';
import classes from './job.module.css';

const colors: Record<RowOutcome, string> = { create: 'teal', update: 'blue', delete: 'orange', unchanged: 'gray', error: 'red' };
const shown = (value: unknown): string => (value === null || value === undefined || value === '' ? '—' : String(value));

/** What an import does, or did, with each row of the file. */
export function JobRows({ job, outcome }: { job: string; outcome: RowOutcome | null }) {
  const { t, language } = useTexts();
  const { catalogue } = useCatalogue();
  const rows = useJobRows(job, outcome);
  const label = (field: string) => catalogue?.label(field, language) ?? field;
  const words = (row: JobRow): string => {
    if (row.errors.length > 0) return row.errors.map((error) => (error.column ? `${error.column}: ${error.detail}` : error.detail)).join(' / ');
    return row.changes.map((change) => (row.outcome === 'update' ? `${label(change.field)}: ${shown(change.before)} → ${shown(change.after)}` : `${label(change.field)}: ${shown(change.after)}`)).join(' / ');
  };
  const columns: TableColumn<JobRow>[] = [
    { key: 'line', header: t('import.line'), width: 80, align: 'right', render: (row) => formatCount(row.line) },
    { key: 'outcome', header: t('import.outcome'), width: 96, render: (row) => <Badge size="sm" variant="light" color={colors[row.outcome]}>{t(`import.outcomes.${row.outcome}`)}</Badge> },
    { key: 'label', header: t('import.who'), width: 180, text: (row) => row.label ?? '', render: (row) => (row.record ? <Link to={`/customers/${row.record}`} className={classes.link}>{row.label ?? row.record}</Link> : (row.label ?? '')) },
    { key: 'detail', header: t('import.detail'), width: 560, text: words, render: words },
  ];
  if (rows.error) return <ProblemPanel problem={rows.error} onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <LinesSkeleton lines={8} />;
  const items = rows.data.pages.flatMap((page) => page.items);
  return (
    <Stack gap="xs">
      <Title order={2}>{t('import.rows')}</Title>
      {items.length === 0 ? (
        <EmptyState title={t('search.none')} />
      ) : (
        <div className={classes.rows}>
          <DataTable label={t('import.rows')} columns={columns} rows={items} rowKey={(row) => String(row.line)} fixedColumns={2} tone={(row) => (row.outcome === 'error' ? 'alarm' : undefined)} />
        </div>
      )}
      {rows.hasNextPage && items.length < 2000 && (
        <div>
          <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
