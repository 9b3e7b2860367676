import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import classes from './print.module.css';

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' });

/** When and by whom: paper with personal data has an origin. */
export function PrintedBy() {
  const { t } = useTexts();
  const { name, shop_name: shop } = useMe();
  const [at] = useState(() => clock.format(new Date()).replaceAll('-', '/'));
  return (
    <p className={classes.small}>
      {shop} {t('print.printedBy', { at, name })}
    </p>
  );
}
