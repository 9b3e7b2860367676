import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { without } from '@/lib/record';
import { ColumnResizer, narrowest, widest } from './ColumnResizer';
import classes from './DataTable.module.css';
import { NearRows } from './NearView';
import { offerRows } from './toRows';

export type Density = 'compact' | 'normal' | 'relaxed';
export type SortState = { field: string; direction: 'asc' | 'desc' };
export type RowTone = 'alarm' | 'muted' | undefined;

export type TableColumn<Row> = {
  key: string;
  header: string;
  width: number;
  align?: 'left' | 'right';
  sortable?: boolean;
  /** Stays at the right edge, whatever is scrolled below it: always, or where a wide screen leaves room for it. */
  atEnd?: 'always' | 'wide';
  /** The text of the cell for the tooltip of a cut value; none when the cell explains itself. */
  text?: (row: Row) => string;
  render: (row: Row) => ReactNode;
};

export type RowTicks = {
  ticked: ReadonlySet<string>;
  all: boolean; // the whole result is chosen, also what is on other pages
  onChange: (ticked: Set<string>) => void;
  label: (rowKey: string) => string;
  labelAll: string;
};

type Props<Row> = {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  fixedColumns?: number;
  density?: Density;
  sort?: SortState | null;
  onSort?: (sort: SortState) => void;
  sortHint?: (column: string, direction: 'asc' | 'desc' | null) => string;
  widths?: Record<string, number>;
  onWidths?: (widths: Record<string, number>) => void;
  ticks?: RowTicks;
  tone?: (row: Row) => RowTone;
  onOpen?: (row: Row) => void;
  onEdit?: (row: Row) => void;
  busy?: boolean;
  /** While rows are awaited for the first time: that many bones of rows. */
  bones?: number;
  /** Where to start from as soon as rows of another `key` are there: `left` undefined stays as it is. It is told when it moves. */
  place?: { key: string; top: number; left: number | undefined };
  onPlace?: (place: { top: number; left: number }) => void;
  /** What the page is about: the arrow down leads to its rows from the boxes that search. */
  main?: boolean;
};

const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature, columnSizingFeature, columnResizingFeature });
const tickWidth = 36;
const rowHeights = { compact: 28, normal: 32, relaxed: 40 } as const;
const mostAtOnce = 200; // rows that are there whether they are seen or not
const stretch = 25; // of the others, near and far: what comes near is made between two frames
const noWidths: Record<string, number> = {};

/** What a cell cuts can be read by pointing at it. */
function tellCut(event: MouseEvent<HTMLTableCellElement>): void {
  const cell = event.currentTarget;
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : '';
}

/** From the words of a header to its edge, which is no stop of Tab: there would be twice as many. */
function toResizer(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowRight') return;
  const edge = event.currentTarget.parentElement?.querySelector<HTMLElement>('[role="separator"]');
  if (!edge) return;
  event.preventDefault();
  edge.focus();
}

