import { useTexts, type Language, type Translate } from '@/lib/i18n';
import { useMay, type Right } from '@/lib/session';

const parts = {
  box: ['name', 'kana', 'mail', 'phone', 'number', 'address', 'company', 'order'],
  palette: ['number', 'mail', 'phoneEnd', 'name', 'order', 'screen'],
} as const;

type Part = (typeof parts)[keyof typeof parts][number];

/** Without it a word finds nothing there. */
const rights: Partial<Record<Part, Right>> = { mail: 'contact.read', phone: 'contact.read', phoneEnd: 'contact.read', address: 'contact.read', order: 'order.read' };

/** What a word is looked for in, for somebody with these rights. */
export function searchHint(place: keyof typeof parts, may: (right: Right) => boolean, t: Translate, language: Language): string {
  const searched = parts[place].filter((part: Part) => !rights[part] || may(rights[part]));
  const words = searched.map((part) => t(`nav.searched.${part}`)).join(language === 'ja' ? '・' : ', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function useSearchHint(place: keyof typeof parts): string {
  const { t, language } = useTexts();
  return searchHint(place, useMay(), t, language);
}
