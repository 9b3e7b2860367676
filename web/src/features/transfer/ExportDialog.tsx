import { Alert, Button, Checkbox, Collapse, Group, Modal, Progress, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isRunning, jobShare, resultUrl, useJob } from '@/features/job/api';
import { useJobWords } from '@/features/job/words';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useFeature, usePreferences } from '@/lib/session';
import { ColumnsEditor } from '@/ui/ColumnsEditor';
import { Field } from '@/ui/Field';
import { ProblemPanel } from '@/ui/states';
import { startExport, type Encoding } from './api';

type Props = {
  catalogue: Catalogue;
  search: Schemas['StoredSearch'];
  sort: NonNullable<Schemas['ExportRequest']['sort']>;
  count: number;
  shownColumns: string[];
  onClose: () => void;
};

export function ExportDialog({ catalogue, search, sort, count, shownColumns, onClose }: Props) {
  const { t, language } = useTexts();
  const [preferences, setPreferences] = usePreferences();
  const all = catalogue.fields.filter((field) => field.listable);
  const known = (keys: string[]) => keys.filter((key) => all.some((field) => field.key === key));
  const [columns, setColumns] = useState(() => known(preferences.export_columns ?? shownColumns));
  const [editing, setEditing] = useState(false);
  const [encoding, setEncoding] = useState<Encoding>(preferences.export_encoding ?? 'utf-8-bom');
  const [newline, setNewline] = useState<'crlf' | 'lf'>('crlf');
  const [header, setHeader] = useState<'labels' | 'keys'>('labels');
  const [guards, setGuards] = useState(true);
  const [reason, setReason] = useState('');
  const isOn = useFeature();
  const [kind, setKind] = useState<'customers' | 'points'>('customers');
  const start = useMutation({
    mutationFn: () => {
      const { condition, text } = search;
      const asked = { ...(condition ? { condition } : {}), ...(text ? { text } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}), sort, encoding, newline, header, guard_formulas: guards };
      if (kind === 'points') return startExport('points', asked);
      setPreferences({ export_columns: columns, export_encoding: encoding });
      return startExport('customers', { ...asked, columns });
    },
  });
  const noReason = start.error?.fieldErrors()['reason'];
  return (
    <Modal opened onClose={onClose} title={t('export.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {start.data ? (
        <Progressing job={start.data.job} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('export.count', { count })}</Text>
          {start.error && !noReason && <ProblemPanel problem={start.error} />}
          {isOn('points') && (
            <SegmentedControl
              aria-label={t('export.what')}
              value={kind}
              onChange={(value) => setKind(value as 'customers' | 'points')}
              data={[
                { value: 'customers', label: t('import.kinds.customers') },
                { value: 'points', label: t('import.kinds.points') },
              ]}
            />
          )}
          {kind === 'points' && (
            <Text size="sm" c="dimmed">
              {t('export.pointsNote')}
            </Text>
          )}
          {kind === 'customers' && <Stack gap={6}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {t('export.columns')}
              </Text>
              <Text size="sm">{t('export.chosen', { count: columns.length })}</Text>
              <Button size="compact-xs" variant="default" onClick={() => setColumns(shownColumns)}>
                {t('export.shownColumns')}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => setColumns(all.map((field) => field.key))}>
                {t('export.allColumns')}
              </Button>
              <Button size="compact-xs" variant="default" aria-expanded={editing} onClick={() => setEditing(!editing)}>
                {t('export.edit')}
              </Button>
            </Group>
            <Collapse expanded={editing}>{editing && <ColumnsEditor all={all.map((field) => ({ key: field.key, label: field.labels[language] }))} chosen={columns} onChange={setColumns} titles={{ chosen: t('export.columns'), rest: t('export.restColumns') }} />}</Collapse>
          </Stack>}
          <Radio.Group label={t('export.encoding')} value={encoding} onChange={(value) => setEncoding(value as Encoding)}>
            <Stack gap={6} mt={4}>
              <Radio value="utf-8-bom" label={t('import.encodings.utf-8-bom')} description={t('export.bomNote')} />
              <Radio value="utf-8" label={t('import.encodings.utf-8')} />
              <Radio value="cp932" label={t('import.encodings.cp932')} description={t('export.cp932Note')} />
            </Stack>
          </Radio.Group>
          <Group gap="lg">
            <Stack gap={4}>
              <Text size="sm" fw={600}>
                {t('export.newline')}
              </Text>
              <SegmentedControl size="xs" aria-label={t('export.newline')} value={newline} onChange={(value) => setNewline(value as 'crlf' | 'lf')} data={[{ value: 'crlf', label: t('export.crlf') }, { value: 'lf', label: t('export.lf') }]} />
            </Stack>
            <Stack gap={4}>
              <Text size="sm" fw={600}>
                {t('export.header')}
              </Text>
              <SegmentedControl size="xs" aria-label={t('export.header')} value={header} onChange={(value) => setHeader(value as 'labels' | 'keys')} data={[{ value: 'labels', label: t('export.headerLabels') }, { value: 'keys', label: t('export.headerKeys') }]} />
            </Stack>
          </Group>
          <Checkbox label={t('export.guard')} description={t('export.guardNote')} checked={guards} onChange={(event) => setGuards(event.currentTarget.checked)} />
          <Field label={t('export.reason')} optional help={t('export.reasonHelp')} error={noReason}>
            {(control) => <TextInput {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
          </Field>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button disabled={kind === 'customers' && columns.length === 0} loading={start.isPending} onClick={() => start.mutate()}>
              {t('export.start')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Progressing({ job: id, onClose }: { job: string; onClose: () => void }) {
  const { t, language } = useTexts();
  const words = useJobWords();
  const job = useJob(id).data;
  const share = job ? jobShare(job) : null;
  return (
    <Stack gap="md">
      {(!job || isRunning(job)) && (
        <Stack gap={6}>
          <Text size="sm" aria-live="polite">
            {job ? words.progress(job) : t('export.running')}
          </Text>
          <Progress value={share ?? 100} animated={share === null} size="lg" aria-label={t('export.running')} />
          <Text size="xs" c="dimmed">
            {t('export.background')}
          </Text>
        </Stack>
      )}
      {job?.status === 'done' && (
        <Alert color="teal" icon={<IconCircleCheck size={18} />} title={t('export.ready')}>
          {t('common.count', { count: job.ok })}
        </Alert>
      )}
      {job?.unmappable && job.unmappable.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('job.unmappable')}>
          {t('job.unmappableText', { characters: job.unmappable.map((one) => `${one.character}×${one.count}`).join('、') })}
        </Alert>
      )}
      {(job?.status === 'failed' || job?.status === 'cancelled') && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('export.failed')}>
          {job.problem?.detail[language]}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        {job?.status === 'done' && (
          <Button component="a" href={resultUrl(id)} download leftSection={<IconDownload size={16} aria-hidden />}>
            {t('common.download')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
