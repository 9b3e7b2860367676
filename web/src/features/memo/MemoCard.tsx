import { ActionIcon, Badge, Group, Paper, Stack, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import type { Memo } from './api';
import classes from './memo.module.css';

type Props = { memo: Memo; mayEdit: boolean; mayDelete: boolean; onEdit: () => void; onPin: () => void; onDelete: () => void };

/** What a memo is called by: its title, or how it begins. */
export const nameOf = (memo: Memo): string => memo.title ?? memo.body.split('\n')[0]?.slice(0, 30) ?? '';

export function MemoCard({ memo, mayEdit, mayDelete, onEdit, onPin, onDelete }: Props) {
  const { t } = useTexts();
  const name = nameOf(memo);
  const pin = t(memo.pinned ? 'memo.unpin' : 'memo.pin');
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} miw={0} flex={1}>
          {(memo.title || memo.pinned || memo.alert) && (
            <Group gap={6}>
              {memo.alert && (
                <Badge size="sm" color="red" variant="light" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
                  {t('memo.alert')}
                </Badge>
              )}
              {memo.pinned && (
                <Badge size="sm" variant="light" leftSection={<IconPin size={12} aria-hidden />}>
                  {t('memo.pinned')}
                </Badge>
              )}
              {memo.title && <Text fw={600}>{memo.title}</Text>}
            </Group>
          )}
          <Text size="sm" className={classes.body ?? ''}>
            {memo.body}
          </Text>
          <Text size="xs" c="dimmed">
            <Written memo={memo} />
          </Text>
        </Stack>
        <Group gap={2} wrap="nowrap" className="no-print">
          {mayEdit && (
            <>
              <Tooltip label={pin}>
                <ActionIcon aria-label={`${pin}: ${name}`} onClick={onPin}>
                  {memo.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('common.edit')}>
                <ActionIcon aria-label={`${t('common.edit')}: ${name}`} onClick={onEdit}>
                  <IconPencil size={16} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          {mayDelete && (
            <Tooltip label={t('common.remove')}>
              <ActionIcon aria-label={`${t('common.remove')}: ${name}`} onClick={onDelete}>
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
    </Paper>
  );
}

/** 青木 2026/11/22 10:00（編集 林 2026/11/23 09:00） */
export function Written({ memo }: { memo: Memo }) {
  const { t } = useTexts();
  const author = memo.created_by_name ?? t('memo.system');
  return (
    <>
      {author} {formatMoment(memo.created_at)}
      {memo.version > 1 && t('memo.changed', { name: memo.updated_by_name ?? t('memo.system'), at: formatMoment(memo.updated_at) })}
    </>
  );
}
