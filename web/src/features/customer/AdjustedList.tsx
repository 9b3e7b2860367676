import { List, Text } from '@mantine/core';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';

type Adjusted = Schemas['Adjusted']['adjusted'];
type Props = { adjusted: Adjusted; catalogue: Catalogue; saved?: string; changed?: string[] };

// Hyphens that only the form shows, and digits in another width, are no news to anyone.
const plain = (text: string | null) => (text ?? '').normalize('NFKC').replace(/[\s‐‑‒–—―−()-]/g, '');
const mostNamed = 8; // fields; a message at the corner is read at a glance

/** Saved: which fields changed, and what the server made of the input where it differs. */
export function AdjustedList({ adjusted, catalogue, saved, changed = [] }: Props) {
  const { t, language } = useTexts();
  const news = adjusted.filter((one) => plain(one.before) !== plain(one.after));
  const shown = (pointer: string, text: string | null) => (catalogue.find(pointer.slice(1))?.type === 'boolean' ? t(text === 'true' ? 'common.yes' : 'common.no') : (text ?? ''));
  const named = changed.slice(0, mostNamed).map((key) => catalogue.label(key, language));
  const fields = named.join(language === 'ja' ? '・' : ', ') + (changed.length > mostNamed ? (language === 'ja' ? 'など' : ', …') : '');
  const lead = changed.length > 0 ? t('customer.savedChanges', { fields }) : (saved ?? t('common.saved'));
  if (news.length === 0) return lead;
  return (
    <>
      <Text size="sm">{lead}</Text>
      <Text size="sm">{t('customer.savedTidied')}</Text>
      <List size="sm">
        {news.map((one) => (
          <List.Item key={one.pointer}>{t('customer.adjusted', { label: catalogue.label(one.pointer.slice(1), language), before: shown(one.pointer, one.before), after: shown(one.pointer, one.after) })}</List.Item>
        ))}
      </List>
    </>
  );
}
