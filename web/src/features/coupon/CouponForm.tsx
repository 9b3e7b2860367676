import { Checkbox, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useRequestKey } from '@/lib/api/requestKey';
import { useTexts, type Translate } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { formatCount } from '@/lib/text/number';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { NumberBox } from '@/ui/NumberBox';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useSaveCoupon, type Coupon, type CouponDiscount, type NewCoupon } from './api';

const discounts = ['amount', 'percent_total', 'percent_products', 'free_shipping', 'free_product'] as const satisfies readonly CouponDiscount[];
const withValue = new Set<CouponDiscount>(['amount', 'percent_total', 'percent_products']);

const empty: NewCoupon = { name: '', code: '', discount: 'amount', value: 0, valid_from: null, valid_to: null, uses_per_customer: null, minimum_amount: 0, products: [], customer_limited: false, enabled: true };

function valuesOf(coupon: Coupon): NewCoupon {
  const { name, code, discount, value, valid_from, valid_to, uses_per_customer, minimum_amount, products, customer_limited, enabled } = coupon;
  return { name, code, discount, value, valid_from, valid_to, uses_per_customer, minimum_amount, products, customer_limited, enabled };
}

/** Each value in words, for a save that came too late. */
function staleFields(t: Translate) {
  const plain = (value: unknown) => (value === null || value === undefined || value === '' ? '—' : typeof value === 'number' ? formatCount(value) : String(value));
  const yesNo = (value: unknown) => t(value === true ? 'common.yes' : 'common.no');
  return [
    { key: 'name', label: t('coupon.name'), words: plain },
    { key: 'code', label: t('coupon.code'), words: plain },
    { key: 'discount', label: t('coupon.discount'), words: (value: unknown) => t(`coupon.discounts.${value as CouponDiscount}`) },
    { key: 'value', label: `${t('coupon.yen')} / ${t('coupon.percent')}`, words: plain },
    { key: 'valid_from', label: t('coupon.from'), words: plain },
    { key: 'valid_to', label: t('coupon.to'), words: plain },
    { key: 'uses_per_customer', label: t('coupon.perCustomer'), words: plain },
    { key: 'minimum_amount', label: t('coupon.minimum'), words: plain },
    { key: 'products', label: t('coupon.products'), words: (value: unknown) => plain(Array.isArray(value) ? value.join(', ') : value) },
    { key: 'customer_limited', label: t('coupon.limitedLabel'), words: yesNo },
    { key: 'enabled', label: t('coupon.enabledLabel'), words: yesNo },
  ];
}

