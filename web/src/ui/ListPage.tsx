import type { ReactNode } from 'react';
import classes from './ListPage.module.css';

/** A page of one table, which scrolls in itself below what stands above it. */
export function ListPage({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}

/** Around a table: its header stays while its rows scroll. `part`: among other things of a page. */
export function TableArea({ part = false, children }: { part?: boolean; children: ReactNode }) {
  return <div className={part ? classes.part : classes.area}>{children}</div>;
}
