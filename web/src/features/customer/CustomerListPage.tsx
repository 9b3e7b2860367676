import type { GrantTarget } from '@/features/coupon/api';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { asProblem } from '@/lib/api/problem';
import { useCatalogue, type Catalogue } from '@/lib/catalogue';
import type { SavedSearchContent } from '@/features/saved_search/api';
import { SavedSearchButton } from '@/features/saved_search/SavedSearchButton';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay, usePreferences } from '@/lib/session';
import { wordsOf } from '@/lib/text/highlight';
import { DataTable, type SortState } from '@/ui/DataTable';
import { Pager } from '@/ui/Pager';
import { EmptyState, PageTitle, ProblemPanel, useProblemToast } from '@/ui/states';
import { alwaysAsked, customerColumns, type Row, type RowMay, type Sort } from './columns';
import { defaultSearch, type Condition, type StoredSearch } from './conditions';
import classes from './customer.module.css';
import { DeleteCustomerDialog } from './DeleteCustomerDialog';
import { hiddenHits, oneBoxFields } from './hits';
import { readPlace, rememberPlace } from './listMemory';
import { SearchPanel, SearchPanelBones } from './SearchPanel';
import { SelectionBar } from './SelectionBar';
import { pickSearch, useCustomerCount, useCustomerPage, useStoredSearch, useStoreSearch, type PageRequest, type SearchPage } from './searchApi';
import { TableTools } from './TableTools';
import { useLooks, type ListState, type Looks } from './useLooks';
import { useTicks } from './useTicks';

const GrantDialog = lazy(async () => ({ default: (await import('@/features/coupon/GrantDialog')).GrantDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('@/features/transfer/ExportDialog')).ExportDialog }));

const defaultSort: Sort = [{ field: 'created_at', direction: 'desc' }];

export function CustomerListPage() {
  const { t } = useTexts();
  const [params] = useSearchParams();
  const id = params.get('s');
  const { catalogue, error, refetch } = useCatalogue();
  const stored = useStoredSearch(id);
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (stored.error) {
    if (stored.error.status !== 404) return <ProblemPanel problem={stored.error} onRetry={() => void stored.refetch()} />;
    return (
      <EmptyState title={t('search.gone')} acts={<Button component={Link} to="/customers">{t('problem.toCustomers')}</Button>}>
        {t('search.goneText')}
      </EmptyState>
    );
  }
  return <CustomerList catalogue={catalogue} id={id} search={stored.data ?? null} awaited={stored.isPlaceholderData} />;
}

/** `id`: of the stored search. `awaited`: it is being read, `search` is the one before. */
type Props = { catalogue: Catalogue | null; id: string | null; search: StoredSearch | null; awaited: boolean };

