import { Stack, Stepper } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useJob } from '@/features/job/api';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { EmptyState, LinesSkeleton, PageTitle, ProblemPanel } from '@/ui/states';
import { previewImport, startDryRun, type ImportKind, type ImportOptions, type ImportPreview, type MappedColumn } from './api';
import { CheckStep } from './CheckStep';
import { FileStep } from './FileStep';
import { MappingStep } from './MappingStep';

const defaults: ImportOptions = { mode: 'create', on_error: 'all_or_nothing', on_clash: 'refuse' };

/** File, columns, check, import. Once a check runs it stands in the address, so that the page can be left and found again. */
export function ImportPage() {
  const { t } = useTexts();
  const may = useMay();
  const { catalogue, error, refetch } = useCatalogue();
  const [params, setParams] = useSearchParams();
  const job = params.get('job');
  const [kind, setKind] = useState<ImportKind>('customers');
  const [file, setFile] = useState<File | null>(null);
  const [percent, setPercent] = useState(0);
  const [columns, setColumns] = useState<MappedColumn[]>([]);
  const [options, setOptions] = useState<ImportOptions>(defaults);

  const preview = useMutation({
    mutationFn: ({ chosen, encoding, as }: { chosen: File; encoding: string; as: ImportKind }) => previewImport(chosen, as, encoding, setPercent),
    onSuccess: (found: ImportPreview) => setColumns(found.columns),
  });
  const check = useMutation({
    mutationFn: () => {
      if (!preview.data) throw new Error('no file');
      return startDryRun(kind, preview.data, columns, options, file?.name ?? '');
    },
    onSuccess: (started) => setParams({ job: started }),
  });
  const take = (chosen: File, encoding = 'auto', as: ImportKind = kind) => {
    setFile(chosen);
    setPercent(0);
    check.reset();
    preview.mutate({ chosen, encoding, as });
  };
  const restart = () => {
    setFile(null);
    preview.reset();
    check.reset();
    setParams({});
  };

  if (!may('import')) return <EmptyState title={t('problem.notAllowed')}>{t('problem.notAllowedDetail')}</EmptyState>;
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!catalogue) return <LinesSkeleton />;
  const step = job ? 2 : preview.data ? 1 : 0;
  return (
    <Stack gap="md" maw={1120}>
      <PageTitle title={t('import.title')} note={file?.name} />
      {job ? <JobSteps job={job} /> : <Steps active={step} />}
      {step === 0 && <FileStep kind={kind} onKind={(next) => { setKind(next); setOptions(defaults); }} onFile={take} busy={preview.isPending} percent={percent} problem={preview.error} />}
      {step === 1 && preview.data && (
        <MappingStep
          catalogue={catalogue}
          kind={kind}
          preview={preview.data}
          columns={columns}
          onColumns={setColumns}
          options={options}
          onOptions={setOptions}
          onEncoding={(encoding) => file && take(file, encoding)}
          onBack={restart}
          onCheck={() => check.mutate()}
          busy={check.isPending || preview.isPending}
          problem={check.error ?? preview.error}
        />
      )}
      {job && <CheckStep key={job} job={job} onJob={(next) => setParams({ job: next })} onOptions={preview.data ? () => setParams({}) : null} onRestart={restart} />}
    </Stack>
  );
}

function Steps({ active }: { active: number }) {
  const { t } = useTexts();
  return (
    <Stepper active={active} size="sm" allowNextStepsSelect={false} aria-label={t('import.steps')}>
      <Stepper.Step label={t('import.stepFile')} />
      <Stepper.Step label={t('import.stepMap')} />
      <Stepper.Step label={t('import.stepCheck')} />
      <Stepper.Step label={t('import.stepDone')} />
    </Stepper>
  );
}

/** The job says whether it checks or imports; once it has imported, all is behind one. */
function JobSteps({ job: id }: { job: string }) {
  const { data: job } = useJob(id);
  return <Steps active={!job || job.dry_run ? 2 : job.status === 'done' ? 4 : 3} />;
}
