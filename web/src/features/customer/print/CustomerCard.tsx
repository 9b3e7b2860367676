import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { addresseeLines } from '@/lib/text/addressee';
import { formatPhone, formatPostalCode } from '@/lib/text/phone';
import type { Address, Customer } from '../api';
import { viewed } from '../BasicTab';
import { viewFields } from '../formModel';
import { PrintedBy } from './PrintedBy';
import { SheetTitle } from './SheetTitle';
import classes from './print.module.css';

type Props = { customer: Customer; catalogue: Catalogue; addresses: Address[] };

/** 顧客カード: what is known of a customer, on A4. What is not set takes no room. */
export function CustomerCard({ customer, catalogue, addresses }: Props) {
  const { t, language } = useTexts();
  const groups = catalogue.groups
    .map((group) => ({
      ...group,
      values: viewFields(catalogue, group.key)
        .map((field) => ({ field, value: viewed(customer, field, catalogue, language, t) }))
        .filter(({ value }) => value),
    }))
    .filter(({ values }) => values.length > 0);
  return (
    <article className={classes.sheet} aria-label={t('print.card')}>
      <SheetTitle customer={customer} catalogue={catalogue} sheet={t('print.card')} />
      {groups.map((group) => (
        <section key={group.key} className={classes.section}>
          <h3>{group.labels[language]}</h3>
          <dl className={classes.pairs}>
            {group.values.map(({ field, value }) => (
              <div key={field.key} className={field.multiline || field.key === 'memo' || field.key === 'address' || field.key === 'alert' ? classes.wide : ''}>
                <dt>{field.labels[language]}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {addresses.length > 0 && (
        <section className={classes.section}>
          <h3>{t('print.addresses')}</h3>
          <dl className={classes.pairs}>
            {addresses.map((address) => (
              <div key={address.id} className={classes.wide}>
                <dt>{address.label ?? (address.is_default ? t('address.default') : '')}</dt>
                <dd>{[address.postal_code && `〒${formatPostalCode(address.postal_code)}`, address.address, ...addresseeLines(address, language), formatPhone(address.phone)].filter(Boolean).join(' ')}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <PrintedBy />
    </article>
  );
}
