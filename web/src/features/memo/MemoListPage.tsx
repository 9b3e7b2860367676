import { Anchor, Badge, Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { Form } from '@/ui/Form';
import { ListPage, TableArea } from '@/ui/ListPage';
import { EmptyState, PageTitle, ProblemPanel } from '@/ui/states';
import { useAllMemos, type Memo } from './api';
import classes from './memo.module.css';

/** すべてのメモ. The ticks stand in the address; what is looked for does not, it may be a name. */
export function MemoListPage() {
  const { t } = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const mine = params.has('mine');
  const alert = params.has('alert');
  const memos = useAllMemos({ text, author: mine ? me.id : null, alert });
  const tick = (name: string, on: boolean) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (on) next.set(name, '1');
      else next.delete(name);
      return next;
    });
  const columns = useMemo<TableColumn<Memo>[]>(
    () => [
      {
        key: 'customer',
        header: t('memo.customer'),
        width: 180,
        text: (memo) => memo.customer_name ?? memo.customer_number,
        render: (memo) => (
          <Anchor component={Link} to={`/customers/${memo.customer}/memos`} tabIndex={-1} size="sm">
            {memo.customer_name ?? memo.customer_number}
          </Anchor>
        ),
      },
      {
        key: 'body',
        header: t('memo.body'),
        width: 560,
        text: (memo) => (memo.title ? `${memo.title}\n${memo.body}` : memo.body),
        render: (memo) => (
          <span className={classes.cell}>
            {memo.alert && (
              <Badge size="xs" color="red" variant="light" mr={6}>
                {t('memo.alert')}
              </Badge>
            )}
            {memo.title && <b>{memo.title} </b>}
            {memo.body}
          </span>
        ),
      },
      { key: 'author', header: t('memo.author'), width: 140, text: (memo) => memo.created_by_name ?? '', render: (memo) => memo.created_by_name ?? t('memo.system') },
      { key: 'created_at', header: t('memo.at'), width: 140, render: (memo) => formatMoment(memo.created_at) },
      { key: 'updated_at', header: t('memo.updatedAt'), width: 140, render: (memo) => (memo.version > 1 ? formatMoment(memo.updated_at) : '') },
    ],
    [t],
  );
  const items = memos.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = text !== '' || mine || alert;
  return (
    <ListPage>
      <PageTitle title={t('memo.all')} />
      <Group
        gap="md"
        component={Form}
        role="search"
        onSubmit={() => setText(typed.trim())}
      >
        <TextInput aria-label={t('memo.search')} placeholder={t('memo.search')} w={320} maxLength={200} value={typed} leftSection={<IconSearch size={16} aria-hidden />} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" variant="default">
          {t('memo.searchAct')}
        </Button>
        <Checkbox label={t('memo.onlyMine')} checked={mine} onChange={(event) => tick('mine', event.currentTarget.checked)} />
        <Checkbox label={t('memo.onlyAlert')} checked={alert} onChange={(event) => tick('alert', event.currentTarget.checked)} />
      </Group>
      {memos.error && <ProblemPanel problem={memos.error} onRetry={() => void memos.refetch()} />}
      {memos.data && items.length === 0 && <EmptyState title={t(filtered ? 'memo.noneFound' : 'memo.none')}>{filtered ? null : t('memo.noneAllText')}</EmptyState>}
      {!memos.error && !(memos.data && items.length === 0) && (
        <TableArea>
          <DataTable label={t('memo.all')} columns={columns} rows={items} rowKey={(memo) => memo.id} fixedColumns={1} onOpen={(memo) => void navigate(`/customers/${memo.customer}/memos`)} tone={(memo) => (memo.alert ? 'alarm' : undefined)} busy={memos.isPlaceholderData} {...(memos.data ? {} : { bones: 10 })} />
        </TableArea>
      )}
      {memos.hasNextPage && (
        <div>
          <Button variant="default" loading={memos.isFetchingNextPage} onClick={() => void memos.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </ListPage>
  );
}
