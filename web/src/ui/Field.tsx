import { Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { Described } from './Described';
import classes from './Field.module.css';

/** Spread over a box of Mantine. Any other control takes its `aria-…`; a box of Mantine hears of the notes by `inputContainer`. */
export type FieldControl = {
  id: string;
  'aria-describedby'?: string;
  'aria-required'?: true;
  'aria-invalid'?: true;
  error?: true;
  inputContainer: (box: ReactNode) => ReactNode;
};

type Props = {
  label: string;
  required?: boolean;
  optional?: boolean;
  help?: ReactNode;
  error?: string | undefined;
  note?: ReactNode; // below the box: what the value means, as read
  children: (control: FieldControl) => ReactNode;
};

/** One box of a form, in the order label, mark, help, box, error. */
export function Field({ label, required, optional, help, error, note, children }: Props) {
  const { t } = useTexts();
  const id = useId();
  // Not `-error`, `-description` or `-label`: those are the ids of what a box of Mantine shows itself.
  const described = [help && `${id}-help`, note && `${id}-note`, error && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={classes.field}>
      <div className={classes.label}>
        <label htmlFor={id}>{label}</label>
        {required && <span className={classes.required}>{t('common.required')}</span>}
        {optional && <span className={classes.optional}>{t('common.optional')}</span>}
      </div>
      {help && (
        <Text id={`${id}-help`} size="xs" c="dimmed" component="div">
          {help}
        </Text>
      )}
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(required ? { 'aria-required': true as const } : {}),
        ...(error ? { error: true as const, 'aria-invalid': true as const } : {}),
        inputContainer: (box) => <Described by={described}>{box}</Described>,
      })}
      {note && (
        <Text id={`${id}-note`} size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
      {error && (
        <Text id={`${id}-problem`} size="xs" c="var(--mantine-color-error)" component="div" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
