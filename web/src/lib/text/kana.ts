/** Hiragana and half-width kana to full-width katakana; spaces at the ends go. Other characters stay. */
export function toKatakana(text: string): string {
  return text
    .replace(/[\uFF61-\uFF9F]+/g, (half) => half.normalize('NFKC'))
    .replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .trim();
}

const kanaOnly = /^[\u3041-\u3096\u30A1-\u30FAー\uFF66-\uFF9F・ \u3000]+$/;
const unfinishedLatin = /[a-zａ-ｚ]+$/i;

/** What a composition shows while the reading is still being typed: its kana; null once it is converted. */
export function readingIn(composition: string): string | null {
  const text = composition.replace(unfinishedLatin, '');
  return text !== '' && kanaOnly.test(text) ? toKatakana(text) : null;
}

/**
 * Gathers the reading of a text from its input-method compositions: たなか → 田中 leaves タナカ. The kana
 * seen last before the conversion is the reading of what the composition puts in.
 */
export class ReadingCollector {
  private reading = '';

  start(): void {
    this.reading = '';
  }

  update(composition: string): void {
    const found = readingIn(composition);
    if (found !== null) this.reading = found;
    else if (composition === '') this.reading = '';
  }

  /** The reading of the finished composition; empty when it was given up or never was kana. */
  end(result: string): string {
    const reading = result === '' ? '' : (readingIn(result) ?? this.reading);
    this.reading = '';
    return reading;
  }
}

type Piece = { text: string; reading: string };

/** The pieces, from either end, that are exactly `text`; null when it does not end where a piece ends. */
function piecesOf(text: string, pieces: Piece[]): Piece[] | null {
  const taken: Piece[] = [];
  let rest = text;
  for (const piece of pieces) {
    if (rest === '') break;
    if (!rest.startsWith(piece.text)) return null;
    taken.push(piece);
    rest = rest.slice(piece.text.length);
  }
  return rest === '' ? taken : null;
}

/**
 * The reading of a name that is put together by compositions: 佐 and 藤 leave サトウ. It is known as long as every part of
 * the name came by a composition with a reading; the reading of a part alone would stand wrongly for the whole name.
 */
export class NameReading {
  private pieces: Piece[] = [];

  /** `text`, read `reading`, came in between `before` and `after`. Answers the reading of the whole name; null when it is not known. */
  put(before: string, text: string, reading: string, after: string): string | null {
    const head = piecesOf(before, this.pieces);
    const backwards = ({ text: written, reading: read }: Piece): Piece => ({ text: [...written].reverse().join(''), reading: read });
    const tail = head && piecesOf([...after].reverse().join(''), this.pieces.slice(head.length).reverse().map(backwards));
    if (!head || !tail || reading === '') {
      this.pieces = [];
      return null;
    }
    this.pieces = [...head, { text, reading }, ...tail.reverse().map(backwards)];
    return this.pieces.map((piece) => piece.reading).join('');
  }
}
