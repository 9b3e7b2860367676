// What of an OpenAPI document this page reads. The document is the server's own, so its shape is trusted as far as it goes.

export type Schema = {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
};

export type Media = { schema?: Schema; example?: unknown };
export type Parameter = { $ref?: string; name?: string; in?: string; required?: boolean; description?: string; schema?: Schema; example?: unknown };
export type Body = { $ref?: string; description?: string; required?: boolean; content?: Record<string, Media> };
export type Answer = { $ref?: string; description?: string; headers?: Record<string, { $ref?: string; description?: string; schema?: Schema }>; content?: Record<string, Media> };

export type Operation = {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Body;
  responses?: Record<string, Answer>;
  'x-right'?: string;
  'x-codes'?: string[];
};

export type OpenApi = {
  info: { title: string; version: string; description?: string; summary?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, unknown>>;
  components?: Record<string, Record<string, unknown>>;
};

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Entry = { id: string; method: string; path: string; operation: Operation; parameters: Parameter[] };

export function follow<T extends { $ref?: string }>(document: OpenApi, value: T): T {
  if (!value.$ref) return value;
  const [, , section = '', name = ''] = value.$ref.split('/');
  return (document.components?.[section]?.[name] as T | undefined) ?? value;
}

export const refName = (ref: string): string => ref.split('/').at(-1) ?? ref;

export function entriesOf(document: OpenApi): Entry[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      if (!operation) return [];
      const shared = (item['parameters'] as Parameter[] | undefined) ?? [];
      const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) => follow(document, parameter));
      return [{ id: operation.operationId ?? `${method}${path}`, method: method.toUpperCase(), path, operation, parameters }];
    }),
  );
}

/** The type of a schema in a few characters: string (date), Customer[], "a" | "b". */
export function typeWords(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return refName(schema.$ref);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.oneOf ?? schema.anyOf) return (schema.oneOf ?? schema.anyOf ?? []).map(typeWords).join(' | ');
  if (schema.allOf) return schema.allOf.map(typeWords).filter(Boolean).join(' & ');
  if (schema.items) return `${typeWords(schema.items)}[]`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? (schema.properties ? 'object' : 'any'));
  return schema.format ? `${type} (${schema.format})` : type;
}

/** Limits of a value in words. */
export function limitWords(schema: Schema): string {
  const parts = [
    schema.minLength !== undefined || schema.maxLength !== undefined ? `${schema.minLength ?? 0}–${schema.maxLength ?? '∞'} characters` : '',
    schema.minimum !== undefined || schema.maximum !== undefined ? `${schema.minimum ?? '−∞'}–${schema.maximum ?? '∞'}` : '',
    schema.minItems !== undefined || schema.maxItems !== undefined ? `${schema.minItems ?? 0}–${schema.maxItems ?? '∞'} items` : '',
    schema.pattern ? `pattern ${schema.pattern}` : '',
    schema.default !== undefined ? `default ${JSON.stringify(schema.default)}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}
