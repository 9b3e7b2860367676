import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { readPreference, writePreference } from '@/lib/preferences';
import type { ja } from './ja';

export type Language = 'ja' | 'en';
export type Texts = typeof ja;

type Widen<T> = { [Key in keyof T]: T[Key] extends string ? string : Widen<T[Key]> };
/** Another language has exactly the keys of the Japanese texts. */
export type SameKeys = Widen<Texts>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

const load: Record<Language, () => Promise<SameKeys>> = {
  ja: async () => (await import('./ja')).ja,
  en: async () => (await import('./en')).en,
};

export async function startTexts(): Promise<void> {
  const language = readPreference<Language>('language', 'ja');
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load[language]() } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]());
  }
  await i18next.changeLanguage(language);
  writePreference('language', language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'ja';
}

export type Translate = TFunction;

export function useTexts(): { t: Translate; language: Language } {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language === 'en' ? 'en' : 'ja' };
}
