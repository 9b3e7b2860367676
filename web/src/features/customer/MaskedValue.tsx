import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useProblemToast } from '@/ui/states';
import { useReveal, type Customer } from './api';
import classes from './MaskedValue.module.css';

const mask = '*****';

type Props = { customer: Customer; field: string; label: string; children: (customer: Customer) => ReactNode };

/** What stands masked in a record, with a button that shows it to who may: one value, and the log of readings says so. */
export function MaskedValue(props: Props) {
  const may = useMay();
  const { customer, field, children } = props;
  if (customer[field as keyof Customer] !== mask || !may('customer.reveal')) return children(customer);
  return <Revealable key={`${customer.id} ${customer.version}`} {...props} />; // changed since, it is asked for anew
}

function Revealable({ customer, field, label, children }: Props) {
  const { t } = useTexts();
  const reveal = useReveal(customer.id);
  const tell = useProblemToast();
  const shown = useRef<HTMLSpanElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (reveal.data) shown.current?.focus();
  }, [reveal.data]);
  if (reveal.data) {
    return (
      <span ref={shown} tabIndex={-1} className={classes.shown}>
        {children({ ...customer, [field]: reveal.data.value })}
      </span>
    );
  }
  return (
    <span className={classes.masked}>
      {children(customer)}
      <Button size="compact-xs" variant="default" className="no-print" aria-label={t('customer.revealOf', { label })} title={t('customer.revealLogged')} loading={reveal.isPending} onClick={() => reveal.mutate(field, { onError: tell })}>
        {t('customer.reveal')}
      </Button>
    </span>
  );
}
