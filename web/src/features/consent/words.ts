import { useMemo } from 'react';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import type { Consent, ConsentKind } from './api';

/** How entries of the record of consent are told to people. */
export function useConsentWords() {
  const { t, language } = useTexts();
  const { catalogue } = useCatalogue();
  return useMemo(
    () => ({
      what: (what: ConsentKind) => catalogue?.label(what, language) ?? '',
      how: (how: Consent['how']) => t(`consent.hows.${how}`),
      value: ({ what, value }: Pick<Consent, 'what' | 'value'>) => t(what === 'cleaned' ? (value ? 'consent.set' : 'consent.lifted') : value ? 'consent.yes' : 'consent.no'),
    }),
    [t, language, catalogue],
  );
}
