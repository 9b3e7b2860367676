export type Piece = { text: string; hit: boolean };

// Width, case and the two kana are alike when searching; hyphens and spaces do not count.
function fold(letter: string): string {
  return letter
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[\s‐‑‒–—―−-]/g, '');
}

/** Cuts a shown text into pieces, so that those which matched the words of the one box can be marked. */
export function markWords(shown: string, words: string[]): Piece[] {
  const letters = [...shown];
  let folded = '';
  const origin: number[] = []; // the letter that each folded character came from
  letters.forEach((letter, at) => {
    const plain = fold(letter);
    folded += plain;
    for (let index = 0; index < plain.length; index += 1) origin.push(at);
  });
  const hits = letters.map(() => false);
  for (const word of words) {
    const wanted = fold(word);
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const first = origin[at] ?? 0;
      const last = origin[at + wanted.length - 1] ?? first;
      for (let letter = first; letter <= last; letter += 1) hits[letter] = true;
    }
  }
  const pieces: Piece[] = [];
  letters.forEach((letter, at) => {
    const hit = hits[at] ?? false;
    const last = pieces.at(-1);
    if (last?.hit === hit) last.text += letter;
    else pieces.push({ text: letter, hit });
  });
  return pieces;
}

export const wordsOf = (text: string): string[] => text.split(/[\s\u3000]+/).filter((word) => word !== '');
