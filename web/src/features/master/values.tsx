import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Language, Translate } from '@/lib/i18n';
import { formatCount } from '@/lib/text/number';
import type { Declaration, MasterField, MasterRow, MasterValue } from './api';

const hundred = 100;

/** 150 hundredths -> 1.5 */
export const fromHundredths = (value: number): number => value / hundred;
export const toHundredths = (value: number): number => Math.round(value * hundred);

/** What a new row begins with. */
export function firstValues(declaration: Declaration): Record<string, MasterValue> {
  const first = (field: MasterField): MasterValue => {
    if (field.type === 'boolean') return field.initial !== 0;
    if (field.type === 'integer') return field.nullable ? null : field.initial;
    if (field.type === 'choice') return field.choices[0]?.code ?? '';
    return field.type === 'texts' ? [] : '';
  };
  return Object.fromEntries([['name', ''], ...declaration.fields.filter(({ editable }) => editable).map((field) => [field.key, first(field)])]);
}

/** The name as it is shown to people: with its colour, and what sets it apart. */
export function RowName({ row, t }: { row: MasterRow; t: Translate }): ReactNode {
  const color = typeof row['color'] === 'string' ? row['color'] : '';
  return (
    <Group gap={6} wrap="nowrap">
      {color !== '' && <span aria-hidden style={{ flex: 'none', width: 12, height: 12, borderRadius: 3, background: color, border: '1px solid var(--otokui-line)' }} />}
      <Text span size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {row.name}
      </Text>
      {row['is_default'] === true && (
        <Badge variant="light" color="indigo" size="sm" style={{ flex: 'none' }}>
          {t('masters.default')}
        </Badge>
      )}
      {row['retired'] === true && (
        <Badge variant="light" color="gray" size="sm" style={{ flex: 'none' }}>
          {t('masters.retired')}
        </Badge>
      )}
      {row['visible'] === false && (
        <Badge variant="light" color="gray" size="sm" style={{ flex: 'none' }}>
          {t('masters.hidden')}
        </Badge>
      )}
    </Group>
  );
}

/** Fields that RowName says already. */
export const inName = new Set(['color', 'is_default', 'retired', 'visible']);

const mostInCell = 5;

/** valueText, short enough for a cell of the table. */
export function cellText(field: MasterField, value: MasterValue | undefined, language: Language, t: Translate): string {
  if (!Array.isArray(value) || value.length <= mostInCell) return valueText(field, value, language, t);
  return t('masters.more', { texts: valueText(field, value.slice(0, mostInCell), language, t), count: value.length - mostInCell });
}

export function valueText(field: MasterField, value: MasterValue | undefined, language: Language, t: Translate): string {
  if (value === null || value === undefined) return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.join(language === 'ja' ? '、' : ', ');
  if (field.type === 'choice') return field.choices.find(({ code }) => code === value)?.labels[language] ?? String(value);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number') {
    if (field.key === 'point_rate' && value === 0) return t('masters.shopRate');
    const shown = field.hundredths ? String(fromHundredths(value)) : formatCount(value);
    return `${shown}${language === 'ja' ? '' : ' '}${field.unit[language]}`;
  }
  return value === '' ? '—' : value;
}
