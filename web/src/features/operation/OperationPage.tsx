import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { EmptyState, LinesSkeleton, PageTitle, ProblemPanel } from '@/ui/states';
import { useOperation } from './api';
import { LeftAlone } from './LeftAlone';
import { OperationState } from './OperationState';
import { useUndoDialog } from './useUndoDialog';
import { useOperationWords } from './words';

export function OperationPage() {
  const { t } = useTexts();
  const may = useMay();
  const words = useOperationWords();
  const { operation: id = '' } = useParams();
  const operation = useOperation(id);
  const { ask, dialog } = useUndoDialog();
  if (operation.error?.status === 404) return <EmptyState title={t('operation.notFound')} />;
  if (operation.error) return <ProblemPanel problem={operation.error} onRetry={() => void operation.refetch()} />;
  if (!operation.data) return <LinesSkeleton lines={10} />;
  const { data } = operation;
  return (
    <Stack gap="sm">
      <PageTitle
        title={words.kind(data)}
        note={formatMoment(data.at)}
        acts={
          <>
            <OperationState operation={data} />
            {data.undoable && !data.undone_by && may('operation.undo') && (
              <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => ask(data)}>
                {t('operation.undo')}
              </Button>
            )}
          </>
        }
      />
      <Group gap="lg">
        <Text size="sm">
          {t('operation.by')}: {words.actor(data.actor)}
        </Text>
        {data.ip && <Text size="sm">{t('operation.ip')}: {data.ip}</Text>}
        {data.screen && <Text size="sm">{t('operation.screen')}: {words.screen(data.screen)}</Text>}
        {data.reason && <Text size="sm">{t('history.reason')}: {data.reason}</Text>}
        {data.job && (
          <Anchor component={Link} to={`/jobs/${data.job}`} size="sm">
            {t('job.title')} {data.job}
          </Anchor>
        )}
        {data.undoes && (
          <Anchor component={Link} to={`/operations/${data.undoes}`} size="sm">
            {t('operation.toUndoes')}
          </Anchor>
        )}
        {data.undone_by && (
          <Anchor component={Link} to={`/operations/${data.undone_by}`} size="sm">
            {t('operation.toUndoneBy')}
          </Anchor>
        )}
      </Group>
      {data.undoes && data.job && <LeftAlone job={data.job} />}
      {data.change_count > data.changes.length && <Text size="sm">{t('operation.firstChanges', { count: data.changes.length })}</Text>}
      {data.changes.length > 0 && (
        <Table withTableBorder layout="fixed" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={180}>{t('operation.record')}</Table.Th>
              <Table.Th w={180}>{t('history.field')}</Table.Th>
              <Table.Th>{t('history.before')}</Table.Th>
              <Table.Th>{t('history.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.changes.filter(words.tells).map((change, at) => (
              <Table.Tr key={at}>
                <Table.Td>
                  {change.kind === 'customer' ? (
                    <Anchor component={Link} to={`/customers/${change.id}`} size="sm">
                      {words.record(change.kind_label)} {change.id}
                    </Anchor>
                  ) : (
                    `${words.record(change.kind_label)} ${change.id}`
                  )}
                </Table.Td>
                <Table.Td>{words.field(change)}</Table.Td>
                <Table.Td>{words.value(change, change.before) || t('history.empty')}</Table.Td>
                <Table.Td>{words.value(change, change.after) || t('history.empty')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {dialog}
    </Stack>
  );
}
