import { Paper, Radio, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import type { ImportKind, ImportOptions } from './api';

/** The column that says what to do with each row stands in files of customers alone. */
const modesOf = (kind: ImportKind) => (['create', 'update', 'upsert', 'control'] as const).filter((mode) => kind === 'customers' || mode !== 'control');

/** How to import, each choice with what it means. */
export function ImportOptionsForm({ kind, options, onChange }: { kind: ImportKind; options: ImportOptions; onChange: (options: ImportOptions) => void }) {
  const { t } = useTexts();
  return (
    <Paper withBorder p="md">
      <Title order={2} mb="sm">
        {t('import.options')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {kind !== 'points' && (
        <Radio.Group label={t('import.mode')} value={options.mode} onChange={(mode) => onChange({ ...options, mode: mode as ImportOptions['mode'] })}>
          <Stack gap="xs" mt={6}>
            {modesOf(kind).map((mode) => (
              <Radio key={mode} value={mode} label={t(`import.modes.${mode}`)} description={mode === 'control' ? t('import.modeHelp.control') : t(`import.modeHelp.${kind}.${mode}`)} />
            ))}
          </Stack>
        </Radio.Group>
        )}
        <Radio.Group label={t('import.onError')} value={options.on_error} onChange={(value) => onChange({ ...options, on_error: value as ImportOptions['on_error'] })}>
          <Stack gap="xs" mt={6}>
            {(['all_or_nothing', 'skip'] as const).map((value) => (
              <Radio key={value} value={value} label={t(`import.onErrors.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {kind === 'customers' && (
          <Radio.Group label={t('import.onClash')} value={options.on_clash} onChange={(value) => onChange({ ...options, on_clash: value as ImportOptions['on_clash'] })}>
            <Stack gap="xs" mt={6}>
              {(['refuse', 'no_login'] as const).map((value) => (
                <Radio key={value} value={value} label={t(`import.onClashes.${value}`)} description={t(`import.onClashHelp.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </SimpleGrid>
    </Paper>
  );
}
