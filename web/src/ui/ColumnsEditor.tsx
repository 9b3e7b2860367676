import { Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { IconButton } from './IconButton';
import classes from './ColumnsEditor.module.css';

export type ColumnChoice = { key: string; label: string };

type Props = { all: ColumnChoice[]; chosen: string[]; onChange: (keys: string[]) => void; titles?: { chosen: string; rest: string } };

/** Which columns, in which order: by dragging, or by the buttons. */
export function ColumnsEditor({ all, chosen, onChange, titles }: Props) {
  const { t } = useTexts();
  const [filter, setFilter] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const labels = new Map(all.map((column) => [column.key, column.label]));
  const rest = all.filter((column) => !chosen.includes(column.key) && column.label.toLowerCase().includes(filter.trim().toLowerCase()));
  const move = (key: string, to: number) => {
    const others = chosen.filter((other) => other !== key);
    onChange([...others.slice(0, to), key, ...others.slice(to)]);
  };
  return (
    <SimpleGrid cols={2} spacing="md">
      <Stack gap={6}>
        <Text size="sm" fw={600} h={30}>
          {titles?.chosen ?? t('search.shown')}
        </Text>
        <ol className={classes.list}>
          {chosen.map((key, at) => {
            const name = labels.get(key) ?? key;
            return (
              <li
                key={key}
                className={classes.item}
                data-dragged={dragged === key || undefined}
                draggable
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  setDragged(key);
                }}
                onDragEnd={() => setDragged(null)}
                onDragOver={(event) => {
                  event.preventDefault();
                  if (dragged && dragged !== key) move(dragged, at);
                }}
              >
                <IconGripVertical size={14} aria-hidden className={classes.grip} />
                <span className={classes.name}>{name}</span>
                <Group gap={0} wrap="nowrap">
                  <IconButton size="sm" disabled={at === 0} label={t('search.moveUp', { name })} onClick={() => move(key, at - 1)}>
                    <IconArrowUp size={14} />
                  </IconButton>
                  <IconButton size="sm" disabled={at === chosen.length - 1} label={t('search.moveDown', { name })} onClick={() => move(key, at + 1)}>
                    <IconArrowDown size={14} />
                  </IconButton>
                  <IconButton size="sm" label={t('search.removeColumn', { name })} onClick={() => onChange(chosen.filter((other) => other !== key))}>
                    <IconX size={14} />
                  </IconButton>
                </Group>
              </li>
            );
          })}
        </ol>
      </Stack>
      <Stack gap={6}>
        <Group gap="xs" wrap="nowrap" h={30}>
          <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
            {titles?.rest ?? t('search.hidden')}
          </Text>
          <TextInput size="xs" flex={1} aria-label={t('search.filterColumns')} placeholder={t('search.filterColumns')} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
        </Group>
        <ul className={classes.list}>
          {rest.map((column) => (
            <li key={column.key} className={classes.item}>
              <span className={classes.name}>{column.label}</span>
              <IconButton size="sm" label={t('search.addColumn', { name: column.label })} onClick={() => onChange([...chosen, column.key])}>
                <IconPlus size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      </Stack>
    </SimpleGrid>
  );
}
