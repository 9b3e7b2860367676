import { Group } from '@mantine/core';
import { useTexts } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import { isUndo, type Job, type RowOutcome } from './api';
import classes from './job.module.css';

type Props = { job: Job; outcome: RowOutcome | null; onOutcome: ((outcome: RowOutcome | null) => void) | null };

/** The counts of a job. Where there are rows behind a count, it is the filter for them. */
export function JobFigures({ job, outcome, onOutcome }: Props) {
  const { t } = useTexts();
  const isImport = job.create !== undefined;
  const figures: { key: string; label: string; count: number; outcome: RowOutcome | null; bad?: boolean }[] = isImport
    ? [
        { key: 'create', label: t('job.create'), count: job.create ?? 0, outcome: 'create' },
        { key: 'update', label: t('job.update'), count: job.update ?? 0, outcome: 'update' },
        ...(job.delete ? [{ key: 'delete', label: t('job.delete'), count: job.delete, outcome: 'delete' as const }] : []),
        { key: 'unchanged', label: t('job.unchanged'), count: job.unchanged ?? 0, outcome: 'unchanged' },
        { key: 'error', label: t('job.error'), count: job.error ?? 0, outcome: 'error', bad: true },
      ]
    : [
        { key: 'ok', label: t(isUndo(job) ? 'job.undone' : 'job.ok'), count: job.ok, outcome: null },
        ...(isUndo(job) ? [{ key: 'skipped', label: t('job.leftAlone'), count: job.skipped, outcome: null, bad: true }] : []),
        { key: 'ng', label: t('job.ng'), count: job.ng, outcome: null, bad: true },
      ];
  return (
    <Group gap="xs" role="group" aria-label={t('job.result')}>
      {figures.map((figure) => {
        const inner = (
          <>
            {figure.label}
            <b>{formatCount(figure.count)}</b>
          </>
        );
        const tone = figure.bad && figure.count > 0 ? { 'data-tone': 'bad' } : {};
        if (!onOutcome || figure.outcome === null) {
          return (
            <div key={figure.key} className={classes.figure} {...tone}>
              {inner}
            </div>
          );
        }
        const pressed = outcome === figure.outcome;
        return (
          <button key={figure.key} type="button" className={classes.figure} aria-pressed={pressed} onClick={() => onOutcome(pressed ? null : figure.outcome)} {...tone}>
            {inner}
          </button>
        );
      })}
    </Group>
  );
}
