import { Badge, Text } from '@mantine/core';
import type { Customer } from '@/features/customer/api';
import listClasses from '@/features/customer/BasicTab.module.css';
import { MaskedValue } from '@/features/customer/MaskedValue';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { LevelStanding } from './LevelProgress';

/** 会員情報: what a member has and nobody else. For whom there is none, the fixed word 「非会員」. */
export function MemberBlock({ customer, catalogue }: { customer: Customer; catalogue: Catalogue }) {
  const { t, language } = useTexts();
  if (customer.status === 'visitor' || customer.status === 'guest') return <Text size="sm">{t('customer.nonMember')}</Text>;
  const rows: [string, string | null][] = [['member_id', customer.member_id]];
  if (customer.status === 'member' && customer.level_name !== undefined) rows.push(['level', customer.level_name]);
  rows.push(['registered_at', customer.registered_at && formatMoment(customer.registered_at)]);
  if (customer.status === 'withdrawn') rows.push(['withdrawn_at', customer.withdrawn_at && formatMoment(customer.withdrawn_at)]);
  rows.push(['updated_at', formatMoment(customer.updated_at)]);
  return (
    <>
      {customer.status === 'provisional' && (
        <Badge variant="light" color="yellow" mb={4}>
          {t('customer.provisionalMember')}
        </Badge>
      )}
      <dl className={listClasses.list} aria-label={t('customer.member')}>
        {rows.map(([key, shown]) => (
          <div key={key} className={listClasses.pair}>
            <dt>{catalogue.label(key, language)}</dt>
            <dd>
              <MaskedValue customer={customer} field={key} label={catalogue.label(key, language)}>
                {(seen) => (key === 'member_id' ? seen.member_id : shown) || <span className={listClasses.unset}>{t('common.unset')}</span>}
              </MaskedValue>
            </dd>
          </div>
        ))}
      </dl>
      {customer.status === 'member' && customer.deleted === 'no' && customer.level_name !== undefined && <LevelStanding customer={customer.id} />}
    </>
  );
}
