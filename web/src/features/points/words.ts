import { useCallback } from 'react';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';

/** +100, −30: a real minus sign, as wide as the plus. */
export const signed = (delta: number): string => (delta < 0 ? `−${formatCount(-delta)}` : `+${formatCount(delta)}`);

type OfKind = { kind_labels: { ja: string; en: string }; point_kind_name: string | null };

/** The kind, with the shop's own ポイント区分 behind it. */
export function useKindWords(): (entry: OfKind) => string {
  const { t, language } = useTexts();
  return useCallback(
    (entry) => {
      const kind = entry.kind_labels[language];
      return entry.point_kind_name ? t('points.own', { kind, own: entry.point_kind_name }) : kind;
    },
    [t, language],
  );
}
