import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ja } from './ja';
import type { Language } from './index';

// The manual (docs/manual) quotes the screens: each 「label」 of the Japanese one and each “label” of the English one must be
// a text of the screens of now, whole. … and n stand for what a text fills in. What people type, and keys, stand in `code`.

type Tree = { readonly [key: string]: string | Tree };
type Labels = Record<Language, Set<string>>;

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const path = (to: string) => join(root, to);
const languages: Language[] = ['ja', 'en'];
const files = (language: Language) => readdirSync(path(`docs/manual/${language}`)).filter((file) => file.endsWith('.md')).sort();
const read = (language: Language, file: string) => readFileSync(path(`docs/manual/${language}/${file}`), 'utf8');
const pages = languages.flatMap((language) => files(language).map((file) => ({ language, file, text: read(language, file) })));

const leaves = (tree: Tree): string[] => Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : leaves(value)));

/**
 * Labels that the server declares, {"日本語", "English"} in its sources: fields, masters, settings, rights, kinds of operations,
 * what a refusal says.
 */
function serverLabels(): Labels {
  const labels: Labels = { ja: new Set(), en: new Set() };
  const ofProduct = (file: string) => /\.(cpp|hpp)$/.test(file) && !/_test\.cpp$|_fixture\.hpp$|(^|\/)(demo|testing)\//.test(file);
  for (const file of readdirSync(path('src'), { recursive: true, encoding: 'utf8' }).filter(ofProduct)) {
    const source = readFileSync(path(`src/${file}`), 'utf8').replace(/"\n\s*"/g, ''); // a long literal goes on in the next line
    for (const [, japanese = '', english = ''] of source.matchAll(/\{\s*"((?:[^"\\]|\\.)*)"\s*,\s*"((?:[^"\\]|\\.)*)"\s*\}/g)) {
      if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(japanese)) continue;
      labels.ja.add(plain(japanese));
      labels.en.add(plain(english));
    }
  }
  return labels;
}

const plain = (text: string) => text.replace(/\\"/g, '"').replace(/\s+/g, ' ').trim().replace(/[。.]$/, '');
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The text as the manual may quote it: what is filled in is …, n or a number. */
const patternOf = (text: string) => new RegExp(`^${plain(text).split(/\{\{[^}]*\}\}/).map(escaped).join('(?:…|n|\\d[\\d,]*)')}$`);

const server = serverLabels();
const texts: Record<Language, Set<string>> = { ja: new Set(leaves(ja).map(plain)), en: new Set(leaves(en as unknown as Tree).map(plain)) };
const patterns: Record<Language, RegExp[]> = {
  ja: leaves(ja).filter((text) => text.includes('{{')).map(patternOf),
  en: leaves(en as unknown as Tree).filter((text) => text.includes('{{')).map(patternOf),
};
const isOnScreen = (label: string, language: Language) => texts[language].has(label) || server[language].has(label) || patterns[language].some((pattern) => pattern.test(label));

// A label may hold another one, as texts do: 「「…」を保存しました」.
const quoted: Record<Language, RegExp> = { ja: /「((?:[^「」]|「[^「」]*」)*)」/g, en: /“((?:[^“”]|“[^“”]*”)*)”/g };

/** The page without code; lines that were broken are whole again. */
const running = (text: string, language: Language) => text.replace(/`[^`\n]*`/g, '').replace(/\s*\n\s*/g, language === 'ja' ? '' : ' ');
const labelsIn = (text: string, language: Language) => [...running(text, language).matchAll(quoted[language])].map(([, label = '']) => plain(label));

const headings = (text: string) => text.split('\n').filter((line) => /^#+ /.test(line)).map((line) => line.replace(/[^#].*/, ''));
const links = (text: string) => [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => to);

describe('the manual', () => {
  it('finds what the server declares', () => {
    for (const label of ['顧客番号', '購入総額', '機能の使用', '退会できるのは会員と仮会員だけです']) expect(server.ja.has(label), label).toBe(true);
    expect(server.en.has('Customer number')).toBe(true);
  });

  it.each(pages)('calls things as the screens do: $language/$file', ({ language, file, text }) => {
    const labels = labelsIn(text, language);
    if (file !== 'README.md') expect(labels.length).toBeGreaterThan(10);
    expect(labels.filter((label) => !isOnScreen(label, language))).toEqual([]);
  });

  it.each(pages)('closes what it opens: $language/$file', ({ language, text }) => {
    const count = (mark: string) => running(text, language).split(mark).length;
    expect(count(language === 'ja' ? '「' : '“')).toBe(count(language === 'ja' ? '」' : '”'));
  });

  it('has the same pages in both languages', () => {
    expect(files('en')).toEqual(files('ja'));
    expect(files('ja').length).toBeGreaterThan(1);
  });

  it.each(files('ja'))('has the same headings in both languages: %s', (file) => {
    expect(headings(read('en', file))).toEqual(headings(read('ja', file)));
  });

  it.each(languages)('lists its pages in their order: %s', (language) => {
    const listed = links(read(language, 'README.md')).filter((to) => /^\d/.test(to));
    expect([...new Set(listed)]).toEqual(files(language).filter((file) => file !== 'README.md'));
  });

  it.each(pages)('leads to pages that are there: $language/$file', ({ language, text }) => {
    expect(links(text).filter((to) => !existsSync(path(`docs/manual/${language}/${to}`)))).toEqual([]);
  });

  it.each(languages)('tells all keys: %s', (language) => {
    const help = readFileSync(path('web/src/app/KeyboardHelp.tsx'), 'utf8');
    const keys = [...help.matchAll(/\['([^']+)', 'keys\./g)].map(([, key = '']) => key);
    expect(keys.length).toBeGreaterThan(5);
    const told = read(language, '01-start.md');
    expect(keys.filter((key) => !told.includes(`| \`${key}\` |`))).toEqual([]);
  });
});
