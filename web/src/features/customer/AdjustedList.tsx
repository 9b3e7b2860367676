import { List, Text } from '@mantine/core';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';

type Adjusted = Schemas['Adjusted']['adjusted'];

// Hyphens that only the form shows, and digits in another width, are no news to anyone.
const plain = (text: string | null) => (text ?? '').normalize('NFKC').replace(/[\s‐‑‒–—―−()-]/g, '');

/** Saved, and what the server made of the input where it differs. */
export function AdjustedList({ adjusted, catalogue, saved }: { adjusted: Adjusted; catalogue: Catalogue; saved?: string }) {
  const { t, language } = useTexts();
  const news = adjusted.filter((one) => plain(one.before) !== plain(one.after));
  if (news.length === 0) return saved ?? t('common.saved');
  return (
    <>
      <Text size="sm">{t('customer.savedAdjusted')}</Text>
      <List size="sm">
        {news.map((one) => (
          <List.Item key={one.pointer}>{t('customer.adjusted', { label: catalogue.label(one.pointer.slice(1), language), before: one.before ?? '', after: one.after ?? '' })}</List.Item>
        ))}
      </List>
    </>
  );
}
