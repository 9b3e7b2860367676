import { useTexts } from '@/lib/i18n';
import { addresseeLines } from '@/lib/text/addressee';
import { formatPostalCode } from '@/lib/text/phone';
import type { Address, Customer } from '../api';
import classes from './print.module.css';

type Place = Pick<Address, 'postal_code' | 'address'> & { name?: string | null; company?: string | null; department?: string | null };
export type LabelTo = { key: string; label: string; to: Place };

export const labelsPerSheet = 12;

/** Where something can be sent: the billing address and the delivery addresses. An address without an addressee goes to the customer. */
export function labelsOf(customer: Customer, addresses: Address[], billing: string): LabelTo[] {
  const all = [
    { key: 'billing', label: billing, to: customer as Place },
    ...addresses.map((address) => ({ key: address.id, label: address.label ?? address.address ?? '', to: address.name || address.company || address.department ? address : { ...address, name: customer.name ?? null, company: customer.company ?? null, department: customer.department ?? null } })),
  ];
  return all.filter(({ to }) => to.address);
}

/** 宛名ラベル: `start` leaves the labels before it empty, for a sheet that is partly used. */
export function AddressLabels({ labels, start }: { labels: LabelTo[]; start: number }) {
  const { t, language } = useTexts();
  return (
    <article className={`${classes.sheet} ${classes.labels}`} aria-label={t('print.label')}>
      {Array.from({ length: start - 1 }, (_, at) => (
        <div key={at} className={classes.label} />
      ))}
      {labels.map(({ key, to }) => (
        <div key={key} className={classes.label}>
          {to.postal_code && <div>〒{formatPostalCode(to.postal_code)}</div>}
          <div>{to.address}</div>
          <div className={classes.to}>
            {addresseeLines(to, language).map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        </div>
      ))}
    </article>
  );
}
