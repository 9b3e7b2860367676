import { Fragment } from 'react';
import { markWords } from '@/lib/text/highlight';

/** Text with the words that were searched for marked. */
export function Marked({ text, words }: { text: string; words: string[] }) {
  if (words.length === 0) return text;
  return markWords(text, words).map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : <Fragment key={at}>{piece.text}</Fragment>));
}
