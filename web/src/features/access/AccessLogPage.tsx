import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useOperationWords } from '@/features/operation/words';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { ListPage, TableArea } from '@/ui/ListPage';
import { EmptyState, PageTitle, ProblemPanel } from '@/ui/states';
import { AccessFilters } from './AccessFilters';
import { AccessSummary } from './AccessSummary';
import { useAccessLog, type AccessEntry } from './api';
import { readFilter, writeFilter } from './filter';
import { UnusualExports } from './UnusualExports';

const AccessDetail = lazy(async () => ({ default: (await import('./AccessDetail')).AccessDetail }));

/** 閲覧記録: who saw whose data. The filter stands in the address; it holds ids and numbers, no names. */
export function AccessLogPage() {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  const log = useAccessLog(filter);
  const [opened, setOpened] = useState<AccessEntry | null>(null);
  const [adding, setAdding] = useState(false);
  const columns = useColumns(setOpened);
  const items = useMemo(() => log.data?.pages.flatMap((page) => page.items) ?? [], [log.data]);
  const filtered = Object.keys(filter).length > 0;
  return (
    <ListPage>
      <PageTitle title={t('access.title')} />
      <UnusualExports />
      <AccessFilters filter={filter} onChange={(next) => setParams(writeFilter(next), { replace: true })} onSummary={() => setAdding(true)} />
      {log.error ? (
        <ProblemPanel problem={log.error} onRetry={() => void log.refetch()} />
      ) : log.data && items.length === 0 ? (
        <EmptyState title={filtered ? t('access.noneFiltered') : t('access.none')} acts={filtered && <Button variant="default" onClick={() => setParams({}, { replace: true })}>{t('access.clear')}</Button>}>
          {filtered ? null : t('access.noneText')}
        </EmptyState>
      ) : (
        <TableArea>
          <DataTable label={t('access.title')} columns={columns} rows={items} rowKey={(row) => row.id} density="compact" fixedColumns={1} onOpen={setOpened} busy={log.isPlaceholderData} {...(log.data ? {} : { bones: 16 })} />
        </TableArea>
      )}
      {log.hasNextPage && (
        <div>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
      {opened && (
        <Suspense>
          <AccessDetail entry={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
      {adding && <AccessSummary filter={filter} onClose={() => setAdding(false)} />}
    </ListPage>
  );
}

function useColumns(onOpen: (entry: AccessEntry) => void): TableColumn<AccessEntry>[] {
  const { t } = useTexts();
  const words = useOperationWords();
  return [
    { key: 'at', header: t('access.at'), width: 140, render: (row) => formatMoment(row.at) },
    { key: 'by', header: t('access.by'), width: 150, text: (row) => words.actor(row.actor), render: (row) => words.actor(row.actor) },
    { key: 'kind', header: t('access.what'), width: 190, render: (row) => <What entry={row} /> },
    { key: 'customer', header: t('access.customer'), width: 170, render: (row) => <Whom entry={row} /> },
    { key: 'times', header: t('access.times'), width: 72, align: 'right', render: (row) => (row.times > 1 ? t('access.timesCount', { count: row.times }) : '') },
    { key: 'fields', header: t('access.fields'), width: 150, render: (row) => <Shown fields={row.fields} /> },
    {
      key: 'details',
      header: t('common.actions'),
      width: 110,
      render: (row) =>
        row.has_search || row.job || row.alert || (row.customer === null && row.customers > 0) ? (
          <Button size="compact-xs" variant="default" aria-label={t('access.detailsOf', { at: formatMoment(row.at) })} onClick={() => onOpen(row)}>
            {t('access.details')}
          </Button>
        ) : null,
    },
    { key: 'where', header: t('access.where'), width: 230, text: (row) => row.screen ?? '', render: (row) => (row.screen ? words.screen(row.screen) : '') },
    { key: 'ip', header: t('access.ip'), width: 130, render: (row) => row.ip ?? '' },
  ];
}

function What({ entry }: { entry: AccessEntry }) {
  const { t } = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      {t(`access.kinds.${entry.kind}`)}
      {entry.alert && (
        <Badge size="sm" variant="light" color="red">
          {t('access.unusualMark')}
        </Badge>
      )}
    </Group>
  );
}

function Whom({ entry }: { entry: AccessEntry }) {
  const { t } = useTexts();
  if (entry.customer) {
    return (
      <Anchor component={Link} to={`/customers/${entry.customer}`} tabIndex={-1} size="sm">
        {t('access.open', { number: entry.customer_number ?? `#${entry.customer}` })}
      </Anchor>
    );
  }
  if (entry.kind === 'log' || (entry.kind === 'export' && entry.customers === 0)) return null;
  const key = entry.kind === 'download' || entry.kind === 'import' ? 'access.rows' : 'access.customers';
  return <>{t(key, { count: entry.customers })}</>;
}

function Shown({ fields }: { fields: AccessEntry['fields'] }) {
  const { t } = useTexts();
  return (
    <Group gap={4} wrap="nowrap">
      {fields.map((field) => (
        <Badge key={field} size="sm" variant="light" color={field === 'contact' ? 'yellow' : 'gray'}>
          {t(`access.classes.${field}`)}
        </Badge>
      ))}
      {fields.length === 0 && <Text size="xs">{formatCount(0)}</Text>}
    </Group>
  );
}
