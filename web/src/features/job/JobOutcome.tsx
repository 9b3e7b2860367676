import { Text } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { isRunning, isUndo, type Job } from './api';

/** What came of an ended job: what went wrong or was left alone stands first, so that no narrow column hides it. */
export function JobOutcome({ job }: { job: Job }) {
  const { t } = useTexts();
  if (isRunning(job)) return null;
  const [well, ill, rest] = isUndo(job) ? [t('job.undone'), t('job.leftAlone'), job.skipped] : [t('job.ok'), t('job.ng'), job.ng];
  const good = `${well} ${formatCount(job.ok)}`;
  return (
    <span title={`${good} · ${ill} ${formatCount(rest)}`}>
      {rest > 0 && (
        <Text span inherit fw={600} c="var(--otokui-alarm)">
          {`${ill} ${formatCount(rest)}`}
        </Text>
      )}
      {rest > 0 && job.ok > 0 && ' · '}
      {(rest === 0 || job.ok > 0) && good}
    </span>
  );
}
