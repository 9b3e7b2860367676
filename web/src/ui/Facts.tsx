import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Facts.module.css';

export type Fact = [string, ReactNode];

/** What is known of a thing, name beside value; what is not known is left out. `width`: of the names, in pixels. */
export function Facts({ facts, width = 150 }: { facts: Fact[]; width?: number }) {
  return (
    <Table layout="fixed" withRowBorders={false} verticalSpacing={2}>
      <Table.Tbody>
        {facts.map(
          ([name, value]) =>
            value && (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={width}>{name}</Table.Th>
                <Table.Td className={classes.value}>{value}</Table.Td>
              </Table.Tr>
            ),
        )}
      </Table.Tbody>
    </Table>
  );
}
