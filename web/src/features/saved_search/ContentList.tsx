import { Stack, Text } from '@mantine/core';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { contentWords, looksWords, type AnyContent } from './contentWords';
import classes from './saved.module.css';

/** What a search holds, in words. */
export function ContentList({ content, catalogue, looks = false }: { content: AnyContent; catalogue: Catalogue; looks?: boolean }) {
  const { t, language } = useTexts();
  const conditions = contentWords(content, catalogue, language);
  const display = looks ? looksWords(content, catalogue, language, t) : [];
  return (
    <Stack gap={4}>
      <ul className={classes.conditions} aria-label={t('saved.conditions')}>
        {conditions.length === 0 && <li>{t('saved.allCustomers')}</li>}
        {conditions.map((words, at) => (
          <li key={at}>{words}</li>
        ))}
      </ul>
      {display.map((words, at) => (
        <Text key={at} size="xs" c="dimmed">
          {words}
        </Text>
      ))}
    </Stack>
  );
}
