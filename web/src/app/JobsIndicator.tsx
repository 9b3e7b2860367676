import { Box, Button, Indicator, Popover, Progress, RingProgress, Stack, Text } from '@mantine/core';
import { IconBriefcase } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { jobShare, useJobs } from '@/features/job/api';
import { useJobWords } from '@/features/job/words';
import { useTexts } from '@/lib/i18n';
import { IconButton } from '@/ui/IconButton';
import { useEndedJobs } from './useEndedJobs';

/** How the work in the background goes, from any page. */
export function JobsIndicator() {
  const { t } = useTexts();
  const words = useJobWords();
  const [opened, setOpened] = useState(false);
  const page = useJobs().data?.pages[0]?.items;
  useEndedJobs(page);
  const jobs = page ?? [];
  const running = jobs.filter((job) => job.status === 'running' || job.status === 'queued');
  const first = running[0];
  const share = first ? jobShare(first) : null;
  const label = running.length > 0 ? t('nav.runningJobs', { count: running.length }) : t('nav.noJobs');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus>
      <Indicator disabled={running.length === 0} label={running.length} size={16} offset={7}>
        <Popover.Target>
          <IconButton size="lg" label={label} onClick={() => setOpened((open) => !open)}>
            {first ? <RingProgress size={26} thickness={3} sections={[{ value: share ?? 10, color: 'indigo' }]} aria-hidden /> : <IconBriefcase size={20} />}
          </IconButton>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>
        <Stack gap="sm">
          {running.length === 0 && <Text size="sm">{t('nav.noJobs')}</Text>}
          {running.slice(0, 5).map((job) => (
            <Box key={job.id} component={Link} to={`/jobs/${job.id}`} c="inherit" td="none" onClick={() => setOpened(false)}>
              <Text size="sm" truncate>
                {words.kind(job)} {job.title}
              </Text>
              <Progress value={jobShare(job) ?? 100} animated={jobShare(job) === null} size="sm" aria-label={words.kind(job)} />
              <Text size="xs" c="dimmed">
                {words.progress(job)}
              </Text>
            </Box>
          ))}
          <Button component={Link} to="/jobs" variant="default" size="xs" onClick={() => setOpened(false)}>
            {t('nav.allJobs')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
