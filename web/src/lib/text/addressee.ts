// 敬称 on paper: 様 for a person, 御中 for a company or a department, never both.

type Addressee = { name?: string | null; company?: string | null; department?: string | null };

// An envelope writes out what lists abbreviate.
const written: [RegExp, string][] = [
  [/㈱|[(（]株[)）]/g, '株式会社'],
  [/㈲|[(（]有[)）]/g, '有限会社'],
  [/㈴|[(（]名[)）]/g, '合名会社'],
  [/㈾|[(（]資[)）]/g, '合資会社'],
  [/[(（]同[)）]/g, '合同会社'],
];
const japanese = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud87f]/;

const inFull = (text: string | null | undefined) => written.reduce((now, [short, long]) => now.replace(short, long), text?.trim() ?? '');

/** The lines of an address that say to whom; the last one bears the 敬称. A name in Latin letters has one only on Japanese screens. */
export function addresseeLines({ name, company, department }: Addressee, language: 'ja' | 'en'): string[] {
  const lines = [inFull(company), inFull(department), name?.trim() ?? ''].filter((line) => line !== '');
  const last = lines.pop();
  if (last === undefined) return [];
  const honorific = name?.trim() ? '様' : '御中';
  return [...lines, language === 'ja' || japanese.test(last) ? `${last} ${honorific}` : last];
}
