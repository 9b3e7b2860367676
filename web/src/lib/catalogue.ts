import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api, type Schemas } from './api/client';

export type CatalogueField = Schemas['CatalogueField'];
export type CatalogueDocument = Schemas['Catalogue'];
export type Operator = Schemas['Operator'];
/** What a customer has any number of and conditions may ask about, with fields of its own. */
export type Thing = { key: string; labels: Schemas['Labels']; catalogue: Catalogue };
type Language = Schemas['Language'];

export const catalogueQuery = {
  queryKey: ['catalogue'] as const,
  queryFn: () => answer(api.GET('/catalogue')),
  staleTime: 5 * 60_000,
};

/** The server's declaration of what a customer is, with look-ups. The only list of fields there is. */
export class Catalogue {
  readonly fields: CatalogueField[];
  readonly groups: CatalogueDocument['groups'];
  readonly defaultColumns: string[];
  readonly things: Thing[];
  readonly restoreDays: number; // for which a deleted customer can be restored
  private readonly byKey: Map<string, CatalogueField>;
  private readonly past: Map<string, CatalogueField>;
  private readonly byOperator: Map<Operator, CatalogueDocument['operators'][number]>;

  constructor(document: CatalogueDocument) {
    this.fields = document.fields;
    this.groups = document.groups;
    this.defaultColumns = document.default_columns;
    this.restoreDays = document.restore_days;
    this.byKey = new Map(document.fields.map((field) => [field.key, field]));
    this.past = new Map(document.past_fields.map((field) => [field.key, field]));
    this.things = document.things.map(({ key, labels, fields }) => ({ key, labels, catalogue: new Catalogue({ fields, past_fields: [], groups: [], operators: document.operators, things: [], default_columns: [], restore_days: document.restore_days }) }));
    this.byOperator = new Map(document.operators.map((operator) => [operator.op, operator]));
  }

  find(key: string): CatalogueField | undefined {
    return this.byKey.get(key);
  }

  /** For what tells of the past: a field that is out of use today, too. */
  findEver(key: string): CatalogueField | undefined {
    return this.byKey.get(key) ?? this.past.get(key);
  }

  thing(key: string): Thing | undefined {
    return this.things.find((thing) => thing.key === key);
  }

  label(key: string, language: Language): string {
    const field = this.byKey.get(key);
    if (field) return field.labels[language];
    // What is out of use, or of a part that is switched off, still stands in histories and saved searches.
    const past = this.past.get(key);
    if (past) return `${past.labels[language]}${language === 'ja' ? '（使用終了）' : ' (retired)'}`;
    return key.startsWith('x.') ? `${key.slice(2)}${language === 'ja' ? '（削除済み）' : ' (deleted)'}` : key;
  }

  operatorLabel(operator: Operator, language: Language): string {
    return this.byOperator.get(operator)?.labels[language] ?? operator;
  }

  operand(operator: Operator): 'none' | 'one' | 'many' | 'range' {
    return this.byOperator.get(operator)?.operand ?? 'one';
  }

  optionLabel(key: string, value: unknown, language: Language): string {
    const field = this.findEver(key);
    const option = field?.options?.find(({ value: one }) => String(one) === String(value));
    if (option) return option.labels[language];
    // Histories tell choices of own fields by their names.
    if (field?.group === 'own' || (field?.type !== 'reference' && field?.type !== 'set')) return String(value);
    return language === 'ja' ? '（削除済み）' : '(deleted)';
  }

  inGroup(group: string): CatalogueField[] {
    return this.fields.filter((field) => field.group === group);
  }
}

export function useCatalogue() {
  const query = useQuery(catalogueQuery);
  const catalogue = useMemo(() => (query.data ? new Catalogue(query.data) : null), [query.data]);
  return { catalogue, error: query.error, refetch: query.refetch };
}
