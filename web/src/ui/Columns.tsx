import { Link } from 'react-router';
import classes from './Columns.module.css';

export type Column = {
  key: string;
  name: string; // all of it in words
  value: number;
  shown: string; // the value
  axis: string;
  group: string; // under the first of several, may be empty
  to: string | null; // what is behind it; null where there is nothing
  current: boolean;
};

const few = 12;

/** A picture of amounts side by side; each is a link to what is behind it. */
export function Columns({ label, columns }: { label: string; columns: Column[] }) {
  const most = Math.max(1, ...columns.map((column) => column.value));
  const highest = columns.findIndex((column) => column.value === most);
  return (
    <ol className={classes.columns} aria-label={label}>
      {columns.map((column, at) => (
        <li key={column.key} className={classes.column} data-highest={at === highest || undefined} data-few={columns.length <= few || undefined} aria-hidden={column.to === null || undefined}>
          {column.to === null ? (
            <span className={classes.stand} />
          ) : (
            <Link to={column.to} replace preventScrollReset className={classes.stand} aria-label={column.name} aria-current={column.current || undefined}>
              <Fill column={column} share={Math.max(0, column.value) / most} />
            </Link>
          )}
          <span className={classes.axis} aria-hidden>
            <span>{column.axis}</span>
            <span>{column.group}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Fill({ column, share }: { column: Column; share: number }) {
  return (
    <>
      <span className={classes.fill} style={{ height: `${share * 100}%` }} />
      <span className={classes.value} style={{ bottom: `calc(${share * 100}% + 1px)` }} aria-hidden>
        {column.shown}
      </span>
    </>
  );
}
