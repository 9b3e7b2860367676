import { ActionIcon, Badge, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useTexts } from '@/lib/i18n';
import { IconButton } from '@/ui/IconButton';
import { sentOptions, newOption, type DraftOption } from './draft';

type Props = { options: DraftOption[]; errors: Record<string, string>; answered: boolean; onChange: (options: DraftOption[]) => void };

/** The options of a choice in their order. Those that were saved before are removed, not forgotten: whoever has one keeps it. */
export function OptionsEditor({ options, errors, answered, onChange }: Props) {
  const { t } = useTexts();
  const put = (id: number, part: Partial<DraftOption>) => onChange(options.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const move = (at: number, to: number) => {
    const moved = [...options];
    const [one] = moved.splice(at, 1);
    if (one) moved.splice(to, 0, one);
    onChange(moved);
  };
  // Errors count the rows that were sent.
  const sent = sentOptions({ options, type: 'select' } as Parameters<typeof sentOptions>[0]);
  const errorOf = (id: number, part: string) => errors[`options/${sent.findIndex((one) => one.id === id)}/${part}`];
  return (
    <Stack gap={6} component="fieldset" m={0} p={0} bd={0}>
      <Text component="legend" size="sm" fw={500} p={0} mb={4}>
        {t('forms.options')}
      </Text>
      {errors['options'] && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {errors['options']}
        </Text>
      )}
      {options.map((option, at) => {
        const name = option.ja || String(at + 1);
        return (
          <Group key={option.id} gap={4} wrap="nowrap" align="flex-start">
            <TextInput flex={1} aria-label={t('forms.optionJa', { count: at + 1 })} placeholder={t('forms.optionJaShort')} autoComplete="off" maxLength={60} value={option.ja} disabled={option.removed} error={errorOf(option.id, 'labels/ja')} onChange={(event) => put(option.id, { ja: event.currentTarget.value })} />
            <TextInput flex={1} aria-label={t('forms.optionEn', { count: at + 1 })} placeholder={t('forms.optionEnShort')} autoComplete="off" maxLength={60} value={option.en} disabled={option.removed} error={errorOf(option.id, 'labels/en')} onChange={(event) => put(option.id, { en: event.currentTarget.value })} />
            <IconButton mt={4} label={t('forms.up', { name })} disabled={at === 0} onClick={() => move(at, at - 1)}>
              <IconArrowUp size={16} />
            </IconButton>
            <IconButton mt={4} label={t('forms.down', { name })} disabled={at === options.length - 1} onClick={() => move(at, at + 1)}>
              <IconArrowDown size={16} />
            </IconButton>
            {option.removed ? (
              <Tooltip label={t('forms.optionBack')}>
                <ActionIcon mt={4} aria-label={`${t('forms.optionBack')}: ${name}`} onClick={() => put(option.id, { removed: false })}>
                  <IconArrowBackUp size={16} />
                </ActionIcon>
              </Tooltip>
            ) : (
              <IconButton mt={4} label={t('forms.optionDrop', { name })} onClick={() => (option.code ? put(option.id, { removed: true }) : onChange(options.filter((one) => one.id !== option.id)))}>
                <IconX size={16} />
              </IconButton>
            )}
            {option.removed && (
              <Badge size="sm" variant="default" mt={8}>
                {t('forms.optionRemoved')}
              </Badge>
            )}
          </Group>
        );
      })}
      <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...options, newOption()])}>
        {t('forms.addOption')}
      </Button>
      {answered && (
        <Text size="xs" c="dimmed">
          {t('forms.optionsKept')}
        </Text>
      )}
    </Stack>
  );
}