export function CouponForm({ coupon, onClose }: { coupon: Coupon | null; onClose: () => void }) {
  const { t } = useTexts();
  const { undoOf } = useUndoAct();
  const save = useSaveCoupon();
  const [values, setValues] = useState(() => (coupon ? valuesOf(coupon) : empty));
  const [products, setProducts] = useState(() => (coupon?.products ?? []).join('\n'));
  const [days, setDays] = useState<{ valid_from?: string | null; valid_to?: string | null }>({});
  const keyOf = useRequestKey(save);
  const errors = save.error?.fieldErrors() ?? {};
  const set = (part: Partial<NewCoupon>) => setValues((now) => ({ ...now, ...part }));
  const discount = values.discount;
  const list = products.split(/[\n,、\s]+/u).filter((one) => one !== '');
  const body: NewCoupon = { ...values, value: withValue.has(discount) ? (values.value ?? 0) : 0, products: list };
  const began = coupon ? valuesOf(coupon) : empty;
  const { leave, typing, asking } = useLeave(onClose, { body, days: [days.valid_from ?? null, days.valid_to ?? null] });
  const mine = changesIn(began, body);
  const stale = staleOf(save.error);
  const send = (part: Partial<NewCoupon>, version?: number) =>
    save.mutate(
      { coupon: coupon && { ...coupon, version: version ?? coupon.version }, body: part as NewCoupon, key: keyOf(part) },
      {
        onSuccess: ({ operation }) => {
          toast(t('coupon.saved'), undoOf(operation));
          onClose();
        },
      },
    );
  const submit = () => {
    if (days.valid_from || days.valid_to) return;
    send(coupon ? mine : body);
  };
  const day = (name: 'valid_from' | 'valid_to', label: string) => (
    <Field label={label} optional error={days[name] ?? errors[name]}>
      {(control) => (
        <DateBox
          {...control}
          value={values[name] ?? null}
          onChange={({ iso, problem }) => {
            set({ [name]: iso });
            setDays((now) => ({ ...now, [name]: problem }));
          }}
        />
      )}
    </Field>
  );
  return (
    <Modal opened onClose={leave} size="lg" title={t(coupon ? 'coupon.edit' : 'coupon.add')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="sm">
          {save.error && !stale && Object.keys(errors).length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('coupon.name')} required help={t('coupon.nameHelp')} error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={values.name} onChange={(event) => set({ name: event.currentTarget.value })} data-autofocus />}
          </Field>
          <Field label={t('coupon.code')} required help={t(coupon && coupon.used > 0 ? 'coupon.codeFixed' : 'coupon.codeHelp')} error={errors['code']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={40} disabled={coupon !== null && coupon.used > 0} value={values.code} onChange={(event) => set({ code: event.currentTarget.value })} />}
          </Field>
          <SimpleGrid cols={2} spacing="sm">
            <Field label={t('coupon.discount')} required error={errors['discount']}>
              {(control) => (
                <Select {...control} allowDeselect={false} data={discounts.map((one) => ({ value: one, label: t(`coupon.discounts.${one}`) }))} value={discount} onChange={(next) => set({ discount: (next as CouponDiscount | null) ?? discount })} />
              )}
            </Field>
            {withValue.has(discount) && (
              <Field label={t(discount === 'amount' ? 'coupon.yen' : 'coupon.percent')} required error={errors['value']}>
                {(control) => <NumberBox {...control} size="sm" label={t(discount === 'amount' ? 'coupon.yen' : 'coupon.percent')} money={discount === 'amount'} value={values.value || null} onChange={(value) => set({ value: value ?? 0 })} />}
              </Field>
            )}
          </SimpleGrid>
          <SimpleGrid cols={2} spacing="sm">
            {day('valid_from', t('coupon.from'))}
            {day('valid_to', t('coupon.to'))}
            <Field label={t('coupon.perCustomer')} optional help={t('coupon.perCustomerHelp')} error={errors['uses_per_customer']}>
              {(control) => <NumberBox {...control} size="sm" label={t('coupon.perCustomer')} value={values.uses_per_customer ?? null} onChange={(uses_per_customer) => set({ uses_per_customer })} />}
            </Field>
            <Field label={t('coupon.minimum')} optional help={t('coupon.minimumHelp')} error={errors['minimum_amount']}>
              {(control) => <NumberBox {...control} size="sm" label={t('coupon.minimum')} money value={values.minimum_amount ? values.minimum_amount : null} onChange={(yen) => set({ minimum_amount: yen ?? 0 })} />}
            </Field>
          </SimpleGrid>
          <Field label={t('coupon.products')} required={discount === 'percent_products' || discount === 'free_product'} optional={discount !== 'percent_products' && discount !== 'free_product'} help={t('coupon.productsHelp')} error={errors['products']}>
            {(control) => <Textarea {...control} autosize minRows={2} maxRows={8} value={products} onChange={(event) => setProducts(event.currentTarget.value)} />}
          </Field>
          <Checkbox label={t('coupon.limitedLabel')} checked={values.customer_limited ?? false} onChange={(event) => set({ customer_limited: event.currentTarget.checked })} />
          <Checkbox label={t('coupon.enabledLabel')} checked={values.enabled ?? true} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
          <FormFooter onCancel={leave} busy={save.isPending} />
        </Stack>
      </Form>
      {asking}
      <StaleRow current={stale} began={began} mine={mine} fields={staleFields(t)} busy={save.isPending} onClose={save.reset} onTake={onClose} onSave={send} />
    </Modal>
  );
}
