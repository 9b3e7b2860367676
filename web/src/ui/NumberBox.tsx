import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { readNumber } from '@/lib/text/typedNumber';
import type { FieldControl } from './Field';

type Props = Partial<Omit<FieldControl, 'error'>> & {
  size?: 'xs' | 'sm';
  label: string;
  money?: boolean;
  plain?: boolean; // without commas: a port, a year
  decimals?: number;
  value: number | null;
  error?: boolean;
  width?: number;
  readOnly?: boolean;
  disabled?: boolean;
  onChange: (value: number | null) => void;
};

/**
 * A number as people write it, in any width, with or without ¥ and commas. Light enough for the first page. While it holds
 * no number, `Form` does not send it: an emptied value must not pass for one that was mistyped.
 */
export function NumberBox({ label, money, plain, decimals = 0, value, error, width, size = 'xs', onChange, readOnly, disabled, id, ...described }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState<{ text: string; for: number | null; over: number | null } | null>(null);
  const shown = value === null ? '' : money ? formatYen(value) : plain ? String(value) : formatCount(value);
  // What is being typed stands as long as it belongs to the value, or is none and the value stays; a value set from outside wins.
  const stands = typed && (typed.for === value || (typed.for === null && typed.over === value));
  const text = stands ? typed.text : shown;
  const take = (next: string) => {
    const number = readNumber(next, decimals);
    setTyped({ text: next, for: number, over: value });
    onChange(number);
  };
  const unreadable = text.trim() !== '' && value === null;
  return (
    <TextInput
      {...described}
      {...(id ? { id } : {})}
      size={size}
      {...(width ? { w: width } : {})}
      aria-label={label}
      inputMode={decimals > 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      readOnly={readOnly ?? false}
      disabled={disabled ?? false}
      value={text}
      error={unreadable && size === 'sm' ? t('common.notNumber') : unreadable || error === true}
      data-unreadable={unreadable || undefined}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => value !== null && setTyped(null)}
    />
  );
}

type RequiredProps = Omit<Props, 'value' | 'onChange'> & { value: number; onChange: (value: number) => void };

/** A number that has to be there: NaN while there is none, which the server refuses at its box. */
export const RequiredNumberBox = ({ value, onChange, ...rest }: RequiredProps) => <NumberBox {...rest} value={Number.isNaN(value) ? null : value} onChange={(next) => onChange(next ?? NaN)} />;
