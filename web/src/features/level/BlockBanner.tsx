import { Alert, Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconUserExclamation } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Customer } from '@/features/customer/api';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useFeature } from '@/lib/session';
import { bracketed } from '@/lib/text/brackets';
import { Clamped } from '@/ui/Clamped';
import { useBlockExplained, useLookAlikes } from './api';

/** On the block list: why, since when and by whom; or like somebody who is. */
export function BlockBanner({ customer, catalogue }: { customer: Customer; catalogue: Catalogue }) {
  const { t, language } = useTexts();
  const isOn = useFeature()('block_list');
  const why = useBlockExplained(customer.id, customer.blocked === true).data;
  const alike = useLookAlikes(customer.id, isOn && !customer.blocked && customer.deleted === 'no').data?.items ?? [];
  if (!isOn) return null;
  const reasons = why?.reasons.map(({ name, action }) => bracketed(name, t(action === 'refuse' ? 'level.refuses' : 'level.alerts'), language)) ?? customer.block_reasons_names ?? [];
  return (
    <>
      {customer.blocked && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} py={6} mt={8} title={t('customer.blockedBanner')}>
          <Clamped>{t('customer.reasons', { reasons: reasons.join(language === 'ja' ? '、' : ', ') })}</Clamped>
          {why?.set_by && (
            <Text size="xs" mt={2}>
              {t('level.blockedBy', { at: formatMoment(why.set_by.at), actor: why.set_by.actor })}
            </Text>
          )}
        </Alert>
      )}
      {alike.length > 0 && (
        <Alert color="orange" icon={<IconUserExclamation size={18} />} py={6} mt={8} title={t('level.alikeTitle', { count: alike.length })}>
          {alike.slice(0, 5).map((one) => (
            <div key={one.id}>
              <Anchor component={Link} to={`/customers/${one.id}`} size="sm" underline="always">
                {one.name ?? one.number}
              </Anchor>{' '}
              {t('level.alikeIn', { fields: one.alike.map((key) => catalogue.label(key, language)).join(language === 'ja' ? '・' : ', ') })}
              {one.block_reasons_names.length > 0 && ` ${t('customer.reasons', { reasons: one.block_reasons_names.join('、') })}`}
            </div>
          ))}
        </Alert>
      )}
    </>
  );
}
