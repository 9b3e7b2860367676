import { ActionIcon, Group, Paper, Stack, Title, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { formatDay, today } from '@/lib/date/moment';
import { ageOn, warekiYear } from '@/lib/date/wareki';
import { useTexts, type Language, type Translate } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { MemberBlock } from '@/features/level/MemberBlock';
import { formatPostalCode } from '@/lib/text/phone';
import { ConsentButton } from '@/features/consent/ConsentLog';
import type { Customer } from './api';
import classes from './BasicTab.module.css';
import { shownValue } from './columns';
import { formFields, forStatus, viewFields, withNextStatuses } from './formModel';
import { MaskedValue } from './MaskedValue';
import { SectionForm } from './SectionForm';

type Props = {
  customer: Customer;
  catalogue: Catalogue;
  mayEdit: boolean;
  editing: string | null; // the key of a group, or 1 for the first that can be edited
  setEditing: (section: string | null) => void;
};

export function BasicTab({ customer, catalogue, mayEdit, editing, setEditing }: Props) {
  const { t, language } = useTexts();
  const mayWithdraw = useMay()('customer.withdraw');
  const groups = catalogue.groups.filter((group) => viewFields(catalogue, group.key).length > 0);
  const first = groups.find((group) => formFields(catalogue, group.key, 'editable').length > 0)?.key;
  const open = editing === '1' ? first : editing;
  const section = (group: Catalogue['groups'][number]) => {
    const title = group.labels[language];
        const editable = withNextStatuses(forStatus(formFields(catalogue, group.key, 'editable'), customer.status), customer.status, mayWithdraw);
        if (open === group.key && mayEdit) {
          return (
            <Paper key={group.key} withBorder p="md" className={classes.editing ?? ''}>
              <SectionForm title={title} fields={editable} customer={customer} catalogue={catalogue} note={group.key === 'address' ? t('customer.billingNote') : null} onDone={() => setEditing(null)} />
            </Paper>
          );
        }
        return (
          <Paper key={group.key} withBorder p="md" component="section" aria-label={title}>
            <Group justify="space-between" mb={6} h={28}>
              <Title order={2}>{title}</Title>
              {mayEdit && editable.length > 0 && !open && (
                <Tooltip label={t('customer.editSection', { section: title })}>
                  <ActionIcon className="no-print" aria-label={t('customer.editSection', { section: title })} onClick={() => setEditing(group.key)}>
                    <IconPencil size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
            </Group>
            {group.key === 'membership' && <MemberBlock customer={customer} catalogue={catalogue} />}
            <dl className={classes.list}>
              {viewFields(catalogue, group.key)
                .filter((field) => !inMemberBlock.has(field.key) && (customer.status === 'member' || !ofMembersOnly.has(field.key)))
                .map((field) => (
                  <div key={field.key} className={classes.pair}>
                    <dt>{field.labels[language]}</dt>
                    <dd>
                      <MaskedValue customer={customer} field={field.key} label={field.labels[language]}>
                        {(seen) => viewed(seen, field, catalogue, language, t) || <span className={classes.unset}>{t('common.unset')}</span>}
                      </MaskedValue>
                    </dd>
                  </div>
                ))}
            </dl>
            {group.key === 'marketing' && <ConsentButton customer={customer.id} mayEdit={mayEdit} />}
          </Paper>
        );
  };
  const [left, right] = halves(groups, catalogue);
  return (
    <div className={classes.sections}>
      <Stack gap="md">{left.map(section)}</Stack>
      <Stack gap="md">{right.map(section)}</Stack>
    </div>
  );
}

/** Two columns of about the same length. A section that grows while it is edited moves only what is below it. */
function halves<Group extends { key: string }>(groups: Group[], catalogue: Catalogue): [Group[], Group[]] {
  const length = (group: Group) => viewFields(catalogue, group.key).length + 3;
  const half = groups.reduce((sum, group) => sum + length(group), 0) / 2;
  let sum = 0;
  let split = 0;
  for (const group of groups) {
    if (sum + length(group) / 2 > half) break;
    sum += length(group);
    split += 1;
  }
  return [groups.slice(0, split), groups.slice(split)];
}

const inMemberBlock = new Set(['member_id', 'level']);
const ofMembersOnly = new Set(['level_fixed', 'special_type', 'points', 'points_expire_at']);

/** A value as the record shows it, with what it means beside it. */
export function viewed(customer: Customer, field: CatalogueField, catalogue: Catalogue, language: Language, t: Translate) {
  if (field.key === 'birth_date' && customer.birth_date && /^\d/.test(customer.birth_date)) {
    const age = ageOn(customer.birth_date, today());
    const more = [warekiYear(customer.birth_date, language), age === null ? '' : t('date.age', { age })].filter(Boolean).join(language === 'ja' ? '・' : ', ');
    return language === 'ja' ? `${formatDay(customer.birth_date)}（${more}）` : `${formatDay(customer.birth_date)} (${more})`;
  }
  if (field.key === 'postal_code' && customer.postal_code) return `〒${formatPostalCode(customer.postal_code)}`;
  const text = shownValue(customer, field, catalogue, language, t);
  if ((field.key === 'memo' || field.multiline) && text) {
    return (
      <Stack gap={0} className={classes.long ?? ''}>
        {text}
      </Stack>
    );
  }
  return text;
}
