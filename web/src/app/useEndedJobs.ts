import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { endedOf, wasSeenToEnd, type Job } from '@/features/job/api';
import { useJobWords } from '@/features/job/words';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import { bracketed } from '@/lib/text/brackets';
import { toast, toastProblem } from '@/ui/toast';

/** Tells of one's own jobs that have ended while one was elsewhere. `jobs`: the newest, as they are now. */
export function useEndedJobs(jobs: Job[] | undefined): void {
  const { t, language } = useTexts();
  const me = useMe();
  const words = useJobWords();
  const navigate = useNavigate();
  const before = useRef<Job[] | null>(null);
  useEffect(() => {
    if (!jobs) return;
    const ended = before.current ? endedOf(before.current, jobs, me.id) : [];
    before.current = jobs;
    for (const job of ended) {
      if (wasSeenToEnd(job.id)) continue;
      const act = { label: t('job.open'), run: () => void navigate(`/jobs/${job.id}`) };
      const kind = job.title ? bracketed(words.kind(job), job.title, language) : words.kind(job);
      if (job.status === 'done') toast(t('job.finishedToast', { kind }), act);
      else if (job.status === 'failed') toastProblem(t('job.failedToast', { kind }), undefined, act);
      else toast(t('job.stoppedToast', { kind }), act);
    }
  });
}
