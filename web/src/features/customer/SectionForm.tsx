import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import type { ApiProblem } from '@/lib/api/problem';
import { useTexts } from '@/lib/i18n';
import { without } from '@/lib/record';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useEscape } from '@/ui/useEscape';
import { useRefused } from '@/ui/useRefused';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { AdjustedList } from './AdjustedList';
import { tiesOf, useChangeCustomer, type Customer, type CustomerPatch } from './api';
import { boxValues, FieldsForm } from './FieldsForm';
import { changedKeys, changedValues, pick, type FormValues } from './formModel';
import { Refusal } from './Refusal';
import { StaleDialog } from './StaleDialog';

type Props = { title: string; fields: CatalogueField[]; customer: Customer; catalogue: Catalogue; note: string | null; onDone: () => void };

/** To the first box that is wrong, else to what was said of the whole: a long form has it far above its buttons. */
function toProblem(form: HTMLFormElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (wrong) wrong.focus();
  else form?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' });
}

/** A section of the page turned into a form, in place. */
export function SectionForm({ title, fields, customer, catalogue, note, onDone }: Props) {
  const { t } = useTexts();
  const { undoOf } = useUndoAct();
  const save = useChangeCustomer(customer.id);
  // The record as it was when editing began: a change by someone else meanwhile must not slip in.
  const [began] = useState(() => ({ version: customer.version, record: customer, values: boxValues(pick(customer, fields.map((field) => field.key))) }));
  const [values, setValues] = useState<FormValues>(began.values);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [leaving, setLeaving] = useState(false);
  const [stale, setStale] = useState<ApiProblem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const free = useRef(false);
  const done = () => {
    free.current = true;
    onDone();
  };

  const changed = changedValues(began.values, values);
  const dirty = Object.keys(changed).length > 0 && !save.isSuccess;
  const send = (body: CustomerPatch, version: number) =>
    save.mutate(
      { body, version },
      {
        onSuccess: ({ data, operation }) => {
          const same = data.version === version;
          toast(same ? t('customer.nothingChanged') : <AdjustedList adjusted={data.adjusted} catalogue={catalogue} changed={changedKeys(began.record, data, Object.keys(body))} />, same ? undefined : undoOf(operation));
          done();
        },
        onError: (problem) => {
          if (problem.status === 412) setStale(problem);
        },
      },
    );
  const submit = () => {
    if (save.isPending || Object.keys(problems).length > 0) return;
    if (!dirty) done();
    else send(changed as CustomerPatch, began.version);
  };
  const cancel = () => (dirty ? setLeaving(true) : done());
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);

  useHotkeys([['mod+S', () => form.current?.requestSubmit()]], []);
  useEscape(form, cancel);
  const problem = save.error && save.error.status !== 412 ? save.error : null;
  useRefused(problem, () => toProblem(form.current));
  return (
    <Form ref={form} aria-label={t('customer.editing', { section: title })} onSubmit={submit}>
      <Stack gap="md">
        <Title order={2}>{title}</Title>
        {note && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
        {problem && problem.fields.length === 0 && (tiesOf(problem).ties.length > 0 ? <Refusal customer={customer} problem={problem} /> : <ProblemPanel problem={problem} />)}
        <FieldsForm
          fields={fields}
          values={values}
          onChange={(part) => setValues((now) => ({ ...now, ...part }))}
          errors={problem?.fieldErrors() ?? {}}
          onProblem={(key, found) =>
            setProblems((now) => (found ? { ...now, [key]: found } : without(now, key)))
          }
        />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(problems).length > 0}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={cancel}>
            {t('common.cancel')}
          </Button>
          <Text size="xs" c="dimmed">
            Ctrl+S / Esc
          </Text>
        </Group>
      </Stack>
      <UnsavedGuard dirty={dirty} free={free} />
      <ConfirmDialog opened={leaving} title={t('customer.unsavedTitle')} act={t('customer.discard')} cancel={t('customer.stay')} danger onClose={() => setLeaving(false)} onConfirm={done}>
        {t('customer.unsavedText')}
      </ConfirmDialog>
      {stale?.body?.current && (
        <StaleDialog
          original={began.record}
          current={stale.body.current}
          mine={changed}
          catalogue={catalogue}
          busy={save.isPending}
          onSave={(chosen, version) => {
            setStale(null);
            if (Object.keys(chosen).length === 0) done();
            else send(chosen as CustomerPatch, version);
          }}
          onClose={() => setStale(null)}
          customer={customer.id}
          onTake={done}
        />
      )}
    </Form>
  );
}
