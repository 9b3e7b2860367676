import { Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { AdjustedList } from './AdjustedList';
import { customerKeys, useSaveAddress, type Address, type NewAddress } from './api';
import { boxValues, FieldsForm } from './FieldsForm';
import { changedValues, pick, type FormValues } from './formModel';

type Props = { customer: string; catalogue: Catalogue; address: Address | null; onClose: () => void };

export function AddressForm({ customer, catalogue, address, onClose }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const cache = useQueryClient();
  const { undo } = useUndoAct();
  const save = useSaveAddress(customer);
  const fields = catalogue.fields.filter((field) => field.of_address).map((field) => ({ ...field, required: false }));
  const [began] = useState<FormValues>(() => boxValues(address ? pick(address, [...fields.map(({ key }) => key), 'label', 'is_default']) : {}));
  const [values, setValues] = useState<FormValues>(began);
  const key = useRef(crypto.randomUUID());
  const errors = save.error?.fieldErrors() ?? {};
  const set = (part: FormValues) => {
    key.current = crypto.randomUUID();
    setValues((now) => ({ ...now, ...part }));
  };
  const submit = () => {
    const body = changedValues(began, values) as NewAddress;
    if (Object.keys(body).length === 0) return onClose();
    save.mutate(
      { body, address, key: key.current },
      {
        onSuccess: ({ data, operation }) => {
          const act = operation && may('operation.undo') ? { label: t('common.undo'), run: () => undo(operation) } : undefined;
          toast(<AdjustedList adjusted={data.adjusted} catalogue={catalogue} saved={t('address.saved')} />, act);
          onClose();
        },
        onError: (problem) => {
          if (problem.status === 412) void cache.invalidateQueries({ queryKey: customerKeys.addresses(customer) });
        },
      },
    );
  };
  const label = typeof values['label'] === 'string' ? values['label'] : '';
  return (
    <Modal opened onClose={onClose} title={t(address ? 'address.edit' : 'address.new')} size="xl" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          {save.error && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('address.label')} optional help={t('address.labelHelp')} error={errors['label']}>
            {(control) => <TextInput {...control} maxLength={100} value={label} onChange={(event) => set({ label: event.currentTarget.value })} data-autofocus />}
          </Field>
          <FieldsForm fields={fields} values={values} onChange={set} errors={errors} />
          <Checkbox label={t('address.makeDefault')} checked={values['is_default'] === true} disabled={address?.is_default ?? false} onChange={(event) => set({ is_default: event.currentTarget.checked })} />
          <FormFooter onCancel={onClose} busy={save.isPending} />
        </Stack>
      </Form>
    </Modal>
  );
}
