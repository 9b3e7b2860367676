import { expect, it } from 'vitest';
import type { Translate } from '@/lib/i18n';
import { en } from '@/lib/i18n/en';
import { ja } from '@/lib/i18n/ja';
import { searchHint } from './searchHint';

const all = ['contact.read', 'order.read'];
const hint = (place: 'box' | 'palette', rights: string[], language: 'ja' | 'en') => {
  const words: Record<string, string> = (language === 'ja' ? ja : en).nav.searched;
  const t = ((key: string) => words[key.replace('nav.searched.', '')]) as unknown as Translate;
  return searchHint(place, (right) => rights.includes(right), t, language);
};

it('names what a word is looked for in, and nothing that it is not for this person', () => {
  expect(hint('box', all, 'ja')).toBe('氏名・カナ・メール・電話・顧客番号・住所・会社名・受注番号');
  expect(hint('box', ['contact.read'], 'ja')).toBe('氏名・カナ・メール・電話・顧客番号・住所・会社名');
  expect(hint('box', [], 'ja')).toBe('氏名・カナ・顧客番号・会社名');
  expect(hint('box', ['order.read'], 'en')).toBe('Name, kana, number, company, order number');
  expect(hint('palette', all, 'ja')).toBe('顧客番号・メール・電話（下4桁も可）・氏名・受注番号・画面名');
  expect(hint('palette', [], 'en')).toBe('Number, name, screen');
});
