import { Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';
import type { FieldControl } from '@/ui/Field';
import classes from './master.module.css';

// Dark enough for white words, and told apart by most people who see colours otherwise.
const offered = ['#2f9e44', '#5c940d', '#0c8599', '#1971c2', '#4c6ef5', '#6741d9', '#9c36b5', '#c2255c', '#e03131', '#e8590c', '#f08c00', '#868e96', '#495057'];
const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** A colour as #rrggbb, typed or chosen from what is offered; empty for none. */
export function ColorBox({ control, value, onChange }: { control: FieldControl; value: string; onChange: (color: string) => void }) {
  const { t } = useTexts();
  return (
    <Group gap="xs">
      <TextInput {...control} w={150} autoComplete="off" maxLength={7} placeholder={t('masters.noColor')} value={value} leftSection={<span aria-hidden className={classes.dot} style={{ background: isColor(value) ? value : 'transparent' }} />} onChange={(event) => onChange(event.currentTarget.value.trim())} />
      <Group gap={4} role="group" aria-label={t('masters.colors')}>
        {offered.map((color) => (
          <UnstyledButton key={color} className={classes.swatch} aria-label={color} aria-pressed={value.toLowerCase() === color} style={{ background: color }} onClick={() => onChange(value.toLowerCase() === color ? '' : color)}>
            {value.toLowerCase() === color && <IconCheck size={14} aria-hidden />}
          </UnstyledButton>
        ))}
      </Group>
    </Group>
  );
}
