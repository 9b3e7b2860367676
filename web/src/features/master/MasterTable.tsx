import { Table, VisuallyHidden } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { IconButton } from '@/ui/IconButton';
import type { Declaration, MasterName, MasterRow } from './api';
import classes from './master.module.css';
import { cellText, inName, RowName } from './values';

type Props = {
  name: MasterName;
  declaration: Declaration;
  rows: MasterRow[] | null; // null: awaited
  most: number; // shown
  onOrder?: (ids: string[]) => void;
  members: (row: MasterRow) => ReactNode;
  acts: (row: MasterRow) => ReactNode;
  onEdit: (row: MasterRow) => void;
};

const restBeforeSaving = 700; // milliseconds without a further key

/** The rows in their order, which dragging a row or the arrow keys on its handle change. */
export function MasterTable({ name, declaration, rows, most, onOrder, members, acts, onEdit }: Props) {
  const { t, language } = useTexts();
  const [moving, setMoving] = useState<MasterRow[] | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What the server answers after the order was saved takes the place of ours.
  const [known, setKnown] = useState(rows);
  if (known !== rows) {
    setKnown(rows);
    setMoving(null);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const ordered = moving ?? rows ?? [];
  const fields = declaration.fields.filter(({ key }) => !inName.has(key));
  const save = (next: MasterRow[]) => {
    if (next.some((row, at) => row.id !== rows?.[at]?.id)) onOrder?.(next.map(({ id }) => id));
  };
  const move = (id: string, to: number): MasterRow[] => {
    const moved = ordered.find((row) => row.id === id);
    if (!moved || to < 0 || to >= ordered.length) return ordered;
    const others = ordered.filter((row) => row.id !== id);
    const next = [...others.slice(0, to), moved, ...others.slice(to)];
    setMoving(next);
    setTold(t('masters.moved', { name: moved.name, count: to + 1 }));
    return next;
  };
  const moveByKey = (id: string, to: number) => {
    const next = move(id, to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save(next), restBeforeSaving);
  };

  return (
    <>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={-1}>
        <Table className={classes.table} aria-label={t(`masters.${name}`)} aria-busy={rows === null} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {onOrder && (
                <Table.Th w={36}>
                  <VisuallyHidden>{t('masters.order')}</VisuallyHidden>
                </Table.Th>
              )}
              <Table.Th>{t('masters.name')}</Table.Th>
              {fields.map((field) => (
                <Table.Th key={field.key} className={field.type === 'integer' ? classes.number : undefined}>
                  {field.labels[language]}
                </Table.Th>
              ))}
              <Table.Th className={classes.number}>{t('masters.members')}</Table.Th>
              {onOrder && (
                <Table.Th w={44}>
                  <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows === null &&
              Array.from({ length: 4 }, (_, at) => (
                <Table.Tr key={at} aria-hidden>
                  <Table.Td colSpan={fields.length + 4} className={classes.bone} />
                </Table.Tr>
              ))}
            {ordered.slice(0, most).map((row, at) => (
              <Table.Tr
                key={row.id}
                data-dragged={dragged === row.id || undefined}
                draggable={onOrder !== undefined}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  setDragged(row.id);
                }}
                onDragEnd={() => {
                  setDragged(null);
                  save(ordered);
                }}
                onDragOver={(event) => {
                  if (!dragged) return;
                  event.preventDefault();
                  if (dragged !== row.id) move(dragged, at);
                }}
                onDoubleClick={() => onEdit(row)}
              >
                {onOrder && (
                  <Table.Td>
                    <IconButton
                      size="sm"
                      className={classes.grip}
                      label={t('masters.grip', { name: row.name })}
                      onKeyDown={(event) => {
                        const to = event.key === 'ArrowUp' ? at - 1 : event.key === 'ArrowDown' ? at + 1 : null;
                        if (to === null) return;
                        event.preventDefault();
                        moveByKey(row.id, to);
                      }}
                    >
                      <IconGripVertical size={16} />
                    </IconButton>
                  </Table.Td>
                )}
                <Table.Td miw={140}>
                  <RowName row={row} t={t} />
                </Table.Td>
                {fields.map((field) => (
                  <Table.Td key={field.key} className={field.type === 'integer' ? classes.number : field.type === 'choice' ? classes.short : undefined}>
                    {cellText(field, row[field.key], language, t)}
                  </Table.Td>
                ))}
                <Table.Td className={classes.number}>{members(row)}</Table.Td>
                {onOrder && <Table.Td>{acts(row)}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
    </>
  );
}
