import { useMemo } from 'react';
import { useTexts } from '@/lib/i18n';
import type { Consent, ConsentKind } from './api';

/** How entries of the record of consent are told to people. */
export function useConsentWords() {
  const { t } = useTexts();
  return useMemo(
    () => ({
      what: (what: ConsentKind) => t(`consent.kinds.${what}`),
      how: (how: Consent['how']) => t(`consent.hows.${how}`),
      value: ({ what, value }: Pick<Consent, 'what' | 'value'>) => t(what === 'cleaned' ? (value ? 'consent.set' : 'consent.lifted') : value ? 'consent.yes' : 'consent.no'),
    }),
    [t],
  );
}
