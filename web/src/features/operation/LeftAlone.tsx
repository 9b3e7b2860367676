import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { TableArea } from '@/ui/ListPage';
import { ProblemPanel } from '@/ui/states';
import { useLeftAlone, type UndoConflict } from './api';
import { useOperationWords } from './words';

/** What a long undo left as it is, since it had been changed meanwhile: each value with its customer. Nothing for other jobs. */
export function LeftAlone({ job }: { job: string }) {
  const mayRead = useMay()('history.read');
  return mayRead ? <List job={job} /> : null;
}

function List({ job }: { job: string }) {
  const { t } = useTexts();
  const words = useOperationWords();
  const left = useLeftAlone(job);
  if (left.error) return <ProblemPanel problem={left.error} onRetry={() => void left.refetch()} />;
  const rows = left.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  const about = (row: UndoConflict) => `${words.record(row.kind_label)} ${row.record}`;
  const customer = (row: UndoConflict) => [row.customer_number, row.customer_name].filter(Boolean).join(' ');
  const field = (row: UndoConflict) => (row.field === '' ? t('operation.wholeRow') : words.field(row));
  const value = (row: UndoConflict, raw: unknown) => (row.field === '' ? '' : words.value(row, raw) || t('history.empty'));
  const columns: TableColumn<UndoConflict>[] = [
    {
      key: 'customer',
      header: t('operation.leftCustomer'),
      width: 220,
      text: customer,
      render: (row) => (row.customer ? <Anchor component={Link} to={`/customers/${row.customer}/history`} tabIndex={-1} size="sm">{customer(row)}</Anchor> : ''),
    },
    { key: 'record', header: t('operation.record'), width: 150, text: about, render: about },
    { key: 'field', header: t('history.field'), width: 160, text: field, render: field },
    { key: 'before', header: t('operation.leftBefore'), width: 180, text: (row) => value(row, row.before), render: (row) => value(row, row.before) },
    { key: 'after', header: t('operation.leftAfter'), width: 180, text: (row) => value(row, row.after), render: (row) => value(row, row.after) },
    { key: 'now', header: t('operation.leftNow'), width: 180, text: (row) => value(row, row.now), render: (row) => value(row, row.now) },
  ];
  return (
    <Stack gap="xs">
      <Title order={2}>{t('operation.left')}</Title>
      <Text size="sm">{t('operation.leftText')}</Text>
      <TableArea part>
        <DataTable label={t('operation.left')} columns={columns} rows={rows} rowKey={(row) => row.id} fixedColumns={1} />
      </TableArea>
      {left.hasNextPage && (
        <div>
          <Button variant="default" loading={left.isFetchingNextPage} onClick={() => void left.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
