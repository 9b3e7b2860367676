import { Tabs } from '@mantine/core';
import { formatCount } from '@/lib/text/number';
import classes from './CustomerPage.module.css';

/** A tab with how much is behind it. The number has its place before it is there, so that the tabs beside it stay. */
export function CountedTab({ value, label, count }: { value: string; label: string; count: number | undefined }) {
  return (
    <Tabs.Tab value={value} rightSection={<span className={classes.count}>{formatCount(count)}</span>}>
      {label}
    </Tabs.Tab>
  );
}
