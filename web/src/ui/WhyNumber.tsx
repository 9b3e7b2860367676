import { Popover, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './WhyNumber.module.css';

/** A number that explains itself: pressed, it shows the rows and the rule that make it. */
/** `name`: what it is called where no label stands before it, as in the cell of a table. */
export function WhyNumber({ label, name, shown, why, children }: { label: string; name?: string; shown: ReactNode; why: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={380} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton className={classes.button ?? ''} aria-expanded={opened} title={why} {...(name ? { 'aria-label': name } : {})} onClick={() => setOpened((open) => !open)}>
          <Text size="sm" component="span">
            {label && <span className={classes.label}>{label}</span>} <span className={classes.shown}>{shown}</span>
          </Text>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={why}>{opened && children}</Popover.Dropdown>
    </Popover>
  );
}
