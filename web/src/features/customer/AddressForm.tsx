import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { AdjustedList } from './AdjustedList';
import { customerKeys, useSaveAddress, type Address, type NewAddress } from './api';
import { boxValues, FieldsForm } from './FieldsForm';
import { changedValues, pick, type FormValues } from './formModel';

// An address has the same parts as a customer: its boxes are those of the catalogue.
const parts = ['family_name', 'given_name', 'family_kana', 'given_kana', 'company', 'department', 'postal_code', 'prefecture', 'city', 'street', 'building', 'phone', 'fax'];

type Props = { customer: string; catalogue: Catalogue; address: Address | null; onClose: () => void };

export function AddressForm({ customer, catalogue, address, onClose }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const cache = useQueryClient();
  const { undo } = useUndoAct();
  const save = useSaveAddress(customer);
  const [began] = useState<FormValues>(() => boxValues(address ? pick(address, [...parts, 'label', 'is_default']) : {}));
  const [values, setValues] = useState<FormValues>(began);
  const key = useRef(crypto.randomUUID());
  const fields = parts.flatMap((part) => {
    const field = catalogue.find(part);
    return field ? [{ ...field, required: false }] : [];
  });
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
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
        }}
      >
        <Stack gap="sm">
          {save.error && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('address.label')} optional help={t('address.labelHelp')} error={errors['label']}>
            {(control) => <TextInput {...control} maxLength={100} value={label} onChange={(event) => set({ label: event.currentTarget.value })} data-autofocus />}
          </Field>
          <FieldsForm fields={fields} values={values} onChange={set} errors={errors} />
          <Checkbox label={t('address.makeDefault')} checked={values['is_default'] === true} disabled={address?.is_default ?? false} onChange={(event) => set({ is_default: event.currentTarget.checked })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
