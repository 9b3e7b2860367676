import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isRunning, useJob } from '@/features/job/api';
import { JobProgress } from '@/features/job/JobProgress';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { toast, toastProblem } from '@/ui/toast';
import { masterKeys } from './api';

export type Watched = { job: string; title: string; done: string };

/** A job that changes what this page shows: how far it is, and everything anew when it has ended. */
export function JobWatch({ watched, onEnd }: { watched: Watched; onEnd: () => void }) {
  const { language } = useTexts();
  const cache = useQueryClient();
  const { undoOf } = useUndoAct();
  const job = useJob(watched.job).data;
  const ended = useRef(false);
  useEffect(() => {
    if (!job || isRunning(job) || ended.current) return;
    ended.current = true;
    const { operation, problem } = job;
    if (job.status === 'done') toast(watched.done, undoOf(operation));
    else toastProblem(watched.title, problem?.detail[language] ?? '');
    for (const queryKey of [masterKeys.all, ['catalogue'], ['customer']]) void cache.invalidateQueries({ queryKey });
    onEnd();
  }, [job, watched, cache, undoOf, onEnd, language]);
  return <JobProgress id={watched.job} title={watched.title} job={job} />;
}
