/** 名前（コード） / name (code) */
export const bracketed = (text: string, inner: string, language: 'ja' | 'en'): string => (language === 'ja' ? `${text}（${inner}）` : `${text} (${inner})`);
