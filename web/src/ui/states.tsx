import { Alert, Box, Button, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { toastProblem } from './toast';

/** The words of a problem: the server's, or ours when it was not reached. */
export function useProblemWords(): (problem: ApiProblem) => { title: string; detail: string } {
  const { t } = useTexts();
  return (problem) => {
    if (problem.status === 0) return { title: t('problem.unreachable'), detail: t('problem.unreachableDetail') };
    return { title: problem.title || t('problem.unexpected'), detail: problem.detail };
  };
}

/** Tells a problem at the corner, where nothing on the page stands for what failed. */
export function useProblemToast(): (problem: ApiProblem) => void {
  const words = useProblemWords();
  return (problem) => {
    const { title, detail } = words(problem);
    toastProblem(title, detail);
  };
}

export function ProblemPanel({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const { t } = useTexts();
  const words = useProblemWords()(problem);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={words.title} role="alert">
      <Stack gap="xs" align="flex-start">
        {words.detail && <Text size="sm">{words.detail}</Text>}
        {problem.fields.length > 0 && (
          <List size="sm">
            {problem.fields.map((field, at) => (
              <List.Item key={at}>{field.detail}</List.Item>
            ))}
          </List>
        )}
        {problem.body?.request_id && (
          <Text size="xs" c="dimmed">
            {t('problem.requestId', { id: problem.body.request_id })}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function EmptyState({ title, children, acts }: { title: string; children?: ReactNode; acts?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py={48} px="md">
      <Text fw={600}>{title}</Text>
      {children && (
        <Text size="sm" c="dimmed" ta="center" maw={560}>
          {children}
        </Text>
      )}
      {acts && <Group mt="xs">{acts}</Group>}
    </Stack>
  );
}

export function LinesSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap={14} aria-hidden>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={14} width={`${90 - ((at * 17) % 45)}%`} radius={4} />
      ))}
    </Stack>
  );
}

export function PageTitle({ title, note, acts }: { title: ReactNode; note?: ReactNode; acts?: ReactNode }) {
  return (
    <Group justify="space-between" align="center" gap="sm" mih={36}>
      <Group gap="sm" align="baseline">
        <Title order={1}>{title}</Title>
        {note && <Box c="dimmed">{note}</Box>}
      </Group>
      {acts && <Group gap="xs">{acts}</Group>}
    </Group>
  );
}
