import { useTexts } from '@/lib/i18n';
import type { Job } from './api';

/** How jobs are told to people. */
export function useJobWords() {
  const { t } = useTexts();
  const known = t('job.kinds', { returnObjects: true }) as Record<string, string>;
  const kind = (job: Pick<Job, 'kind' | 'dry_run'>) => `${known[job.kind] ?? job.kind}${job.dry_run ? t('job.dryRun') : ''}`;
  const phase = (job: Job) => {
    if (job.cancel_requested && job.status === 'running') return t('job.stopping');
    if (job.dry_run && job.status === 'done' && job.applied_by === null) return t('job.checked');
    return job.status === 'running' && job.phase ? t(`job.phases.${job.phase}`) : t(`job.statuses.${job.status}`);
  };
  const amount = (job: Job) => (job.total === null || job.total <= job.done ? t('job.doneOnly', { done: job.done }) : t('job.of', { done: job.done, total: job.total }));
  return { kind, phase, amount, progress: (job: Job) => `${phase(job)} ${amount(job)}` };
}