function CustomerList({ catalogue, id, search, awaited }: Props) {
  const { t, language } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const location = useLocation();
  const store = useStoreSearch();
  const tell = useProblemToast();
  const [storing, setStoring] = useState(false);
  const [preferences, setPreferences] = usePreferences();
  const { looks, density, widths, setDensity, setWidths } = useLooks(id);
  const [draft, setDraft] = useState<StoredSearch | null>(null);
  const isOn = useFeature();
  const [exporting, setExporting] = useState<Condition | 'all' | null>(null);
  const [granting, setGranting] = useState<GrantTarget | null>(null);
  const [deleting, setDeleting] = useState<Row | null>(null);
  const place = readPlace(location.key);
  const [ticks, setTicks] = useTicks(location.key, awaited ? null : search);

  const cursor = (location.state as ListState)?.cursor ?? null;
  const limit = search?.limit || preferences.page_size || 50;
  const sort = search?.sort ?? defaultSort;
  const columnKeys = useMemo(() => {
    const wanted = search?.columns ?? preferences.columns ?? catalogue?.defaultColumns ?? [];
    return wanted.filter((key) => catalogue?.find(key)?.listable);
  }, [search?.columns, preferences.columns, catalogue]);
  const request = useMemo<PageRequest | null>(() => {
    if (!catalogue || !search || awaited) return null;
    // What a word of the one box may have been found in is asked for as well, to say where when no column shows it.
    const found = search.text ? oneBoxFields(catalogue).map((field) => field.key) : [];
    const asked = [...new Set([...columnKeys, ...alwaysAsked, ...found])].filter((key) => catalogue.find(key)?.listable);
    return { search, sort, columns: asked, limit, cursor };
  }, [catalogue, search, awaited, sort, columnKeys, limit, cursor]);
  const page = useCustomerPage(request);

  const words = useMemo(() => wordsOf(search?.text ?? ''), [search?.text]);
  const mayEdit = may('customer.edit');
  const rowMay = useMemo<RowMay>(
    () => ({ edit: mayEdit, purchases: may('order.read'), points: isOn('points'), onDelete: may('customer.delete') ? setDeleting : null }),
    [mayEdit, may, isOn],
  );
  const columns = useMemo(() => {
    if (!catalogue) return [];
    const shown = new Set(columnKeys);
    return customerColumns(columnKeys, catalogue, language, t, words, rowMay, (row) => hiddenHits(row, words, shown, catalogue, language, t));
  }, [catalogue, columnKeys, language, t, words, rowMay]);

  /** Every search has an address: the default view is the plain one, any other carries the id of a stored search. */
  const goTo = async (next: StoredSearch) => {
    const plain = JSON.stringify(next) === JSON.stringify(defaultSearch());
    setStoring(true);
    try {
      await navigate(plain ? '/customers' : `/customers?s=${await store(next)}`, { state: stateOf(plain ? {} : looks) });
    } catch (thrown) {
      tell(asProblem(thrown));
    } finally {
      setStoring(false);
    }
  };
  const goToCursor = (to: string | null) => void navigate(location.pathname + location.search, { state: stateOf(looks, to) });
  const savedSearches = catalogue && search && (
    <SavedSearchButton
      catalogue={catalogue}
      current={{ ...pickSearch(draft ?? search), sort, columns: columnKeys, density, ...widthsOf(columnKeys, widths) }}
      onRun={({ search: called, looks: saved }) => void navigate(`/customers?s=${called}`, { state: stateOf(saved) })}
    />
  );
  const change = (part: Partial<StoredSearch>) => search && void goTo({ ...search, ...part });
  const rowKey = useCallback((row: Row) => row.id, []);
  const open = useCallback((row: Row) => void navigate(`/customers/${row.id}`), [navigate]);
  const edit = useCallback((row: Row) => void navigate(`/customers/${row.id}?edit=1`), [navigate]);

  const total = page.data?.total;
  const items = page.data?.items ?? [];
  // Whoever is ticked is meant, the deleted too: without a word about them a condition leaves them out.
  const tickedOnes = (): Condition => ({ all: [{ field: 'id', op: 'in', value: [...ticks.ids] }, { field: 'deleted', op: 'in', value: ['no', 'yes'] }] });
  const exportCondition = (): Condition | 'all' => (ticks.all || ticks.ids.size === 0 ? 'all' : tickedOnes());

  // Up to a thousand are ticked by hand at once; more than that is a job of the server's.
  const grantTarget = (): GrantTarget => (ticks.all ? { condition: search?.condition ?? { all: [] }, text: search?.text ?? null } : { customers: [...ticks.ids] });

  return (
    <div className={classes.listPage}>
      <PageTitle
        title={t('search.title')}
        note={<LiveCount total={total} draft={draft} />}
        acts={
          <>
            {may('import') && (
              <Button component={Link} to="/customers/import" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
                {t('search.import')}
              </Button>
            )}
            {may('export') && (
              <Button variant="default" disabled={!total} leftSection={<IconDownload size={16} aria-hidden />} onClick={() => setExporting(exportCondition())}>
                {t('search.export')}
              </Button>
            )}
            {mayEdit && (
              <Button component={Link} to="/customers/new" leftSection={<IconPlus size={16} aria-hidden />}>
                {t('search.create')}
              </Button>
            )}
          </>
        }
      />
      {catalogue && search ? (
        <SearchPanel catalogue={catalogue} search={search} acts={savedSearches} busy={storing} onDraft={setDraft} onSearch={(next) => void goTo({ ...keepLooks(search), ...next })} />
      ) : (
        <SearchPanelBones />
      )}
      <TableTools
        catalogue={catalogue}
        columns={columnKeys}
        onColumns={(next) => {
          setPreferences({ columns: next });
          if (search?.columns) change({ columns: next });
        }}
        limit={limit}
        onLimit={(next) => {
          setPreferences({ page_size: next as 20 | 50 | 100 | 200 });
          if (search?.limit) change({ limit: next });
          else if (cursor) goToCursor(null);
        }}
        density={density}
        onDensity={setDensity}
        onResetWidths={() => setWidths({})}
        sort={sort[0] ?? null}
        onSort={(next) => change({ sort: sortOf(next) })}
        pager={<ListPager page={page.data} goTo={goToCursor} />}
      />
      {page.error ? (
        <ProblemPanel problem={page.error} onRetry={() => void page.refetch()} />
      ) : page.data?.total === 0 && search ? (
        <NothingFound filtered={search.condition !== undefined || search.text !== undefined} onClear={() => void goTo({})} mayImport={may('import')} />
      ) : (
        <div className={classes.tableArea}>
          <DataTable
            main
            label={t('search.title')}
            columns={columns}
            rows={items}
            rowKey={rowKey}
            fixedColumns={fixedColumns(columnKeys)}
            density={density}
            sort={sort[0] ?? null}
            onSort={(next) => change({ sort: sortOf(next) })}
            sortHint={(column, direction) => t(direction === 'asc' ? 'table.sortDesc' : 'table.sortAsc', { column })}
            widths={widths}
            onWidths={setWidths}
            ticks={{
              ticked: ticks.ids,
              all: ticks.all,
              onChange: (ids) => setTicks({ ids, all: false }),
              label: (key) => t('table.tickRow', { name: items.find((row) => row.id === key)?.name ?? key }),
              labelAll: t('table.tickPage'),
            }}
            tone={(row) => (row.blocked && catalogue?.find('blocked') ? 'alarm' : row.deleted === 'yes' ? 'muted' : undefined)}
            onOpen={open}
            {...(mayEdit ? { onEdit: edit } : {})}
            busy={page.isPlaceholderData || awaited}
            {...(page.data ? {} : { bones: Math.min(limit, 25) })}
            place={{ key: location.key, top: place.top, left: place.left }}
            onPlace={(now) => rememberPlace(location.key, now)}
          />
        </div>
      )}
      <SelectionBar ticks={ticks} total={total ?? 0} onChange={setTicks} onExport={may('export') ? () => setExporting(exportCondition()) : null} onGrant={may('coupon.edit') && isOn('coupons') ? () => setGranting(grantTarget()) : null} />
      {deleting && (
        <DeleteCustomerDialog
          customer={{ id: deleting.id, version: deleting.version, number: deleting.number ?? '' }}
          name={deleting.name || t('customer.noName')}
          opened
          onClose={() => setDeleting(null)}
        />
      )}
      <Suspense>
        {granting && <GrantDialog target={granting} count={'customers' in granting ? granting.customers.length : (total ?? 0)} onClose={() => setGranting(null)} />}
        {exporting && search && catalogue && (
          <ExportDialog
            catalogue={catalogue}
            search={exporting === 'all' ? search : { condition: exporting }}
            sort={sort}
            count={exporting === 'all' ? (total ?? 0) : ticks.ids.size}
            shownColumns={columnKeys}
            onClose={() => setExporting(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What the list holds, and what the conditions being typed would find. */
function LiveCount({ total, draft }: { total: number | undefined; draft: StoredSearch | null }) {
  const { t } = useTexts();
  const count = useCustomerCount(draft ?? {}, draft !== null);
  return (
    <Group component="span" gap={8} aria-live="polite">
      {total !== undefined && <span>{t('common.count', { count: total })}</span>}
      {draft !== null && count.data !== undefined && !count.isError && (
        <Text component="span" size="sm" fw={600} c="var(--mantine-color-anchor)" title={t('counting.draftHint')} style={{ opacity: count.isFetching ? 0.7 : 1 }}>
          {t('counting.draft', { count: count.data })}
        </Text>
      )}
    </Group>
  );
}

/** How the list looks stays while its conditions change. */
function keepLooks({ sort, columns, limit }: StoredSearch): StoredSearch {
  return { ...(sort ? { sort } : {}), ...(columns ? { columns } : {}), ...(limit ? { limit } : {}) };
}

/** One column at a time. */
const sortOf = ({ field, direction }: SortState): Sort => [{ field, direction }];

/** Whose row it is stays in sight while one scrolls sideways: the first two columns, the third as well where it is the name. */
const fixedColumns = (keys: string[]): number => (keys[2] === 'name' ? 3 : 2);

function stateOf(looks: Looks, cursor: string | null = null): ListState {
  const isPlain = Object.keys(looks).length === 0;
  return isPlain && !cursor ? null : { ...(cursor ? { cursor } : {}), ...(isPlain ? {} : { looks }) };
}

/** The widths that were changed, of the columns in view. */
function widthsOf(keys: string[], widths: Record<string, number>): Pick<SavedSearchContent, 'widths'> {
  const chosen = Object.entries(widths).filter(([key]) => keys.includes(key));
  return chosen.length > 0 ? { widths: Object.fromEntries(chosen) } : {};
}

function ListPager({ page, goTo }: { page: SearchPage | undefined; goTo: (cursor: string | null) => void }) {
  if (!page) return null;
  const { next_cursor: next, previous_cursor: previous } = page;
  return (
    <Pager
      total={page.total}
      firstRow={page.first_row}
      shown={page.items.length}
      onFirst={page.first_row > 1 ? () => goTo(null) : null}
      onPrevious={previous ? () => goTo(previous) : null}
      onNext={next ? () => goTo(next) : null}
      onLast={next ? () => goTo('last') : null}
    />
  );
}

function NothingFound({ filtered, onClear, mayImport }: { filtered: boolean; onClear: () => void; mayImport: boolean }) {
  const { t } = useTexts();
  if (filtered) {
    return (
      <EmptyState title={t('search.emptyTitle')} acts={<Button variant="default" onClick={onClear}>{t('search.clearAll')}</Button>}>
        {t('search.emptyText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('search.noneYetTitle')}
      acts={
        <>
          {mayImport && (
            <Button component={Link} to="/customers/import" variant="default">
              {t('search.import')}
            </Button>
          )}
          <Button component={Link} to="/customers/new">
            {t('search.create')}
          </Button>
        </>
      }
    >
      {t('search.noneYetText')}
    </EmptyState>
  );
}
