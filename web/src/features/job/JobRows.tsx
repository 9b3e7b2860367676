import { Anchor, Badge, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { plainValue } from '@/features/customer/columns';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, LinesSkeleton, ProblemPanel } from '@/ui/states';
import { rejectsUrl, useJobRows, type Job, type JobRow, type RowOutcome } from './api';
import classes from './job.module.css';

const colors: Record<RowOutcome, string> = { create: 'teal', update: 'blue', delete: 'orange', unchanged: 'gray', error: 'red' };
const mostShown = 2000;
// Whose rows are about customers; the rows of other files are about what a customer has.
const ofCustomers = ['import.customers', 'import.points'];

/** What an import does, or did, with each row of the file. */
export function JobRows({ job, outcome }: { job: Pick<Job, 'id' | 'kind' | 'has_rejects'>; outcome: RowOutcome | null }) {
  const { t, language } = useTexts();
  const { catalogue: ofCustomer } = useCatalogue();
  const catalogue = (job.kind === 'import.orders' && ofCustomer?.thing('order')?.catalogue) || ofCustomer;
  const rows = useJobRows(job.id, outcome);
  const label = ({ field, labels }: JobRow['changes'][number]) => labels?.[language] ?? field;
  const shown = (key: string, value: unknown): string => {
    const field = catalogue?.find(key);
    if (!catalogue || value === null || value === undefined || value === '') return t('import.emptyCell');
    if (key.startsWith('x.') && field?.options) return Array.isArray(value) ? value.join('、') : String(value); // by name already
    const ids = field?.type === 'set' && typeof value === 'string' ? (value.match(/\d+/g) ?? []) : null;
    return plainValue(ids ?? value, field, catalogue, language, t) || t('import.emptyCell');
  };
  const isOfCustomers = ofCustomers.includes(job.kind);
  const words = (row: JobRow): string => {
    if (row.errors.length > 0) return row.errors.map((error) => (error.column ? `${error.column}: ${error.detail}` : error.detail)).join(' / ');
    return row.changes.map((change) => (row.outcome === 'update' ? `${label(change)}: ${shown(change.field, change.before)} → ${shown(change.field, change.after)}` : `${label(change)}: ${shown(change.field, change.after)}`)).join(' / ');
  };
  const columns: TableColumn<JobRow>[] = [
    { key: 'line', header: t('import.line'), width: 80, align: 'right', render: (row) => formatCount(row.line) },
    { key: 'outcome', header: t('import.outcome'), width: 96, render: (row) => <Badge size="sm" variant="light" color={colors[row.outcome]}>{t(`import.outcomes.${row.outcome}`)}</Badge> },
    { key: 'label', header: t('import.who'), width: 180, text: (row) => row.label ?? '', render: (row) => (row.record && isOfCustomers ? <Link to={`/customers/${row.record}`} tabIndex={-1} className={classes.link}>{row.label ?? row.record}</Link> : (row.label ?? '')) },
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
          <DataTable label={t('import.rows')} columns={columns} rows={items} rowKey={(row) => String(row.line)} fixedColumns={2} busy={rows.isPlaceholderData} tone={(row) => (row.outcome === 'error' ? 'alarm' : undefined)} />
        </div>
      )}
      {rows.hasNextPage && items.length >= mostShown && (
        <Text size="sm">
          {t('import.mostRows', { count: items.length })}{' '}
          {job.has_rejects && (
            <Anchor href={rejectsUrl(job.id)} download size="sm">
              {t('job.rejects')}
            </Anchor>
          )}
        </Text>
      )}
      {rows.hasNextPage && items.length < mostShown && (
        <div>
          <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