export function DataTable<Row extends object>(props: Props<Row>) {
  const { columns, rows, rowKey, ticks, density = 'normal', fixedColumns = 0, widths, onWidths } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focusedRow, setFocused] = useState(0);
  const focused = Math.min(focusedRow, Math.max(0, rows.length - 1));

  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () => columns.map((column) => ({ id: column.key, size: column.width, minSize: narrowest, maxSize: widest, cell: ({ row }) => column.render(row.original) })),
    [columns],
  );
  // While a column is dragged its width is only ours; it is told when the mouse lets go.
  const [sizing, setSizing] = useState<Record<string, number>>(widths ?? noWidths);
  const [known, setKnown] = useState(widths);
  if (known !== widths) {
    setKnown(widths);
    setSizing(widths ?? noWidths);
  }
  const table = useTable<typeof features, Row>({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowKey,
    columnResizeMode: 'onChange',
    state: { columnSizing: sizing },
    onColumnSizingChange: setSizing,
  });
  const dragged = table.state.columnResizing.isResizingColumn !== false;
  const wasDragged = useRef(false);
  useEffect(() => {
    if (wasDragged.current && !dragged) onWidths?.(sizing);
    wasDragged.current = dragged;
  }, [dragged, sizing, onWidths]);
  const byKey = useMemo(() => new Map(columns.map((column) => [column.key, column])), [columns]);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];

  const left: number[] = [];
  let edge = ticks ? tickWidth : 0;
  for (const header of headers) {
    left.push(edge);
    edge += header.getSize();
  }

  const { place, onPlace, main = false } = props;
  const ready = rows.length > 0 && !props.busy && props.bones === undefined;
  const placed = useRef<string | null>(null); // the rows one was led to; what moves before others are there tells nothing of them
  const awaitedFrom = useRef<Element | null>(null); // where one waits for the rows
  const [placeKey, setPlaceKey] = useState(place?.key);
  if (place && place.key !== placeKey) {
    setPlaceKey(place.key);
    setFocused(0);
  }
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!ready || !box) return;
    if (place && placed.current !== place.key) {
      placed.current = place.key;
      box.scrollTop = place.top;
      if (place.left !== undefined) box.scrollLeft = place.left;
      onPlace?.({ top: box.scrollTop, left: box.scrollLeft });
    }
    if (awaitedFrom.current && awaitedFrom.current === document.activeElement) box.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
    awaitedFrom.current = null;
  });

  const focusRow = (at: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at));
    flushSync(() => setFocused(next)); // it may have been too far away to be there
    scroller.current?.querySelector<HTMLTableRowElement>(`tr[data-at="${next}"]`)?.focus();
  };
  useEffect(() => {
    if (!main) return;
    return offerRows(() => {
      if (ready) scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
      else awaitedFrom.current = document.activeElement;
    });
  }, [main, ready]);
  const toggle = (key: string) => {
    if (!ticks) return;
    const next = new Set(ticks.all ? rows.map(rowKey) : ticks.ticked);
    if (next.has(key)) next.delete(key);
    else next.add(key);
    ticks.onChange(next);
  };
  // From the row into its links and buttons and back, which are no stops of Tab: there would be hundreds.
  const focusInRow = (event: KeyboardEvent<HTMLTableRowElement>, by: 1 | -1) => {
    const inside = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button')];
    const next = inside.indexOf(event.target as HTMLElement) + by;
    (next < 0 ? event.currentTarget : inside[next])?.focus();
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, at: number) => {
    if (event.key === 'ArrowRight') return focusInRow(event, 1);
    if (event.key === 'ArrowLeft' && event.target !== event.currentTarget) return focusInRow(event, -1);
    if (event.key === 'Escape') return event.currentTarget.focus();
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => focusRow(at + 1),
      ArrowUp: () => focusRow(at - 1),
      PageDown: () => focusRow(at + 15),
      PageUp: () => focusRow(at - 15),
      Home: () => focusRow(0),
      End: () => focusRow(rows.length - 1),
      ...(props.onOpen ? { Enter: () => props.onOpen?.(row) } : {}),
      ...(props.onEdit ? { e: () => props.onEdit?.(row) } : {}),
      ...(ticks ? { ' ': () => toggle(rowKey(row)) } : {}),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const pageTicked = ticks ? rows.length > 0 && rows.every((row) => ticks.all || ticks.ticked.has(rowKey(row))) : false;
  const someTicked = ticks ? rows.some((row) => ticks.ticked.has(rowKey(row))) : false;
  const fixed = (at: number) => (at < fixedColumns ? { 'data-fixed': true, ...(at === fixedColumns - 1 ? { 'data-last-fixed': true } : {}) } : {});
  const fixedStyle = (at: number) => (at < fixedColumns ? { left: left[at] } : undefined);

  const tableRows = props.bones === undefined ? table.getRowModel().rows : [];
  const stretches = tableRows.length > mostAtOnce ? Array.from({ length: Math.ceil(tableRows.length / stretch) }, (_, at) => tableRows.slice(at * stretch, (at + 1) * stretch)) : null;
  const rowOf = (row: (typeof tableRows)[number], at: number) => {
    const key = row.id;
    const chosen = ticks ? ticks.all || ticks.ticked.has(key) : false;
    return (
      <tr
        key={key}
        data-at={at}
        tabIndex={at === focused ? 0 : -1}
        data-tone={props.tone?.(row.original)}
        data-chosen={chosen || undefined}
        aria-selected={ticks ? chosen : undefined}
        onFocus={() => setFocused(at)}
        onKeyDown={(event) => onKeyDown(event, row.original, at)}
        onDoubleClick={() => props.onOpen?.(row.original)}
      >
        {ticks && (
          <td className={classes.tick} data-fixed style={{ left: 0 }}>
            <input type="checkbox" tabIndex={-1} aria-label={ticks.label(key)} checked={chosen} onChange={() => toggle(key)} />
          </td>
        )}
        {row.getVisibleCells().map((cell, column) => {
          const definition = byKey.get(cell.column.id);
          return (
            <td
              key={cell.id}
              data-align={definition?.align}
              data-at-end={definition?.atEnd}
              {...fixed(column)}
              style={fixedStyle(column)}
              title={definition?.text?.(row.original) || undefined}
              onMouseEnter={definition?.text ? undefined : tellCut}
            >
              <table.FlexRender cell={cell} />
            </td>
          );
        })}
      </tr>
    );
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-busy={props.busy || undefined}
      role="region"
      aria-label={props.label}
      aria-busy={props.busy || props.bones !== undefined}
      tabIndex={rows.length === 0 ? 0 : -1}
      onScroll={({ currentTarget: { scrollTop: top, scrollLeft: left } }) => {
        if (place && placed.current === place.key) onPlace?.({ top, left });
      }}
    >
      <table className={classes.table} data-density={density} style={{ width: edge, minWidth: '100%' }}>
        <colgroup>
          {ticks && <col style={{ width: tickWidth }} />}
          {headers.map((header) => (
            <col key={header.id} style={{ width: header.getSize() }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {ticks && (
              <th className={classes.tick} data-fixed style={{ left: 0 }} scope="col">
                <input
                  type="checkbox"
                  aria-label={ticks.labelAll}
                  checked={pageTicked}
                  ref={(box) => {
                    if (box) box.indeterminate = someTicked && !pageTicked;
                  }}
                  onChange={() => {
                    const next = new Set(ticks.ticked);
                    for (const row of rows) {
                      if (pageTicked) next.delete(rowKey(row));
                      else next.add(rowKey(row));
                    }
                    ticks.onChange(ticks.all ? new Set() : next);
                  }}
                />
              </th>
            )}
            {headers.map((header, at) => {
              const column = byKey.get(header.column.id);
              if (!column) return null;
              const direction = props.sort?.field === column.key ? props.sort.direction : null;
              return (
                <th
                  key={header.id}
                  scope="col"
                  data-align={column.align}
                  data-at-end={column.atEnd}
                  {...fixed(at)}
                  style={fixedStyle(at)}
                  aria-label={onWidths ? column.header : undefined}
                  aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {column.sortable && props.onSort ? (
                    <button
                      type="button"
                      className={classes.sort}
                      data-active={direction !== null || undefined}
                      title={props.sortHint?.(column.header, direction)}
                      onKeyDown={toResizer}
                      onClick={() => props.onSort?.({ field: column.key, direction: direction === 'asc' ? 'desc' : 'asc' })}
                    >
                      <span>{column.header}</span>
                      {direction === 'asc' && <IconArrowUp size={13} aria-hidden />}
                      {direction === 'desc' && <IconArrowDown size={13} aria-hidden />}
                    </button>
                  ) : (
                    column.header
                  )}
                  {onWidths && (
                    <ColumnResizer
                      column={column.header}
                      width={header.getSize()}
                      dragged={header.column.getIsResizing()}
                      onDrag={header.getResizeHandler()}
                      onWidth={(width) => setSizing((now) => ({ ...now, [column.key]: width }))}
                      onDone={() => onWidths(sizing)}
                      onReset={() => onWidths(without(sizing, column.key))}
                      isStop={!(column.sortable && props.onSort)}
                    />
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {props.bones !== undefined &&
            Array.from({ length: props.bones }, (_, at) => (
              <tr key={at} aria-hidden>
                {ticks && <td className={classes.tick} data-fixed style={{ left: 0 }} />}
                {headers.map((header, column) => (
                  <td key={header.id} {...fixed(column)} style={fixedStyle(column)}>
                    <span className={classes.bone} />
                  </td>
                ))}
              </tr>
            ))}
          {!stretches && tableRows.map(rowOf)}
        </tbody>
        {stretches?.map((some, at) => (
          <NearRows
            key={some[0]?.id}
            height={some.length * rowHeights[density]}
            columns={headers.length + (ticks ? 1 : 0)}
            keep={Math.floor(focused / stretch) === at}
            rows={() => some.map((row, place) => rowOf(row, at * stretch + place))}
          />
        ))}
      </table>
    </div>
  );
}
