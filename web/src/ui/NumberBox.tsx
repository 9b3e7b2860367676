import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatCount, formatYen } from '@/lib/text/number';

const longest = 15; // digits that are counted exactly

type Props = { id?: string; 'aria-describedby'?: string; size?: 'xs' | 'sm'; label: string; money?: boolean; value: number | null; error?: boolean; width?: number; onChange: (value: number | null) => void };

/** A whole number as people write it, in any width, with or without ¥ and commas. Light enough for the first page. */
export function NumberBox({ label, money, value, error, width, size = 'xs', onChange, id, ...described }: Props) {
  const [typed, setTyped] = useState<{ text: string; for: number | null } | null>(null);
  const shown = value === null ? '' : money ? formatYen(value) : formatCount(value);
  // What is being typed stands as long as it belongs to the value; a value set from outside wins.
  const text = typed?.for === value ? typed.text : shown;
  const take = (next: string) => {
    const plain = next.normalize('NFKC').replace(/[\s,¥円]/g, '').replace(/^[‐‑‒–—―−ー]/, '-');
    const number = /^-?\d+$/.test(plain) && plain.length <= longest ? Number(plain) : null;
    setTyped({ text: next, for: number });
    onChange(number);
  };
  return <TextInput {...described} {...(id ? { id } : {})} size={size} {...(width ? { w: width } : {})} aria-label={label} inputMode="numeric" autoComplete="off" value={text} error={error === true || (text.trim() !== '' && value === null)} onChange={(event) => take(event.currentTarget.value)} onBlur={() => value !== null && setTyped(null)} />;
}
