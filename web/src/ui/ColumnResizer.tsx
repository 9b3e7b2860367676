import { useRef, type KeyboardEvent, type MouseEvent, type TouchEvent } from 'react';
import { useTexts } from '@/lib/i18n';
import classes from './DataTable.module.css';

export const narrowest = 48;
export const widest = 1200;

type Props = {
  column: string;
  width: number;
  dragged: boolean;
  onDrag: (event: MouseEvent | TouchEvent) => void;
  onWidth: (width: number) => void;
  onDone: () => void;
  onReset: () => void;
  /** A stop of Tab: else the arrow key leads here from the words of the header. */
  isStop: boolean;
};

/** The right edge of a column's header: dragged, or moved by the arrow keys. */
export function ColumnResizer({ column, width, dragged, onDrag, onWidth, onDone, onReset, isStop }: Props) {
  const { t } = useTexts();
  const moved = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.shiftKey ? 50 : 10;
    const by = event.key === 'ArrowRight' ? step : event.key === 'ArrowLeft' ? -step : 0;
    if (by !== 0) {
      moved.current = true;
      onWidth(Math.max(narrowest, Math.min(widest, width + by)));
    } else if (event.key === 'Escape' || event.key === 'Enter') {
      event.currentTarget.parentElement?.querySelector('button')?.focus();
    } else if (event.key === 'Delete') {
      onReset();
    } else return;
    event.preventDefault();
  };
  const finish = () => {
    if (moved.current) onDone();
    moved.current = false;
  };
  return (
    <span
      className={classes.resizer}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('table.widthOf', { column })}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuenow={Math.round(width)}
      tabIndex={isStop ? 0 : -1}
      data-active={dragged || undefined}
      onMouseDown={onDrag}
      onTouchStart={onDrag}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
      onKeyUp={finish}
      onBlur={finish}
    />
  );
}
