import { Badge } from '@mantine/core';
import type { Job } from './api';
import { useJobWords } from './words';

const colors: Record<Job['status'], string> = { queued: 'gray', running: 'blue', done: 'teal', failed: 'red', cancelled: 'gray' };

export function JobStatusBadge({ job }: { job: Job }) {
  const words = useJobWords();
  return (
    <Badge size="sm" variant="light" color={colors[job.status]}>
      {words.phase(job)}
    </Badge>
  );
}
