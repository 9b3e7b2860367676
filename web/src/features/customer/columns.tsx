import { Badge, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue, CatalogueField } from '@/lib/catalogue';
import { formatDay, formatMoment } from '@/lib/date/moment';
import type { Language, Translate } from '@/lib/i18n';
import { formatCount, formatYen } from '@/lib/text/number';
import { formatPhone, formatPostalCode } from '@/lib/text/phone';
import type { TableColumn } from '@/ui/DataTable';
import { Marked } from '@/ui/Marked';
import classes from './customer.module.css';
import { MasterBadge, optionOf } from './MasterBadge';
import type { Hit } from './hits';

export type Row = Schemas['CustomerRow'];
export type Sort = NonNullable<Schemas['SearchRequest']['sort']>;

const statusColors: Record<string, string> = { visitor: 'gray', guest: 'blue', provisional: 'yellow', member: 'teal', withdrawn: 'gray' };

export function StatusBadge({ status, label }: { status: string; label: string }) {
  return (
    <Badge size="sm" variant="light" color={statusColors[status] ?? 'gray'} className={classes.badge ?? ''}>
      {label}
    </Badge>
  );
}

const value = (row: object, key: string): unknown => (row as Record<string, unknown>)[key];

/** The value of a field as people read it. Empty when there is none. */
export function shownValue(row: object, field: CatalogueField, catalogue: Catalogue, language: Language, t: Translate): string {
  const raw = value(row, field.key);
  if (raw === null || raw === undefined || raw === '') return '';
  const name = field.name_key ? value(row, field.name_key) : undefined;
  if (Array.isArray(name)) return name.join(language === 'ja' ? '、' : ', ');
  if (typeof name === 'string') return name;
  if (Array.isArray(raw)) return raw.map((one) => catalogue.optionLabel(field.key, one, language)).join(language === 'ja' ? '、' : ', ');
  return plainValue(raw, field, catalogue, language, t);
}

/** A single value of a field as people read it, without the record it stands in: for history and conflicts. */
export function plainValue(raw: unknown, field: CatalogueField | undefined, catalogue: Catalogue, language: Language, t: Translate): string {
  if (raw === null || raw === undefined || raw === '') return '';
  if (typeof raw === 'boolean') return raw ? t('common.yes') : t('common.no');
  if (!field) return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
  if (Array.isArray(raw)) return raw.map((one) => catalogue.optionLabel(field.key, one, language)).join('、');
  if (field.options) return catalogue.optionLabel(field.key, raw, language);
  if (field.type === 'money') return formatYen(Number(raw));
  if (field.type === 'number') return formatCount(Number(raw));
  if (field.type === 'moment') return formatMoment(String(raw));
  if (field.type === 'date') return formatDay(String(raw));
  if (field.key === 'phone' || field.key === 'fax') return formatPhone(String(raw));
  if (field.key === 'postal_code') return formatPostalCode(String(raw));
  return String(raw);
}

const widths: Record<CatalogueField['type'], number> = { id: 96, text: 160, choice: 116, set: 160, reference: 110, number: 96, money: 110, date: 104, moment: 140, boolean: 96 };
const wider: Record<string, number> = { name: 190, number: 110, kana: 160, email: 220, address: 300, phone: 130, memo: 260, postal_code: 100 };

/** Fields that a row needs for its looks, whether their columns are shown or not. */
export const alwaysAsked = ['name', 'status', 'blocked', 'block_reasons', 'alert', 'deleted'];

/** Enough for the header, and for every word of a short list of choices: English needs more than Japanese. */
function wordsWidth(field: CatalogueField, language: Language): number {
  const letter = language === 'ja' ? 14 : 8.2;
  const choices = field.type === 'choice' && (field.options?.length ?? 0) <= 6 ? (field.options ?? []) : [];
  const longest = Math.max(field.labels[language].length, ...choices.map((option) => option.labels[language].length));
  return Math.min(190, Math.ceil(longest * letter) + 30);
}

const noHits = (): Hit[] => [];

