import { Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRequestKey } from '@/lib/api/requestKey';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { AdjustedList } from './AdjustedList';
import { customerKeys, useSaveAddress, type Address, type NewAddress } from './api';
import { plainValue } from './columns';
import { boxValues, FieldsForm } from './FieldsForm';
import { changedValues, pick, type FormValues } from './formModel';

type Props = { customer: string; catalogue: Catalogue; address: Address | null; onClose: () => void };

export function AddressForm({ customer, catalogue, address, onClose }: Props) {
  const { t, language } = useTexts();
  const cache = useQueryClient();
  const { undoOf } = useUndoAct();
  const save = useSaveAddress(customer);
  const fields = catalogue.fields.filter((field) => field.of_address).map((field) => ({ ...field, required: false }));
  const [began] = useState<FormValues>(() => boxValues(address ? pick(address, [...fields.map(({ key }) => key), 'label', 'is_default']) : {}));
  const [values, setValues] = useState<FormValues>(began);
  const { leave, typing, asking } = useLeave(onClose, changedValues(began, values));
  const keyOf = useRequestKey(save);
  const errors = save.error?.fieldErrors() ?? {};
  const set = (part: FormValues) => setValues((now) => ({ ...now, ...part }));
  const mine = changedValues(began, values);
  const stale = staleOf(save.error);
  const refresh = () => void cache.invalidateQueries({ queryKey: customerKeys.addresses(customer) });
  const send = (body: FormValues, version?: number) =>
    save.mutate(
      { body: body as NewAddress, address: address && { ...address, version: version ?? address.version }, key: keyOf(body) },
      {
        onSuccess: ({ data, operation }) => {
          const act = undoOf(operation);
          toast(<AdjustedList adjusted={data.adjusted} catalogue={catalogue} saved={t('address.saved')} />, act);
          onClose();
        },
        onError: (problem) => {
          if (problem.status === 412) refresh();
        },
      },
    );
  const submit = () => (Object.keys(mine).length === 0 ? onClose() : send(mine));
  const label = typeof values['label'] === 'string' ? values['label'] : '';
  return (
    <Modal opened onClose={leave} title={t(address ? 'address.edit' : 'address.new')} size="xl" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="sm">
          {save.error && !stale && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('address.label')} optional help={t('address.labelHelp')} error={errors['label']}>
            {(control) => <TextInput {...control} maxLength={100} value={label} onChange={(event) => set({ label: event.currentTarget.value })} data-autofocus />}
          </Field>
          <FieldsForm fields={fields} values={values} onChange={set} errors={errors} />
          <Checkbox label={t('address.makeDefault')} checked={values['is_default'] === true} disabled={address?.is_default ?? false} onChange={(event) => set({ is_default: event.currentTarget.checked })} />
          <FormFooter onCancel={leave} busy={save.isPending} />
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={[
          { key: 'label', label: t('address.label'), words: (value) => String(value ?? '') || t('history.empty') },
          ...fields.map((field) => ({ key: field.key, label: catalogue.label(field.key, language), words: (value: unknown) => plainValue(value ?? null, field, catalogue, language, t) || t('history.empty') })),
        ]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={(chosen, version) => send(chosen, version)}
      />
    </Modal>
  );
}
