import { Code, Table, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

/** The little of Markdown that descriptions use: paragraphs, tables, **strong**, `code`. */
export function Prose({ text }: { text: string }) {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block, at) => (block.trimStart().startsWith('|') ? <Rows key={at} block={block} /> : <Text key={at} size="sm" mb={6}>{inline(block)}</Text>));
}

function inline(text: string): ReactNode {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, at) => {
    if (part.startsWith('**')) return <b key={at}>{part.slice(2, -2)}</b>;
    if (part.startsWith('`')) return <Code key={at}>{part.slice(1, -1)}</Code>;
    return <Fragment key={at}>{part}</Fragment>;
  });
}

function Rows({ block }: { block: string }) {
  const rows = block
    .trim()
    .split('\n')
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line.trim()))
    .map((line) => line.trim().slice(1, -1).split('|').map((cell) => cell.trim()));
  const [head = [], ...body] = rows;
  return (
    <Table withTableBorder fz="sm" my="xs" w="auto">
      <Table.Thead>
        <Table.Tr>
          {head.map((cell, at) => (
            <Table.Th key={at}>{inline(cell)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {body.map((row, at) => (
          <Table.Tr key={at}>
            {row.map((cell, column) => (
              <Table.Td key={column}>{inline(cell)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
