import { ActionIcon, Alert, Button, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { isComposing } from '@/lib/text/ime';
import type { SavedSearch } from './api';
import { ContentList } from './ContentList';
import { partWords } from './contentWords';
import classes from './saved.module.css';

const SavedHistory = lazy(async () => ({ default: (await import('./SavedHistory')).SavedHistory }));

type Props = {
  saved: SavedSearch;
  catalogue: Catalogue;
  busy: boolean;
  onRun: () => void;
  /** Resolves true when the new name was taken over. */
  onRename: (name: string) => Promise<boolean>;
  onOverwrite: () => void;
  onDelete: () => void;
};

/** A condition on what was deleted: it finds nobody, the rest of the search works. */
const isDeleted = ({ code }: SavedSearch['warnings'][number]) => code === 'master_deleted' || code === 'field_retired';

/** What stands in the way of a saved search, if anything. */
function useWarning(saved: SavedSearch): string | null {
  const { t } = useTexts();
  if (saved.masked) return t('saved.warnMasked');
  if (saved.warnings.some(({ code }) => code === 'unknown_list')) return t('saved.warnList');
  if (saved.warnings.some((one) => !isDeleted(one))) return t('saved.warnUnknown');
  return saved.warnings.length > 0 ? t('saved.warnDeleted') : null;
}

export function SavedRow({ saved, catalogue, busy, onRun, onRename, onOverwrite, onDelete }: Props) {
  const { t } = useTexts();
  const [renaming, setRenaming] = useState(false);
  const [open, setOpen] = useState(false);
  const warning = useWarning(saved);
  const { name } = saved;
  const act = (words: string, label: string, run: () => void, expanded?: boolean) => (
    <Button size="compact-xs" variant="subtle" color="gray" style={{ flexShrink: 0 }} aria-label={label} {...(expanded === undefined ? {} : { 'aria-expanded': expanded })} onClick={run}>
      {words}
    </Button>
  );
  return (
    <li className={classes.item}>
      <div className={classes.row}>
        {renaming ? (
          <RenameBox
            name={name}
            onCancel={() => setRenaming(false)}
            onRename={async (next) => {
              if (next === name || (await onRename(next))) setRenaming(false);
            }}
          />
        ) : (
          <>
            <span className={classes.name}>
              <Button variant="transparent" size="compact-md" h="auto" px={2} disabled={busy} aria-label={t('saved.run', { name })} onClick={onRun} styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}>
                {name}
              </Button>
            </span>
            {warning && (
              <Tooltip label={warning} multiline maw={320}>
                <ActionIcon size="md" color="orange.9" aria-label={warning} onClick={() => setOpen(true)}>
                  <IconAlertTriangle size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            <Tooltip label={t('saved.rename', { name })} openDelay={400}>
              <ActionIcon size="md" aria-label={t('saved.rename', { name })} onClick={() => setRenaming(true)}>
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
            {act(t('saved.details'), t('saved.detailsOf', { name }), () => setOpen(!open), open)}
            {act(t('saved.overwrite'), t('saved.overwriteOf', { name }), onOverwrite)}
            {act(t('saved.remove'), t('saved.removeOf', { name }), onDelete)}
          </>
        )}
      </div>
      {open && <Details saved={saved} catalogue={catalogue} warning={warning} />}
    </li>
  );
}

function Details({ saved, catalogue, warning }: { saved: SavedSearch; catalogue: Catalogue; warning: string | null }) {
  const { t, language } = useTexts();
  const mayHistory = useMay()('history.read');
  const [history, setHistory] = useState(false);
  const unknown = saved.warnings.filter((one) => !isDeleted(one));
  return (
    <div className={classes.details}>
      {warning && (
        <Alert color="yellow" variant="light" py={6} mb={8} icon={<IconAlertTriangle size={16} />}>
          {warning}
          {unknown.length > 0 && (
            <Text size="xs" mt={4}>
              {t('saved.unknownParts')}: {[...new Set(unknown.map(({ pointer }) => partWords(saved.content, pointer, catalogue, language, t)))].join(language === 'ja' ? '、' : ', ')}
            </Text>
          )}
        </Alert>
      )}
      <ContentList content={saved.content} catalogue={catalogue} looks />
      <Group gap="xs" mt={6}>
        <Text size="xs" c="dimmed">
          {t('saved.updated', { at: formatMoment(saved.updated_at), name: saved.updated_by_name ?? '' })}
        </Text>
        {mayHistory && (
          <Button size="compact-xs" variant="subtle" aria-expanded={history} onClick={() => setHistory(!history)}>
            {t(history ? 'saved.hideHistory' : 'saved.history')}
          </Button>
        )}
      </Group>
      <Suspense>{history && <SavedHistory id={saved.id} catalogue={catalogue} />}</Suspense>
    </div>
  );
}

function RenameBox({ name, onRename, onCancel }: { name: string; onRename: (name: string) => Promise<void>; onCancel: () => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(name);
  const next = typed.trim();
  const rename = () => {
    if (next !== '') void onRename(next);
  };
  return (
    <Group gap={6} wrap="nowrap" flex={1}>
      <TextInput
        flex={1}
        size="sm"
        autoFocus
        maxLength={100}
        aria-label={t('saved.rename', { name })}
        data-mantine-stop-propagation // Escape ends the renaming, not the dialog around it
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Enter') rename();
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          }
        }}
      />
      <Button size="xs" disabled={next === ''} onClick={rename}>
        {t('saved.save')}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('saved.cancel')}
      </Button>
    </Group>
  );
}
