import type { ReactNode } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { addresseeLines } from '@/lib/text/addressee';
import { nameOf, type Customer } from '../api';
import classes from './print.module.css';

type Props = { customer: Customer; catalogue: Catalogue; sheet: string; children?: ReactNode };

/** The head of a sheet: whom it is about, and what it is. `children` stand under the name. */
export function SheetTitle({ customer, catalogue, sheet, children }: Props) {
  const { t, language } = useTexts();
  return (
    <div className={classes.title}>
      <div>
        <div className={classes.small}>{customer.kana}</div>
        <h2>{addresseeLines(customer, language).at(-1) ?? nameOf(customer, t)}</h2>
        {children}
      </div>
      <div className={classes.small}>
        {sheet}
        <br />
        {catalogue.label('number', language)} {customer.number}
        <br />
        {catalogue.optionLabel('status', customer.status, language)}
      </div>
    </div>
  );
}
