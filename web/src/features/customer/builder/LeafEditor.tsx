import { Group, NativeSelect, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { listWords } from '@/features/list/words';
import type { Catalogue, Operator } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { firstOperator } from '../conditions';
import { operatorWords } from '../operators';
import classes from './builder.module.css';
import type { LeafNode } from './tree';
import { ValueEditor } from './ValueEditor';

type Props = { catalogue: Catalogue; leaf: LeafNode; onChange: (leaf: LeafNode) => void; acts: React.ReactNode };

/** Any field, any of its operators, and the box that the two of them need. */
export function LeafEditor({ catalogue, leaf, onChange, acts }: Props) {
  const { t, language } = useTexts();
  const field = catalogue.find(leaf.field);
  const fields = useMemo(() => {
    const usable = catalogue.fields.filter((one) => one.operators.length > 0 && !one.masked);
    const option = (one: (typeof usable)[number]) => ({ value: one.key, label: one.labels[language] });
    const groups = catalogue.groups.map((group) => ({ group: group.labels[language], items: usable.filter((one) => one.group === group.key).map(option) })).filter((group) => group.items.length > 0);
    return groups.length > 0 ? groups : usable.map(option);
  }, [catalogue, language]);
  const chooseField = (key: string | null) => {
    const next = key === null ? undefined : catalogue.find(key);
    if (next && next.key !== leaf.field) onChange({ ...leaf, field: next.key, condition: { op: firstOperator(next) }, more: {} });
  };
  const chooseOperator = (op: Operator) => {
    const kept = catalogue.operand(op) === catalogue.operand(leaf.condition.op) && op !== 'anniversary_between' && leaf.condition.op !== 'anniversary_between';
    onChange({ ...leaf, condition: { op, ...(kept && leaf.condition.value !== undefined ? { value: leaf.condition.value } : {}) } });
  };
  const label = field?.labels[language] ?? leaf.field;
  const kept = Object.keys(leaf.more).length > 0;
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap" className={classes.leaf ?? ''}>
      <Select size="xs" w={168} flex="none" aria-label={t('builder.field')} searchable allowDeselect={false} value={leaf.field} onChange={chooseField} data={field ? fields : [{ value: leaf.field, label: leaf.field }]} nothingFoundMessage={t('search.noOption')} maxDropdownHeight={320} />
      <NativeSelect
        size="xs"
        w={150}
        flex="none"
        aria-label={t('search.operatorOf', { field: label })}
        value={leaf.condition.op}
        disabled={kept}
        onChange={(event) => chooseOperator(event.currentTarget.value as Operator)}
        data={[...new Set([...(field?.operators ?? []), leaf.condition.op])].map((op) => ({ value: op, label: operatorWords(op, field, catalogue, language) }))}
      />
      <div className={classes.value}>{kept || !field ? typeof leaf.more.list === 'string' && <Text size="sm">{listWords(leaf.more.list, leaf.condition.op)}</Text> : <ValueEditor key={`${leaf.field} ${catalogue.operand(leaf.condition.op)} ${leaf.condition.op === 'anniversary_between'}`} catalogue={catalogue} field={field} label={label} condition={leaf.condition} onChange={(condition) => onChange({ ...leaf, condition })} />}</div>
      {acts}
    </Group>
  );
}
