import { Button, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay } from '@/lib/session';
import { ProblemPanel } from '@/ui/states';
import { sampleUrl, type ImportKind } from './api';
import classes from './transfer.module.css';

type Props = { kind: ImportKind; onKind: (kind: ImportKind) => void; onFile: (file: File) => void; busy: boolean; percent: number; problem: ApiProblem | null };

export function FileStep({ kind, onKind, onFile, busy, percent, problem }: Props) {
  const { t } = useTexts();
  const isOn = useFeature();
  const may = useMay();
  const offered = { customers: true, orders: may('order.read'), addresses: true, points: isOn('points') && may('points.edit') };
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file);
  };
  return (
    <Stack gap="md">
      <Stack gap={4} align="flex-start">
        <Text size="sm" fw={600}>
          {t('import.kindLabel')}
        </Text>
        <SegmentedControl
          aria-label={t('import.kindLabel')}
          value={kind}
          onChange={(next) => onKind(next as ImportKind)}
          data={(['customers', 'orders', 'addresses', 'points'] as const).filter((value) => offered[value]).map((value) => ({ value, label: t(`import.kinds.${value}`) }))}
        />
      </Stack>
      <Group gap="xs">
        <Button component="a" href={sampleUrl(kind)} download size="compact-sm" variant="subtle" leftSection={<IconDownload size={14} aria-hidden />}>
          {t('import.sampleFile')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('import.sampleNote')}
        </Text>
      </Group>
      {problem && <ProblemPanel problem={problem} />}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <IconFileSpreadsheet size={36} stroke={1.4} aria-hidden />
        {busy ? (
          <Stack gap={6} w={280}>
            <Text size="sm" ta="center" aria-live="polite">
              {t('import.uploading', { percent })}
            </Text>
            <Progress value={percent} aria-label={t('import.uploading', { percent })} />
          </Stack>
        ) : (
          <>
            <Text>{t('import.drop')}</Text>
            <Button onClick={() => input.current?.click()}>{t('import.choose')}</Button>
          </>
        )}
        <Text size="xs" c="dimmed" maw={520} ta="center">
          {t('import.formats')}
        </Text>
        <input ref={input} type="file" accept=".csv,.txt,.tsv,text/csv" className="visually-hidden" tabIndex={-1} aria-label={t('import.choose')} onChange={(event) => take(event.currentTarget.files)} />
      </div>
    </Stack>
  );
}
