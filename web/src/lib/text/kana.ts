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
