import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { setLanguage, useTexts } from '@/lib/i18n';
import { usePageTitle } from '@/ui/usePageTitle';

/** The card of the pages before one is signed in. */
export function EntryCard({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { language } = useTexts();
  usePageTitle(title);
  const other = language === 'ja' ? 'en' : 'ja';
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420} gap="md">
        <Group justify="space-between">
          <Group gap={8}>
            <img src="/favicon.svg" alt="" width={26} height={26} />
            <Text fw={700} size="lg">
              Otokui
            </Text>
          </Group>
          <Button variant="subtle" color="gray" size="compact-sm" lang={other} onClick={() => void setLanguage(other)}>
            {other === 'en' ? 'English' : '日本語'}
          </Button>
        </Group>
        <Paper withBorder p="lg">
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {lead && (
              <Text size="sm" c="dimmed">
                {lead}
              </Text>
            )}
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
