import { useState, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useProblemToast } from '@/ui/states';
import { useCancelJob, type Job } from './api';
import { useJobWords } from './words';

/** Asks before a job is stopped, and tells why it was not. */
export function useStopJob(): { askStop: (job: Job) => void; dialog: ReactNode } {
  const { t } = useTexts();
  const words = useJobWords();
  const tell = useProblemToast();
  const cancel = useCancelJob();
  const [asked, setAsked] = useState<Job | null>(null);
  const dialog = (
    <ConfirmDialog
      opened={asked !== null}
      title={t('job.stopTitle')}
      act={t('job.stop')}
      danger
      busy={cancel.isPending}
      onClose={() => setAsked(null)}
      onConfirm={() => asked && cancel.mutate(asked.id, { onError: tell, onSettled: () => setAsked(null) })}
    >
      {asked && t('job.stopText', { title: asked.title ?? words.kind(asked) })}
    </ConfirmDialog>
  );
  return { askStop: setAsked, dialog };
}
