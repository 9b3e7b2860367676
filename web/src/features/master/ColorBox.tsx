import { Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';
import type { FieldControl } from '@/ui/Field';
import classes from './master.module.css';

// Dark enough for white words, and told apart by most people who see colours otherwise.
const offered = [
  { color: '#2f9e44', name: 'green' },
  { color: '#5c940d', name: 'lime' },
  { color: '#0c8599', name: 'cyan' },
  { color: '#1971c2', name: 'blue' },
  { color: '#4c6ef5', name: 'indigo' },
  { color: '#6741d9', name: 'violet' },
  { color: '#9c36b5', name: 'grape' },
  { color: '#c2255c', name: 'pink' },
  { color: '#e03131', name: 'red' },
  { color: '#e8590c', name: 'orange' },
  { color: '#f08c00', name: 'yellow' },
  { color: '#868e96', name: 'grey' },
  { color: '#495057', name: 'darkGrey' },
] as const;
const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** A colour as #rrggbb, typed or chosen from what is offered; empty for none. */
export function ColorBox({ control, value, onChange }: { control: FieldControl; value: string; onChange: (color: string) => void }) {
  const { t } = useTexts();
  return (
    <Group gap="xs">
      <TextInput {...control} w={150} autoComplete="off" maxLength={7} placeholder={t('masters.noColor')} value={value} leftSection={<span aria-hidden className={classes.dot} style={{ background: isColor(value) ? value : 'transparent' }} />} onChange={(event) => onChange(event.currentTarget.value.trim())} />
      <Group gap={4} role="group" aria-label={t('masters.colors')}>
        {offered.map(({ color, name }) => (
          <UnstyledButton key={color} className={classes.swatch} aria-label={t(`masters.colorNames.${name}`)} title={t(`masters.colorNames.${name}`)} aria-pressed={value.toLowerCase() === color} style={{ background: color }} onClick={() => onChange(value.toLowerCase() === color ? '' : color)}>
            {value.toLowerCase() === color && <IconCheck size={14} aria-hidden />}
          </UnstyledButton>
        ))}
      </Group>
    </Group>
  );
}
