import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ListPage, TableArea } from '@/ui/ListPage';
import { EmptyState, PageTitle, ProblemPanel } from '@/ui/states';
import { useOperations, type Operation, type OperationFilter } from './api';
import { readOperationFilter } from './filter';
import { OperationFilters } from './OperationFilters';
import { OperationState } from './OperationState';
import { useUndoDialog } from './useUndoDialog';
import { useOperationWords } from './words';

export function OperationListPage() {
  const { t } = useTexts();
  const may = useMay();
  const words = useOperationWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readOperationFilter(params), [params]);
  const change = (next: OperationFilter) => setParams({ ...next }, { replace: true });
  const filtered = Object.keys(filter).length > 0;
  const operations = useOperations(filter);
  const { ask, dialog } = useUndoDialog();
  const items = useMemo(() => operations.data?.pages.flatMap((page) => page.items) ?? [], [operations.data]);
  const columns: TableColumn<Operation>[] = [
    { key: 'at', header: t('operation.at'), width: 140, render: (row) => <Link to={`/operations/${row.id}`} tabIndex={-1} style={{ color: 'var(--mantine-color-anchor)' }}>{formatMoment(row.at)}</Link> },
    { key: 'kind', header: t('operation.kind'), width: 180, render: (row) => words.kind(row) },
    { key: 'actor', header: t('operation.by'), width: 150, render: (row) => words.actor(row.actor) },
    { key: 'changes', header: t('operation.changes'), width: 88, align: 'right', render: (row) => formatCount(row.change_count) },
    { key: 'state', header: t('operation.state'), width: 96, render: (row) => <OperationState operation={row} /> },
    {
      key: 'undo',
      header: t('common.actions'),
      width: 114,
      render: (row) =>
        row.undoable && !row.undone_by && may('operation.undo') ? (
          <Button size="compact-xs" variant="default" leftSection={<IconArrowBackUp size={13} aria-hidden />} onClick={() => ask(row)}>
            {t('operation.undo')}
          </Button>
        ) : null,
    },
    { key: 'ip', header: t('operation.ip'), width: 116, render: (row) => row.ip ?? '' },
    { key: 'screen', header: t('operation.screen'), width: 156, text: (row) => (row.screen ? words.screen(row.screen) : ''), render: (row) => (row.screen ? words.screen(row.screen) : '') },
  ];
  return (
    <ListPage>
      <PageTitle title={t('operation.title')} />
      <OperationFilters filter={filter} onChange={change} />
      {operations.error ? (
        <ProblemPanel problem={operations.error} onRetry={() => void operations.refetch()} />
      ) : operations.data && items.length === 0 ? (
        <EmptyState title={t(filtered ? 'operation.noneFiltered' : 'operation.none')} acts={filtered && <Button variant="default" onClick={() => change({})}>{t('access.clear')}</Button>} />
      ) : (
        <TableArea>
          <DataTable label={t('operation.title')} columns={columns} rows={items} rowKey={(row) => row.id} fixedColumns={1} onOpen={(row) => void navigate(`/operations/${row.id}`)} tone={(row) => (row.undone_by ? 'muted' : undefined)} busy={operations.isPlaceholderData} {...(operations.data ? {} : { bones: 12 })} />
        </TableArea>
      )}
      {operations.hasNextPage && (
        <div>
          <Button variant="default" loading={operations.isFetchingNextPage} onClick={() => void operations.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {dialog}
    </ListPage>
  );
}
