import type { ListKind } from './api';

/** About how many values a text holds: no more than a hint beside the box. */
export function roughCount(text: string): number {
  let count = 0;
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const separates = code <= 0x20 || code === 0x2c || code === 0x3b || code === 0x3000 || code === 0x3001 || code === 0xff0c || code === 0xff1b;
    if (!separates && !inside) count += 1;
    inside = !separates;
  }
  return count;
}

const looks = 50; // values at the beginning that decide

/** What pasted values probably are; null when nothing can be told. */
export function guessKind(text: string): ListKind | null {
  const values = text.slice(0, 5_000).normalize('NFKC').split(/[\s,、;"]+/).filter((value) => value !== '').slice(0, looks);
  if (values.length === 0) return null;
  const share = (is: (value: string) => boolean) => values.filter(is).length / values.length;
  if (share((value) => value.includes('@')) > 0.5) return 'email';
  const isPhone = (value: string) => /^(\+81[-()\d]{8,}|0[-()\d]{9,})$/.test(value) && value.replace(/\D/g, '').length >= 10;
  if (share(isPhone) > 0.5) return 'phone';
  // "090 1234 5678": the parts of one phone.
  const lines = text.slice(0, 5_000).normalize('NFKC').split(/[\n,\t]+/).map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '').slice(0, looks);
  if (lines.filter(isPhone).length > lines.length / 2) return 'phone';
  // Ids have no leading zeros; numbers often do.
  return share((value) => /^[1-9]\d{0,17}$/.test(value)) > 0.5 ? 'id' : 'number';
}
