import { Loader, Popover, UnstyledButton } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import classes from './ConditionBox.module.css';
import { isComplete, type FieldCondition } from './conditions';
import { operandWords } from './conditionWords';

const DateSheet = lazy(async () => ({ default: (await import('./DateSheet')).DateSheet }));

type Props = { field: CatalogueField; catalogue: Catalogue; label: string; condition: FieldCondition | undefined; onChange: (condition: FieldCondition | undefined) => void };

/** A condition on days: a button that says it, and a small sheet in which it is put together and then applied. */
export function DateCondition({ field, catalogue, label, condition, onChange }: Props) {
  const { t, language } = useTexts();
  const [opened, setOpened] = useState(false);
  const words = condition && isComplete(condition) ? operandWords({ field: field.key, ...condition }, catalogue, language) : null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={400} trapFocus returnFocus withinPortal shadow="md">
      <Popover.Target>
        <UnstyledButton className={classes.dateButton} aria-label={t('search.dateOf', { field: label, words: words ?? t('search.any') })} aria-expanded={opened} onClick={() => setOpened(!opened)} data-set={words !== null || undefined}>
          <span className={classes.dateWords} title={words ?? undefined}>{words ?? t('search.any')}</span>
          <IconCalendar size={15} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <Suspense fallback={<Loader size="sm" />}>
          <DateSheet
            field={field}
            label={label}
            condition={condition}
            onApply={(next) => {
              onChange(next);
              setOpened(false);
            }}
          />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
