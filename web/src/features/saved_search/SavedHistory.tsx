import { Button, Stack, Text } from '@mantine/core';
import type { Catalogue } from '@/lib/catalogue';
import type { Schemas } from '@/lib/api/client';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useSavedHistory } from './api';
import { ContentList } from './ContentList';
import type { AnyContent } from './contentWords';

type Change = Schemas['HistoryItem']['changes'][number];

/** The content of before as it stands in the journal: JSON in a text, or a mask. */
function contentOf(change: Change | undefined): AnyContent | null {
  if (typeof change?.before !== 'string') return null;
  try {
    return JSON.parse(change.before) as AnyContent;
  } catch {
    return null;
  }
}

/** Who changed a saved search, and what it held before. */
export function SavedHistory({ id, catalogue }: { id: string; catalogue: Catalogue }) {
  const { t, language } = useTexts();
  const history = useSavedHistory(id);
  if (history.error) return <ProblemPanel problem={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <LinesSkeleton lines={3} />;
  return (
    <Stack gap={8} mt={8}>
      {history.data.pages
        .flatMap((page) => page.items)
        .map((item) => {
          const name = item.changes.find((change) => change.field === 'name' && change.before !== null);
          const content = contentOf(item.changes.find((change) => change.field === 'content'));
          return (
            <div key={item.id}>
              <Text size="xs">
                {[formatMoment(item.at), item.actor.name, item.kind_label[language]].join(' · ')}
              </Text>
              {name && (
                <Text size="xs" c="dimmed">
                  {t('saved.renamedFrom', { before: String(name.before), after: String(name.after) })}
                </Text>
              )}
              {content && (
                <>
                  <Text size="xs" c="dimmed">
                    {t('saved.before')}
                  </Text>
                  <ContentList content={content} catalogue={catalogue} looks />
                </>
              )}
            </div>
          );
        })}
      {history.hasNextPage && (
        <div>
          <Button size="compact-xs" variant="default" onClick={() => void history.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
