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
export const alwaysAsked = ['number', 'name', 'status', 'blocked', 'block_reasons', 'alert', 'deleted'];

/** What may be done with a row besides looking at it. */
export type RowMay = { edit: boolean; purchases: boolean; points: boolean; onDelete: ((row: Row) => void) | null };

/** Enough for the header, and for every word of a short list of choices: English needs more than Japanese. */
function wordsWidth(field: CatalogueField, language: Language): number {
  const letter = language === 'ja' ? 14 : 8.2;
  const choices = field.type === 'choice' && (field.options?.length ?? 0) <= 6 ? (field.options ?? []) : [];
  const longest = Math.max(field.labels[language].length, ...choices.map((option) => option.labels[language].length));
  return Math.min(190, Math.ceil(longest * letter) + 30);
}

const noHits = (): Hit[] => [];

export function customerColumns(keys: string[], catalogue: Catalogue, language: Language, t: Translate, words: string[], rowMay: RowMay, hits: (row: Row) => Hit[] = noHits): TableColumn<Row>[] {
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
  const acts: string[] = [t('search.detail')];
  if (rowMay.edit) acts.push(t('common.edit'));
  if (rowMay.purchases) acts.push(t('search.purchases'));
  if (rowMay.points) acts.push(t('search.points'));
  if (rowMay.onDelete) acts.push(t('customer.delete'));
  columns.push({
    key: '$acts',
    header: t('common.actions'),
    atEnd: 'wide',
    width: Math.ceil(acts.join('').length * (language === 'ja' ? 12 : 6.6)) + acts.length * 10 + 16,
    render: (row) => <RowActs row={row} rowMay={rowMay} t={t} />,
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
function RowActs({ row, rowMay, t }: { row: Row; rowMay: RowMay; t: Translate }) {
  const name = row.name || row.number || row.id;
  const living = row.deleted !== 'yes';
  const link = (to: string, words: string) => (
    <Link to={`/customers/${row.id}${to}`} tabIndex={-1} className={classes.rowAct} aria-label={`${words}: ${name}`}>
      {words}
    </Link>
  );
  // An act that does not suit this row leaves its place empty, so that the others stand below each other.
  const place = (words: string) => <span className={classes.noAct}>{words}</span>;
  return (
    <Group gap={10} wrap="nowrap">
      {link('', t('search.detail'))}
      {rowMay.edit && (living ? link('?edit=1', t('common.edit')) : place(t('common.edit')))}
      {rowMay.purchases && link('/purchases', t('search.purchases'))}
      {rowMay.points && (row.status === 'member' || row.status === 'withdrawn' ? link('/points', t('search.points')) : place(t('search.points')))}
      {rowMay.onDelete &&
        (living ? (
          <button type="button" tabIndex={-1} className={classes.rowAct} data-grave aria-label={`${t('customer.delete')}: ${name}`} onClick={() => rowMay.onDelete?.(row)}>
            {t('customer.delete')}
          </button>
        ) : (
          place(t('customer.delete'))
        ))}
    </Group>
  );
}

function NameCell({ row, text, words, t, hits, marksBlocked }: { row: Row; text: string; words: string[]; t: Translate; hits: Hit[]; marksBlocked: boolean }) {
  const reasons = row.block_reasons_names?.join('、');
  return (
    <>
    <Group gap={6} wrap="nowrap">
      <Link to={`/customers/${row.id}`} tabIndex={-1} className={classes.nameLink}>
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
