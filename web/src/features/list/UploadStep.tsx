import { Button, Group, Progress, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { ProblemPanel } from '@/ui/states';
import { mostBytes, readText, refreshLists, uploadList, type CustomerList, type ListKind } from './api';
import { guessKind, roughCount } from './guess';
import classes from './list.module.css';

/** Beyond this a text box becomes slow: what was pasted is kept aside and only counted. */
const mostInBox = 200_000;

type Given = { text: string } | { file: File };

/** Paste or drop values, choose what they are, have them matched. */
export function UploadStep({ onMade }: { onMade: (list: CustomerList) => void }) {
  const { t } = useTexts();
  const may = useMay();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [given, setGiven] = useState<Given>({ text: '' });
  const [chosen, setChosen] = useState<ListKind | null>(null);
  const [guessed, setGuessed] = useState<ListKind | null>(null);
  const [over, setOver] = useState(false);
  const [percent, setPercent] = useState(0);
  const kinds: ListKind[] = may('contact.read') ? ['id', 'number', 'email', 'phone'] : ['id', 'number'];
  const kind = chosen ?? (guessed && kinds.includes(guessed) ? guessed : 'id');
  const upload = useMutation({
    mutationFn: async () => uploadList(kind, 'file' in given ? await readText(given.file) : given.text, setPercent),
    onSuccess: async (list) => {
      await refreshLists(cache, list);
      onMade(list);
    },
  });

  const take = async (next: Given) => {
    upload.reset();
    setPercent(0);
    setGiven(next);
    setGuessed(guessKind('file' in next ? await next.file.slice(0, 5_000).text() : next.text));
  };
  const takeFile = (files: FileList | null) => {
    const file = files?.[0];
    if (file) void take({ file });
  };
  const tooBig = 'file' in given && given.file.size > mostBytes;
  const aside = 'file' in given ? given.file.name : given.text.length > mostInBox ? t('lists.big', { count: roughCount(given.text) }) : null;
  const empty = 'text' in given && given.text.trim() === '';

  return (
    <Stack gap="sm">
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
          if (event.dataTransfer.files.length > 0) takeFile(event.dataTransfer.files);
          else void take({ text: event.dataTransfer.getData('text') });
        }}
      >
        {aside === null ? (
          <Textarea
            label={t('lists.text')}
            description={t('lists.textHint')}
            rows={8}
            value={'text' in given ? given.text : ''}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
            onChange={(event) => void take({ text: event.currentTarget.value })}
          />
        ) : (
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              {aside}
            </Text>
            <Button size="compact-sm" variant="default" disabled={upload.isPending} onClick={() => void take({ text: '' })}>
              {t('lists.clear')}
            </Button>
          </Group>
        )}
        <Group gap="xs" mt={8}>
          <Button size="compact-sm" variant="default" disabled={upload.isPending} onClick={() => input.current?.click()}>
            {t('lists.choose')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('lists.drop')}
          </Text>
        </Group>
        <input ref={input} type="file" accept=".txt,.csv,.tsv,text/plain,text/csv" className="visually-hidden" tabIndex={-1} aria-label={t('lists.choose')} onChange={(event) => takeFile(event.currentTarget.files)} />
      </div>
      <Stack gap={4} align="flex-start">
        <Text size="sm" fw={600}>
          {t('lists.kind')}
        </Text>
        <SegmentedControl aria-label={t('lists.kind')} value={kind} onChange={(next) => setChosen(next as ListKind)} data={kinds.map((value) => ({ value, label: t(`lists.kinds.${value}`) }))} />
        <Text size="xs" c="dimmed" mih={18}>
          {chosen === null && guessed === kind ? t('lists.guessed') : ''}
        </Text>
      </Stack>
      {tooBig && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('lists.tooBig')}
        </Text>
      )}
      {upload.error && <ProblemPanel problem={upload.error} />}
      {upload.isPending && (
        <Stack gap={4} aria-live="polite">
          <Text size="sm">{percent < 100 ? t('lists.looking', { percent }) : t('lists.matching')}</Text>
          <Progress value={percent} animated={percent === 100} aria-label={t('lists.matching')} />
        </Stack>
      )}
      <Group justify="flex-end">
        <Button disabled={empty || tooBig} loading={upload.isPending} onClick={() => upload.mutate()}>
          {t('lists.look')}
        </Button>
      </Group>
    </Stack>
  );
}
