import { useMemo } from 'react';
import { formatDay } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { formatYen } from '@/lib/text/number';
import type { Coupon } from './api';

/** How coupons are told to people. */
export function useCouponWords() {
  const { t } = useTexts();
  return useMemo(
    () => ({
      /** ¥500引き, 10%引き（対象商品） … */
      discount: ({ discount, value }: Pick<Coupon, 'discount' | 'value'>) => t(`coupon.offs.${discount}`, { value: discount === 'amount' ? formatYen(value) : `${value}%` }),
      /** 2026/04/01〜2026/04/30, 〜2026/04/30; nothing for any day. */
      days: (from: string | null, to: string | null) => (from || to ? t('coupon.days', { from: formatDay(from), to: formatDay(to) }) : t('coupon.anyDay')),
    }),
    [t],
  );
}
