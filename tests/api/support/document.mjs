// The API document as tests use it: operations, and whether an answer is what the document promises.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {readFileSync} from 'node:fs';
import {parse} from 'yaml';

export const document = parse(readFileSync(new URL('../../../docs/api/openapi.yaml', import.meta.url), 'utf8'));

const ajv = new Ajv2020({strict: false, allErrors: true, validateFormats: true});
addFormats(ajv);
ajv.addSchema(document, 'api');

const kMethods = ['get', 'post', 'put', 'patch', 'delete'];

/** Codes that any operation may answer; the list stands in the document's description. */
const common = new Set(
  document.info.description
    .split('besides those that any operation may answer:')[1]
    .split('**Rights of the roles')[0]
    .matchAll(/`([a-z_.]+)`/g)
    .map((match) => match[1]),
);

export function resolve(thing) {
  if (!thing?.$ref) return thing;
  return thing.$ref
    .slice(2)
    .split('/')
    .reduce((at, step) => at[step.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

/** Every operation: {method, path, id, right, codes, operation, parameters, pointer}. */
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  kMethods
    .filter((method) => item[method])
    .map((method) => ({
      method,
      path,
      id: item[method].operationId,
      right: item[method]['x-right'],
      codes: item[method]['x-codes'] ?? [],
      operation: item[method],
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolve),
      pointer: `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
    })),
);

const patterns = operations.map((operation) => ({
  operation,
  // Paths without parameters go first, as in the server.
  rank: (operation.path.match(/\{/g) ?? []).length,
  pattern: new RegExp(`^${operation.path.replace(/\{[a-z]+\}/g, '[^/]+')}$`),
}));

export function findOperation(method, path) {
  const fits = patterns.filter((entry) => entry.operation.method === method && entry.pattern.test(path));
  return fits.sort((a, b) => a.rank - b.rank)[0]?.operation;
}

const validators = new Map();

function validator(pointer) {
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({$ref: `api#${pointer}`}));
  return validators.get(pointer);
}

function responsePointer(operation, status) {
  const responses = operation.operation.responses;
  const key = [String(status), `${String(status)[0]}XX`, 'default'].find((candidate) => responses[candidate]);
  if (!key) return undefined;
  const response = responses[key];
  return response.$ref ? response.$ref.slice(1) : `${operation.pointer}/responses/${key}`;
}

/** What is wrong with an answer, in words; empty when it is as documented. */
export function complaints(operation, answer) {
  if (answer.status >= 500 && answer.status !== 503) return [`status ${answer.status}`];
  const pointer = answer.status === 503 ? '/components/responses/Problem' : responsePointer(operation, answer.status);
  if (!pointer) return [`status ${answer.status} is not documented`];
  const response = resolve({$ref: `#${pointer}`});
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  if (!response.content) return answer.text === '' ? [] : ['a body where none is documented'];
  if (!response.content[type]) return [`content type "${type}" is not documented`];
  if (!type.endsWith('json')) return [];
  const validate = validator(`${pointer}/content/${type.replaceAll('/', '~1')}/schema`);
  const wrong = validate(answer.body)
    ? []
    : validate.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  if (type === 'application/problem+json') {
    const code = answer.body.code;
    if (!code.startsWith('http.') && !common.has(code) && !operation.codes.includes(code)) wrong.push(`code ${code} is not documented`);
    if (answer.body.status !== answer.status) wrong.push('the problem names another status');
  }
  return wrong;
}
