import { Modal, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { useAccessSummary, type AccessFilter } from './api';

/** How many persons were seen: what the report of an incident asks for. */
export function AccessSummary({ filter, onClose }: { filter: AccessFilter; onClose: () => void }) {
  const { t } = useTexts();
  const summary = useAccessSummary(filter);
  return (
    <Modal opened onClose={onClose} size="lg" title={t('access.summaryTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('access.summaryText')} {filter.customer_number ? t('access.customerIgnored') : ''}
        </Text>
        {summary.error ? (
          <ProblemPanel problem={summary.error} onRetry={() => void summary.refetch()} />
        ) : !summary.data ? (
          <LinesSkeleton lines={5} />
        ) : (
          <>
            <SimpleGrid cols={3}>
              <Figure label={t('access.persons')} value={formatCount(summary.data.persons)} />
              <Figure label={t('access.first')} value={formatMoment(summary.data.first_at)} />
              <Figure label={t('access.last')} value={formatMoment(summary.data.last_at)} />
            </SimpleGrid>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('access.what')}</Table.Th>
                  {[t('access.entries'), t('access.times'), t('access.persons'), t('access.fileRows')].map((header) => (
                    <Table.Th key={header} ta="right">
                      {header}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {summary.data.kinds.map((one) => (
                  <Table.Tr key={one.kind}>
                    <Table.Td>{t(`access.kinds.${one.kind}`)}</Table.Td>
                    {[one.entries, one.times, one.persons, one.file_rows].map((figure, at) => (
                      <Table.Td key={at} ta="right">
                        {formatCount(figure)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Text size="sm">
              {t('access.fields')}: {summary.data.fields.map((field) => t(`access.classes.${field}`)).join(', ') || t('common.none')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('access.personsHelp')}
            </Text>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="lg" fw={600}>
        {value || '–'}
      </Text>
    </div>
  );
}
