import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useRequestKey } from '@/lib/api/requestKey';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { without } from '@/lib/record';
import { useMay } from '@/lib/session';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Form } from '@/ui/Form';
import { EmptyState, LinesSkeleton, PageTitle, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useRefused } from '@/ui/useRefused';
import { AdjustedList } from './AdjustedList';
import { useCreateCustomer, type NewCustomer } from './api';
import classes from './BasicTab.module.css';
import { FieldsForm } from './FieldsForm';
import { changedValues, formFields, forStatus, withoutHidden, type FormValues } from './formModel';

const start: FormValues = { status: 'guest' };

export function NewCustomerPage() {
  const { t, language } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const { catalogue, error, refetch } = useCatalogue();
  const { undoOf } = useUndoAct();
  const create = useCreateCustomer();
  const [values, setValues] = useState<FormValues>(start);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const words = useProblemWords();
  const free = useRef(false);
  const keyOf = useRequestKey(create); // sending the same form twice creates one customer

  const typed = withoutHidden(changedValues({}, values), values['status']);
  const dirty = Object.keys(changedValues(start, values)).length > 0;
  const submit = () => {
    if (create.isPending || Object.keys(problems).length > 0 || !catalogue) return;
    const body = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null)) as NewCustomer;
    create.mutate(
      { body, key: keyOf(body) },
      {
        onSuccess: ({ data, operation }) => {
          free.current = true;
          const act = undoOf(operation);
          toast(<AdjustedList adjusted={data.adjusted} catalogue={catalogue} saved={t('customer.created')} />, act);
          void navigate(`/customers/${data.id}`, { replace: true });
        },
      },
    );
  };
  const showFirst = () => (form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? panel.current)?.focus();
  useRefused(create.error, showFirst);
  useHotkeys([['mod+S', () => form.current?.requestSubmit()]], []);

  if (!may('customer.edit')) return <EmptyState title={t('problem.notAllowed')}>{t('problem.notAllowedDetail')}</EmptyState>;
  if (error) return <ProblemPanel problem={error} onRetry={() => void refetch()} />;
  if (!catalogue) return <LinesSkeleton lines={14} />;
  const groups = catalogue.groups.map((group) => ({ ...group, fields: forStatus(formFields(catalogue, group.key, 'creatable'), values['status']) })).filter((group) => group.fields.length > 0);
  const known = new Set(groups.flatMap((group) => group.fields.map((field) => field.key)));
  const unplaced = create.error && (create.error.fields.length === 0 || create.error.fields.some((field) => !known.has(field.pointer.slice(1)))) ? create.error : null;
  return (
    <Form ref={form} aria-label={t('customer.new')} onSubmit={submit}>
      <Stack gap="md" className={classes.narrow ?? ''}>
        <PageTitle title={t('customer.new')} />
        <Text size="sm" c="dimmed">
          {t('customer.newLead')}
        </Text>
        {unplaced && (
          <div ref={panel} tabIndex={-1}>
            <ProblemPanel problem={unplaced} />
          </div>
        )}
        {groups.map((group) => (
          <Paper key={group.key} withBorder p="md" component="section" aria-label={group.labels[language]}>
            <Title order={2} mb="sm">
              {group.labels[language]}
            </Title>
            <FieldsForm
              fields={group.fields}
              values={values}
              onChange={(part) => setValues((now) => ({ ...now, ...part }))}
              errors={create.error?.fieldErrors() ?? {}}
              onProblem={(key, found) => setProblems((now) => (found ? { ...now, [key]: found } : without(now, key)))}
            />
          </Paper>
        ))}
        <Group gap="xs" className={classes.foot ?? ''}>
          <Button type="submit" loading={create.isPending} disabled={Object.keys(problems).length > 0}>
            {t('customer.create')}
          </Button>
          <Button variant="default" onClick={() => void navigate(-1)}>
            {t('common.cancel')}
          </Button>
          <RefusedBecause problem={create.error && words(create.error)} unreadable={Object.keys(problems).map((key) => catalogue.label(key, language))} onShow={showFirst} />
        </Group>
      </Stack>
      <UnsavedGuard dirty={dirty} free={free} />
    </Form>
  );
}

/** Beside the button, which is far from the boxes: why nothing happened, and the way to the first box it is about. */
function RefusedBecause({ problem, unreadable, onShow }: { problem: { title: string } | null; unreadable: string[]; onShow: () => void }) {
  const { t, language } = useTexts();
  const text = unreadable.length > 0 ? t('customer.unreadable', { fields: unreadable.join(language === 'ja' ? '・' : ', ') }) : problem?.title;
  if (!text) return null;
  return (
    <Group gap="xs" role="alert">
      <Text size="sm" c="var(--mantine-color-error)">
        {text}
      </Text>
      <Anchor component="button" type="button" size="sm" onClick={onShow}>
        {t('customer.showProblem')}
      </Anchor>
    </Group>
  );
}
