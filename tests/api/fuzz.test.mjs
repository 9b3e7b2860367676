// Wrong types and odd values everywhere: always a documented refusal, never a 5xx.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client} from './support/client.mjs';
import {complaints, operations, resolve} from './support/document.mjs';
import {onEachEngine} from './support/each.mjs';

const kValues = [
  null, true, 0, -1, 1.5, 9007199254740993, 1e300, '', ' ', 'x', '0', '-1', '\u0007', '\ud83d\ude00', '髙﨑\u{20BB7}', '%00', "' OR 1=1 --",
  '９９９', 'a'.repeat(5000), [], [null], [[]], ['x', 'x'], {}, {x: 1}, {from: 1}, '2026-02-30', '9999-12-31T23:59:59Z', '0000-01-01',
];
const kBodies = ['', '{', '[]', 'null', '"x"', '12', 'true', '{"a":1,"a":2}', '{"a":"\\u0000"}', '{"a":"\\ud800"}', '\ufeff{}',
  '['.repeat(200) + ']'.repeat(200), '{"x":'.repeat(150) + '1' + '}'.repeat(150), '{"a":1e999}', '{"a":99999999999999999999}', '{"a":NaN}'];
const kQueries = ['limit=0', 'limit=-1', 'limit=201', 'limit=abc', 'limit=', 'cursor=', 'cursor=a.b', 'cursor=%FF', 'cursor=' + 'A'.repeat(500),
  'limit=1&limit=2', 'unknown=1', 'limit=99999999999999999999', '%zz=1', 'cursor=AAAA', 'outcome=none'];

const kStranger = '4611686018427387904';

/** Names of all members a body may have, also of the parts it is made of. */
function members(schema, depth = 0) {
  const resolved = resolve(schema) ?? {};
  if (depth > 3) return [];
  const own = Object.keys(resolved.properties ?? {});
  return [...new Set([...own, ...(resolved.allOf ?? []).flatMap((part) => members(part, depth + 1))])];
}

function paths(operation) {
  const fill = (value) =>
    operation.path.replace(/\{([a-z]+)\}/g, (_, name) => {
      const {schema} = operation.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name);
      return schema.enum?.[0] ?? value;
    });
  const ids = operation.path.includes('{') ? [kStranger, '0', '-1', 'x', '%00', '%2e%2e', '99999999999999999999', '1;', '１'] : [''];
  return ids.map(fill);
}

// Tries that fail are counted per address here, whoever makes them.
const scarce = new Set(['signIn', 'confirmSession', 'changeMyPassword', 'setUp', 'setPasswordByLink', 'beginTotp', 'confirmTotp', 'deleteTotp',
  'renewRecoveryCodes']);
const skipped = new Set(['listen', 'signOut', 'endSessions', 'previewImport', 'startImport']);

// Limits are per token: a refusal for the rate would hide what lies behind it.
const kTokens = 8;

