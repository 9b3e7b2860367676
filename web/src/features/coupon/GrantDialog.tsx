import { Modal, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useRequestKey } from '@/lib/api/requestKey';
import { useTexts } from '@/lib/i18n';
import { bracketed } from '@/lib/text/brackets';
import { DateBox } from '@/ui/DateBox';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { NumberBox } from '@/ui/NumberBox';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useGrantable, useGrantCoupon, type GrantTarget, type GrantTerms } from './api';
import { useCouponWords } from './words';

type Props = {
  target: GrantTarget;
  count: number; // of customers
  customer?: string; // when it is one
  onClose: () => void;
};

/** 顧客限定クーポン to one customer, to those ticked, or to everybody a search finds. */
export function GrantDialog({ target, count, customer, onClose }: Props) {
  const { t, language } = useTexts();
  const words = useCouponWords();
  const { undoOf } = useUndoAct();
  const navigate = useNavigate();
  const coupons = useGrantable('');
  const grant = useGrantCoupon(customer);
  const [coupon, setCoupon] = useState<string | null>(null);
  const [terms, setTerms] = useState<GrantTerms>({ usable_from: null, usable_to: null, times: null });
  const [days, setDays] = useState<Record<string, string | null>>({});
  const [tried, setTried] = useState(false);
  const { leave, typing, asking } = useLeave(onClose, { coupon, terms, days });
  const keyOf = useRequestKey(grant);
  const errors = grant.error?.fieldErrors() ?? {};
  const chosen = coupons.data?.find(({ id }) => id === coupon);
  const submit = () => {
    setTried(true);
    if (!coupon || days['usable_from'] || days['usable_to']) return;
    grant.mutate(
      { coupon, target, terms, key: keyOf({ coupon, target, terms }) },
      {
        onSuccess: ({ data, operation }) => {
          if ('job' in data) toast(t('coupon.grantJob'), { label: t('coupon.toJob'), run: () => void navigate(`/jobs/${data.job}`) });
          else
            toast(
              data.granted === 0 ? t('coupon.alreadyAll') : data.already > 0 ? t('coupon.grantedSome', { count: data.granted, already: data.already }) : t('coupon.grantedTo', { count: data.granted }),
              undoOf(operation),
            );
          onClose();
        },
      },
    );
  };
  const day = (name: 'usable_from' | 'usable_to', label: string) => (
    <Field label={label} optional error={days[name] ?? errors[name]}>
      {(control) => (
        <DateBox
          {...control}
          value={terms[name]}
          onChange={({ iso, problem }) => {
            setTerms((now) => ({ ...now, [name]: iso }));
            setDays((now) => ({ ...now, [name]: problem }));
          }}
        />
      )}
    </Field>
  );
  return (
    <Modal opened onClose={leave} title={t('coupon.grant')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="sm">
          {!customer && <Text size="sm">{t('coupon.grantText', { count })}</Text>}
          {coupons.error && <ProblemPanel problem={coupons.error} onRetry={() => void coupons.refetch()} />}
          {grant.error && !errors['usable_from'] && !errors['usable_to'] && !errors['times'] && <ProblemPanel problem={grant.error} />}
          <Field label={t('coupon.which')} required error={tried && !coupon ? t('coupon.whichMissing') : undefined} note={chosen && `${words.discount(chosen)} / ${words.days(chosen.valid_from, chosen.valid_to)}`}>
            {(control) => (
              <Select
                openOnFocus={false}
                {...control}
                searchable
                data={coupons.data?.map(({ id, name, code }) => ({ value: id, label: bracketed(name, code, language) })) ?? []}
                nothingFoundMessage={t('coupon.noGrantable')}
                placeholder={coupons.data?.length === 0 ? t('coupon.noGrantable') : undefined}
                value={coupon}
                onChange={setCoupon}
                data-autofocus
              />
            )}
          </Field>
          <SimpleGrid cols={2} spacing="sm">
            {day('usable_from', t('coupon.usableFrom'))}
            {day('usable_to', t('coupon.usableTo'))}
          </SimpleGrid>
          <Field label={t('coupon.times')} optional help={t('coupon.timesHelp')} error={errors['times']}>
            {(control) => <NumberBox {...control} size="sm" label={t('coupon.times')} value={terms.times} onChange={(times) => setTerms((now) => ({ ...now, times }))} />}
          </Field>
          <FormFooter onCancel={leave} busy={grant.isPending} act={t('coupon.grantAct')} />
        </Stack>
      </Form>
      {asking}
    </Modal>
  );
}