export function customerColumns(keys: string[], catalogue: Catalogue, language: Language, t: Translate, words: string[], mayEdit: boolean, hits: (row: Row) => Hit[] = noHits): TableColumn<Row>[] {
  const columns: TableColumn<Row>[] = [];
  for (const key of keys) {
    const field = catalogue.find(key);
    if (!field?.listable) continue;
    const text = (row: Row) => shownValue(row, field, catalogue, language, t);
    columns.push({
      key,
      header: field.labels[language],
      width: Math.max(wider[key] ?? widths[field.type], wordsWidth(field, language)),
      ...(field.type === 'number' || field.type === 'money' ? { align: 'right' as const } : {}),
      sortable: field.sortable && !field.masked,
      ...(['text', 'set'].includes(field.type) ? { text } : {}),
      render: (row) => cell(row, field, text(row), words, t, hits, catalogue.find('blocked') !== undefined),
    });
  }
  columns.push({
    key: '$acts',
    header: t('common.actions'),
    width: language === 'ja' ? 112 : 128,
    render: (row) => <RowActs row={row} mayEdit={mayEdit && row.deleted !== 'yes'} t={t} />,
  });
  return columns;
}

function cell(row: Row, field: CatalogueField, text: string, words: string[], t: Translate, hits: (row: Row) => Hit[], marksBlocked: boolean): ReactNode {
  if (field.key === 'name') return <NameCell row={row} text={text} words={words} t={t} hits={hits(row)} marksBlocked={marksBlocked} />;
  if (field.key === 'number') {
    return (
      <Link to={`/customers/${row.id}`} tabIndex={-1} className={classes.plainLink}>
        <Marked text={text} words={words} />
      </Link>
    );
  }
  if (field.key === 'status') return text && <StatusBadge status={String(row.status)} label={text} />;
  if (field.type === 'set' && field.name_key) {
    const names = value(row, field.name_key);
    return Array.isArray(names) && names.filter((name: string) => !optionOf(field, name)?.hidden).map((name: string) => <MasterBadge key={name} field={field} name={name} mr={4} />);
  }
  return field.type === 'text' ? <Marked text={text} words={words} /> : text;
}

/** What can be done with a row, by words: a click away, and by the arrow keys from the row. */
function RowActs({ row, mayEdit, t }: { row: Row; mayEdit: boolean; t: Translate }) {
  const name = row.name ?? row.id;
  return (
    <Group gap={10} wrap="nowrap">
      <Link to={`/customers/${row.id}`} tabIndex={-1} className={classes.rowAct} aria-label={`${t('search.detail')}: ${name}`}>
        {t('search.detail')}
      </Link>
      {mayEdit && (
        <Link to={`/customers/${row.id}?edit=1`} tabIndex={-1} className={classes.rowAct} aria-label={`${t('common.edit')}: ${name}`}>
          {t('common.edit')}
        </Link>
      )}
    </Group>
  );
}

function NameCell({ row, text, words, t, hits, marksBlocked }: { row: Row; text: string; words: string[]; t: Translate; hits: Hit[]; marksBlocked: boolean }) {
  const reasons = row.block_reasons_names?.join('、');
  return (
    <>
    <Group gap={6} wrap="nowrap">
      <Link to={`/customers/${row.id}`} className={classes.nameLink}>
        {text ? <Marked text={text} words={words} /> : t('customer.noName')}
      </Link>
      {row.blocked && marksBlocked && (
        <Badge size="sm" color="red.9" title={reasons} className={classes.badge ?? ''}>
          {t('customer.blocked')}
        </Badge>
      )}
      {row.alert && (
        <Badge size="sm" color="red" variant="light" title={row.alert} className={classes.badge ?? ''}>
          {t('customer.alert')}
        </Badge>
      )}
      {row.deleted === 'yes' && (
        <Badge size="sm" variant="default" className={classes.badge ?? ''}>
          {t('customer.deleted')}
        </Badge>
      )}
    </Group>
    {hits.map((hit) => (
      <div key={hit.key} className={classes.hit} title={`${hit.label}: ${hit.text}`}>
        {t('search.hitIn', { field: hit.label })} <Marked text={hit.text} words={words} />
      </div>
    ))}
    </>
  );
}
