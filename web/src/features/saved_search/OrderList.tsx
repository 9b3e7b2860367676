import { Text, VisuallyHidden } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { IconButton } from '@/ui/IconButton';
import type { SavedSearch } from './api';
import classes from './saved.module.css';

/** The saved searches of a scope while they are put in another order: by dragging, or by the arrow keys on a handle. */
export function OrderList({ items, onChange }: { items: SavedSearch[]; onChange: (items: SavedSearch[]) => void }) {
  const { t } = useTexts();
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const move = (id: string, to: number) => {
    const moved = items.find((saved) => saved.id === id);
    if (!moved || to < 0 || to >= items.length) return;
    const others = items.filter((saved) => saved.id !== id);
    onChange([...others.slice(0, to), moved, ...others.slice(to)]);
    setTold(t('saved.moved', { name: moved.name, count: to + 1 }));
  };
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('saved.orderHint')}
      </Text>
      <ol className={classes.list}>
        {items.map((saved, at) => (
          <li
            key={saved.id}
            className={classes.item}
            data-dragged={dragged === saved.id || undefined}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(saved.id);
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              event.preventDefault();
              if (dragged && dragged !== saved.id) move(dragged, at);
            }}
          >
            <div className={classes.row}>
              <IconButton
                size="md"
                label={t('saved.grip', { name: saved.name })}
                onKeyDown={(event) => {
                  const to = event.key === 'ArrowUp' ? at - 1 : event.key === 'ArrowDown' ? at + 1 : null;
                  if (to === null) return;
                  event.preventDefault();
                  move(saved.id, to);
                }}
              >
                <IconGripVertical size={16} />
              </IconButton>
              <span className={classes.name}>{saved.name}</span>
            </div>
          </li>
        ))}
      </ol>
      <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
    </>
  );
}
