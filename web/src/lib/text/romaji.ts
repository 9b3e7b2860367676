import { toKatakana as latinToKatakana } from 'wanakana';
import { toKatakana } from './kana';

const latin = /[A-Za-zÀ-ɏ]/;
const kanaOnly = /^[\u30A1-\u30FAー・ \u3000]*$/;

// As passports write names: a long vowel under a bar, m before b, m and p, t before ch.
const long: Record<string, string> = { ā: 'aa', â: 'aa', ī: 'ii', î: 'ii', ū: 'uu', û: 'uu', ē: 'ee', ê: 'ee', ō: 'ou', ô: 'ou' };

/** A reading as the server keeps it: katakana, out of hiragana, half-width kana or romaji. What is no reading stays as typed. */
export function readingOf(typed: string): string {
  const kana = toKatakana(typed);
  const plain = kana.normalize('NFKC');
  if (!latin.test(plain)) return kana;
  const spelled = plain
    .toLowerCase()
    .replace(/[āâīîūûēêōô]/g, (letter) => long[letter] ?? letter)
    .replace(/m(?=[bmp])/g, 'n')
    .replace(/tch/g, 'cch')
    .replace(/[‘’´`]/g, "'");
  const read = latinToKatakana(spelled);
  return kanaOnly.test(read) ? read : kana;
}
