import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { useFeature } from '@/lib/session';
import { addresseeLines } from '@/lib/text/addressee';
import { formatCount, formatYen } from '@/lib/text/number';
import { formatPhone } from '@/lib/text/phone';
import type { Memo } from '@/features/memo/api';
import type { Customer, Purchase } from '../api';
import { PrintedBy } from './PrintedBy';
import { SheetTitle } from './SheetTitle';
import classes from './print.module.css';

/** `purchases`: null when they may not be seen. */
type Props = { customer: Customer; catalogue: Catalogue; alerts: Memo[]; purchases: Purchase[] | null };

const mostOrders = 8;
const mostProducts = 4;
const noteLines = 4;

/** Lines of the same order, which follow each other, as one. */
export function ordersOf(lines: Purchase[]) {
  const orders: { order: string; number: string; at: string; status: Purchase['payment_status']; products: string[]; total: number }[] = [];
  for (const line of lines) {
    const last = orders.at(-1);
    const product = line.product_name ?? line.product_number ?? '';
    if (last?.order === line.order) {
      last.products.push(product);
      last.total += line.total;
    } else {
      orders.push({ order: line.order, number: line.order_number, at: line.ordered_at, status: line.payment_status, products: [product], total: line.total });
    }
  }
  return orders;
}

/** 電話対応シート: who calls, what to mind, what was bought last, and room to write. */
export function CallSheet({ customer, catalogue, alerts, purchases }: Props) {
  const { t, language } = useTexts();
  const feature = useFeature();
  const blocked = customer.blocked === true && feature('block_list');
  const warnings = [
    ...(blocked ? [`${t('customer.blockedBanner')} ${(customer.block_reasons_names ?? []).join(language === 'ja' ? '、' : ', ')}`.trim()] : []),
    ...(customer.alert ? [customer.alert] : []),
    ...alerts.map((memo) => [memo.title && t('memo.alertTitled', { title: memo.title }), memo.body].filter(Boolean).join('\n')),
  ];
  const pair = (key: string, value: string) =>
    value && (
      <div>
        <dt>{catalogue.label(key, language)}</dt>
        <dd>{value}</dd>
      </div>
    );
  const orders = purchases && ordersOf(purchases);
  const member = customer.status === 'member';
  return (
    <article className={classes.sheet} aria-label={t('print.call')}>
      <SheetTitle customer={customer} catalogue={catalogue} sheet={t('print.call')}>
        <div>{addresseeLines(customer, language).slice(0, -1).join(' ')}</div>
      </SheetTitle>
      <section className={classes.section}>
        <div className={classes.big}>{formatPhone(customer.phone)}</div>
        <dl className={classes.pairs}>
          {pair('fax', formatPhone(customer.fax))}
          {pair('email', customer.email ?? '')}
          {member && feature('levels') && pair('level', customer.level_name ?? '')}
          {member && feature('points') && pair('points', formatCount(customer.points))}
          {purchases && pair('purchase_total', formatYen(customer.purchase_total))}
          {purchases && pair('purchase_count', formatCount(customer.purchase_count))}
        </dl>
      </section>
      <section className={classes.section}>
        <h3>{t('print.careful')}</h3>
        {warnings.length === 0 ? (
          <p className={classes.small}>{t('print.noCare')}</p>
        ) : (
          warnings.map((warning, at) => (
            <div key={at} className={classes.careful}>
              {warning}
            </div>
          ))
        )}
      </section>
      {orders && (
        <section className={classes.section}>
          <h3>{t('print.orders')}</h3>
          {orders.length === 0 ? (
            <p className={classes.small}>{t('print.noOrders')}</p>
          ) : (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t('purchase.date')}</th>
                  <th>{t('purchase.order')}</th>
                  <th>{t('purchase.product')}</th>
                  <th>{t('purchase.payment')}</th>
                  <th className={classes.number}>{t('purchase.total')}</th>
                </tr>
              </thead>
              <tbody>
                {orders.slice(0, mostOrders).map((order) => (
                  <tr key={order.order}>
                    <td>{formatMoment(order.at)}</td>
                    <td>{order.number}</td>
                    <td>
                      {order.products.slice(0, mostProducts).join(language === 'ja' ? '、' : ', ')}
                      {order.products.length > mostProducts && ` ${t('print.more')}`}
                    </td>
                    <td>{t(`purchase.status.${order.status}`)}</td>
                    <td className={classes.number}>{formatYen(order.total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      )}
      <section className={classes.section}>
        <h3>{t('print.notes')}</h3>
        <table className={classes.table}>
          <thead>
            <tr>
              <th className={classes.when}>{t('print.noteAt')}</th>
              <th className={classes.when}>{t('print.noteBy')}</th>
              <th>{t('print.noteWhat')}</th>
              <th>{t('print.noteDone')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: noteLines }, (_, at) => (
              <tr key={at} className={classes.line}>
                <td />
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <PrintedBy />
    </article>
  );
}
