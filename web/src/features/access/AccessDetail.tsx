import { Alert, Anchor, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { conditionWords } from '@/features/customer/conditionWords';
import type { Condition } from '@/features/customer/conditions';
import { useOperationWords } from '@/features/operation/words';
import { useCatalogue, type Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useAccessEntry, type AccessEntry } from './api';
import { UnusualWords } from './UnusualExports';

type Asked = { condition?: unknown; text?: unknown; columns?: unknown; reason?: unknown; total?: unknown; field?: unknown };

/** One entry with what was searched for and who stood on the page. */
export function AccessDetail({ entry, onClose }: { entry: AccessEntry; onClose: () => void }) {
  const { t } = useTexts();
  const words = useOperationWords();
  const detail = useAccessEntry(entry.id);
  const { catalogue } = useCatalogue();
  return (
    <Modal opened onClose={onClose} size="lg" title={t('access.detailTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Text size="sm">
          {formatMoment(entry.at)} {words.actor(entry.actor)} {t(`access.kinds.${entry.kind}`)}
        </Text>
        {entry.alert && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={t('access.unusual')}>
            <Text size="sm">
              <UnusualWords alert={entry.alert} />
            </Text>
            {entry.alert.seen_at && <Text size="xs">{t('access.unusualSeen', { at: formatMoment(entry.alert.seen_at), name: entry.alert.seen_by ?? '' })}</Text>}
            <Text size="xs" c="dimmed">
              {t('access.unusualRule')}
            </Text>
          </Alert>
        )}
        {detail.error ? (
          <ProblemPanel problem={detail.error} onRetry={() => void detail.refetch()} />
        ) : !detail.data || !catalogue ? (
          <LinesSkeleton lines={4} />
        ) : (
          <>
            {entry.has_search && (detail.data.asked ? <AskedFor asked={detail.data.asked} catalogue={catalogue} /> : <Text size="sm">{t('access.notAllowed')}</Text>)}
            {detail.data.page.length > 0 && (
              <Part title={t('access.page', { count: detail.data.page.length })}>
                <Group gap="xs">
                  {detail.data.page.map((id) => (
                    <Anchor key={id} component={Link} to={`/customers/${id}`} size="sm">
                      #{id}
                    </Anchor>
                  ))}
                </Group>
              </Part>
            )}
            {entry.sha256 && (
              <Part title={t('access.sha256')}>
                <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                  {entry.sha256}
                </Text>
              </Part>
            )}
            {entry.job && (
              <Anchor component={Link} to={`/jobs/${entry.job}`} size="sm">
                {t('access.job')}
              </Anchor>
            )}
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </div>
  );
}

function AskedFor({ asked, catalogue }: { asked: Asked; catalogue: Catalogue }) {
  const { t, language } = useTexts();
  if (typeof asked.field === 'string') {
    return (
      <Part title={t('access.columns')}>
        <Text size="sm">{catalogue.label(asked.field, language)}</Text>
      </Part>
    );
  }
  const lines = [
    ...(typeof asked.text === 'string' ? [conditionWords({ text: asked.text }, catalogue, language)] : []),
    ...(asked.condition ? [wordsOf(asked.condition as Condition, catalogue, language)] : []),
  ];
  const columns = Array.isArray(asked.columns) ? asked.columns.map((key) => catalogue.label(String(key), language)) : [];
  return (
    <>
      <Part title={t('access.asked')}>
        {lines.length === 0 && <Text size="sm">{t('access.askedNothing')}</Text>}
        {lines.map((line) => (
          <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {line}
          </Text>
        ))}
        {typeof asked.total === 'number' && (
          <Text size="sm" c="dimmed">
            {t('access.total', { count: asked.total })}
          </Text>
        )}
      </Part>
      {columns.length > 0 && (
        <Part title={t('access.columns')}>
          <Text size="sm">{columns.join(language === 'ja' ? '・' : ', ')}</Text>
        </Part>
      )}
      {typeof asked.reason === 'string' && (
        <Part title={t('access.reason')}>
          <Text size="sm">{asked.reason}</Text>
        </Part>
      )}
    </>
  );
}

/** A condition that this page has no words for, of an older or newer version, is shown as it was stored. */
function wordsOf(condition: Condition, catalogue: Catalogue, language: 'ja' | 'en'): string {
  try {
    return conditionWords(condition, catalogue, language);
  } catch {
    return JSON.stringify(condition);
  }
}