onEachEngine('Wrong input', (held) => {
  const clients = [];
  const revealing = []; // nobody has the right by a role that is shipped
  let sent = 0;

  before(async () => {
    for (let i = 0; i < kTokens; ++i) {
      const {body} = await new Client(held.server, 'owner').post('/tokens', {name: `fuzz ${i}`});
      clients.push(new Client(held.server, {token: body.token}));
    }
    const owner = new Client(held.server, 'owner');
    const {body: role} = await owner.post('/roles', {name: 'fuzz', rights: ['customer.read', 'customer.reveal']});
    await owner.post('/staff', {login: 'fuzz', name: 'fuzz', role: role.id});
    for (let i = 0; i < kTokens; ++i) revealing.push(new Client(held.server, {token: await held.server.makeToken('fuzz')}));
  });

  async function send(operation, path, options) {
    const client = (operation.operation['x-right'] === 'customer.reveal' ? revealing : clients)[sent++ % kTokens];
    const answer = await client.request(operation.method, path, {...options, check: false});
    const told = `${operation.id} ${path} ${JSON.stringify(options).slice(0, 300)} answered ${answer.status} ${answer.text.slice(0, 500)}`;
    assert.ok(answer.status < 500, told);
    assert.ok(answer.status !== 429 || scarce.has(operation.id), told);
    assert.deepEqual(complaints(operation, answer), [], told);
    return answer;
  }

  for (const operation of operations.filter(({id}) => !skipped.has(id))) {
    const schema = operation.operation.requestBody && resolve(operation.operation.requestBody).content['application/json']?.schema;
    const headers = operation.parameters.some(({name}) => name === 'If-Match') ? {'if-match': '*'} : {};

    it(`${operation.id} refuses odd paths, queries and bodies`, async () => {
      for (const path of paths(operation)) await send(operation, path, {headers});
      if (operation.method === 'get') for (const query of kQueries) await send(operation, `${paths(operation)[0]}?${query}`, {});
      if (!schema) return;
      const path = paths(operation)[0];
      const bodies = scarce.has(operation.id) ? kBodies.slice(0, 4) : kBodies;
      for (const raw of bodies) {
        const answer = await send(operation, path, {raw, type: 'application/json', headers});
        const emptyIsFine = raw === '' || raw === '{}';
        if (!emptyIsFine) assert.ok(answer.status >= 400, `${operation.id} took ${raw.slice(0, 50)}`);
      }
      await send(operation, path, {raw: '{}', type: 'text/plain', headers});
      await send(operation, path, {raw: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), type: 'application/json', headers});
    });

    if (!schema || scarce.has(operation.id)) continue;
    it(`${operation.id} takes any value for any member without falling over`, async () => {
      const path = paths(operation)[0];
      for (const member of members(schema))
        for (const value of kValues) await send(operation, path, {body: {[member]: value}, headers});
      const stray = await send(operation, path, {body: {['no such member']: 1}, headers});
      assert.ok([404, 422].includes(stray.status), `${operation.id}: ${stray.status}`);
    });
  }

  it('fields of a real customer take odd values without falling over', async () => {
    const client = new Client(held.server, 'owner');
    const made = await client.post('/customers', {family_name: '田中', email: 'tanaka@example.jp'});
    const operation = operations.find(({id}) => id === 'changeCustomer');
    const schema = resolve(operation.operation.requestBody).content['application/json'].schema;
    for (const member of [...members(schema), 'id', 'version', 'points', 'name', 'x.y'])
      for (const value of kValues)
        await send(operation, `/customers/${made.body.id}`, {body: {[member]: value}, headers: {'if-match': '*'}});
  });

  it('an empty text is no value where one is required', async () => {
    const owner = clients[0];
    const made = (await owner.post('/customers', {family_name: '空', status: 'member'})).body;
    const lists = [];
    for (const text of [made.id, '999'])
      lists.push((await owner.post('/lists?kind=id', undefined, {raw: text, type: 'text/plain'})).body.list);
    const bodies = [
      ['/lists/combine', {op: '', lists}, '/op'],
      ['/customers/search', {sort: [{field: '', direction: 'asc'}]}, '/sort/0/field'],
      ['/customers/search', {sort: [{field: 'id', direction: ''}]}, '/sort/0/direction'],
      [`/customers/${made.id}/points`, {delta: 1, kind: ''}, '/kind'],
      [`/customers/${made.id}/consents`, {what: '', value: true}, '/what'],
      [`/customers/${made.id}/erase`, {number: ''}, '/number'],
      ['/bounces', {email: '', reason: 'x'}, '/email'],
      ['/coupons', {name: 'x', code: 'x', discount: '', value: 1}, '/discount'],
      ['/form-fields', {key: 'x', labels: {ja: 'x'}, type: ''}, '/type'],
    ];
    for (const [path, body, pointer] of bodies) {
      const answer = await owner.post(path, body);
      assert.equal(answer.status, 422, `${path}: ${answer.text}`);
      assert.deepEqual(answer.body.errors.map((error) => `${error.pointer} ${error.code}`), [`${pointer} required`], path);
    }
  });

  it('odd conditions are refused with a pointer or answered', async () => {
    const operation = operations.find(({id}) => id === 'searchCustomers');
    const {fields, operators, things} = (await clients[0].get('/catalogue')).body;
    for (const thing of things)
      for (const field of thing.fields)
        for (const {op} of operators)
          for (const value of [undefined, 'x', 3, ['x'], {from: 1, to: 3}, {ago: 3, unit: 'day'}])
            await send(operation, '/customers/search', {body: {condition: {has: thing.key, where: {field: field.key, op, value}}, limit: 1}});
    for (const field of fields)
      for (const {op} of operators)
        for (const value of [undefined, 'x', 3, ['x'], {from: 'a', to: 3}, {ago: 3, unit: 'day'}])
          await send(operation, '/customers/search', {body: {condition: {field: field.key, op, value}, limit: 1}});
    for (const condition of [{}, {all: {}}, {all: [1]}, {any: null}, {field: 1}, {all: [], any: []}, {none: [{}]}, {text: ''}, {text: '　'}, {has: 'order'}, {has: 1}, {has: 'order', where: []}, {has: 'order', where: {has: 'order'}}, {has: 'order', count: {between: {}}}, {has: 'order', where: {field: 'total', op: 'in', value: 3}}])
      await send(operation, '/customers/search', {body: {condition}});
    let deep = {field: 'name', op: 'empty'};
    for (let i = 0; i < 40; ++i) deep = {all: [deep]};
    const answer = await send(operation, '/customers/search', {body: {condition: deep}});
    assert.equal(answer.status, 422);
  });
});
