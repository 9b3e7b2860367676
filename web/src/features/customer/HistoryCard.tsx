import { Badge, Button, Group, Paper, Table, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useOperationWords } from '@/features/operation/words';
import { NearView } from '@/ui/NearView';
import type { HistoryItem } from './api';
import { plainValue } from './columns';
import classes from './HistoryTab.module.css';

const headHeight = 34; // px
const rowHeight = 29; // of a row of one line
const frameHeight = 26; // padding and border of a card

/** The record as it was after an operation. */
export type RecordState = Record<string, unknown>;

type CardProps = { item: HistoryItem; catalogue: Catalogue; state: RecordState | null };

const editable = (catalogue: Catalogue) => catalogue.fields.filter((field) => field.editable).length;
const contentHeight = (rows: number) => headHeight + (rows + 1) * rowHeight;

/** About how tall a card will be, in pixels; `all`: with all rows, not only the changed ones. */
export const guessHeight = (item: HistoryItem, catalogue: Catalogue, all: boolean): number =>
  frameHeight + contentHeight(all ? editable(catalogue) : item.changes.length);

/** What an item holds is there once it comes near. */
export const HistoryCard = memo(function HistoryCard(props: CardProps) {
  const words = useOperationWords();
  const { item, catalogue, state } = props;
  const height = contentHeight(state ? editable(catalogue) : item.changes.length);
  return (
    <Paper withBorder p="sm" component="article" aria-label={`${formatMoment(item.at)} ${words.kind(item)}`}>
      <NearView key={state ? 'all' : 'changed'} height={height}>
        <CardContent {...props} />
      </NearView>
    </Paper>
  );
});

function CardContent({ item, catalogue, state }: CardProps) {
  const { t, language } = useTexts();
  const may = useMay();
  const words = useOperationWords();
  const { undo, undoing } = useUndoAct();
  const label = (change: HistoryItem['changes'][number]) => `${change.kind === 'customer' ? '' : `${words.record(change.kind_label)}: `}${words.field(change)}`;
  const changes = item.changes.map((change) => ({ ...change, before: words.value(change, change.before), after: words.value(change, change.after) })).filter((change) => words.tells(change) && change.before !== change.after);
  const changed = new Set(item.changes.filter((change) => change.kind === 'customer').map((change) => change.field));
  const others = state ? catalogue.fields.filter((field) => field.editable && !changed.has(field.key)) : [];
  return (
    <>
      <Group justify="space-between" mb={6} wrap="nowrap" align="flex-start">
        <Group gap="4px 12px">
          <Text size="sm" fw={600} component={Link} to={`/operations/${item.operation}`} c="inherit">
            {words.kind(item)}
          </Text>
          <Text size="sm">{formatMoment(item.at)}</Text>
          <Text size="sm">
            {t('history.by')}: {words.actor(item.actor)}
          </Text>
          {item.ip && (
            <Text size="sm" c="dimmed">
              {item.ip}
            </Text>
          )}
          {item.screen && (
            <Text size="sm" c="dimmed" title={item.screen}>
              {words.screen(item.screen)}
            </Text>
          )}
          {item.undoes && <Badge size="sm" variant="default">{t('history.undoes')}</Badge>}
          {item.undone_by && <Badge size="sm" variant="default">{t('history.undone')}</Badge>}
        </Group>
        {item.undoable && !item.undone_by && may('operation.undo') && (
          <Button size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={14} aria-hidden />} loading={undoing} onClick={() => undo(item.operation)} style={{ flexShrink: 0 }}>
            {t('operation.undo')}
          </Button>
        )}
      </Group>
      {item.reason && (
        <Text size="sm" mb={6}>
          {t('history.reason')}: {item.reason}
        </Text>
      )}
      {(changes.length > 0 || others.length > 0) && (
          <Table layout="fixed" className={classes.table ?? ''} withTableBorder>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={200}>{t('history.field')}</Table.Th>
                <Table.Th>{t('history.before')}</Table.Th>
                <Table.Th>{t('history.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map((change) => (
                <Table.Tr key={`${change.kind}${change.id}${change.field}`}>
                  <Table.Th scope="row">{label(change)}</Table.Th>
                  <Table.Td className={classes.before}>{change.before || t('history.empty')}</Table.Td>
                  <Table.Td className={classes.after}>{change.after || t('history.empty')}</Table.Td>
                </Table.Tr>
              ))}
              {others.map((field) => (
                <Table.Tr key={field.key} className={classes.same}>
                  <Table.Th scope="row">{field.labels[language]}</Table.Th>
                  <Table.Td colSpan={2}>{plainValue(state?.[field.key], field, catalogue, language, t) || t('history.empty')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
      )}
    </>
  );
}
