// Every route × everybody: nobody gets in without signing in, nobody past his rights, and rights come before the body.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client} from './support/client.mjs';
import {complaints, document, operations} from './support/document.mjs';
import {onEachEngine} from './support/each.mjs';
import {kRoles} from './support/server.mjs';

/** The table of the document's description: right -> roles that have it. */
function rightsTable() {
  const table = new Map();
  for (const line of document.info.description.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const right = cells[1]?.match(/^`([a-z._]+)`/)?.[1];
    if (right) table.set(right, new Set(kRoles.filter((role, i) => cells[2 + i] === 'yes')));
  }
  return table;
}

const table = rightsTable();
const kStranger = '4611686018427387904';

function pathOf(operation) {
  return operation.path.replace(/\{([a-z]+)\}/g, (_, name) => {
    const schema = operation.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name).schema;
    return schema.enum?.[0] ?? (name === 'search' ? 'A'.repeat(22) : name === 'code' ? '0000000' : kStranger);
  });
}

async function call(client, operation) {
  const raw = operation.method === 'get' ? undefined : '{"no such member":1}';
  const types = Object.keys(operation.operation.requestBody?.content ?? {});
  const type = operation.operation.requestBody ? (types[0] ?? 'application/json') : undefined;
  if (operation.id === 'listen') return callStream(client);
  return client.request(operation.method, pathOf(operation), {raw: type ? raw : undefined, type, check: false});
}

/** Only the head: the stream has no end. */
async function callStream(client) {
  const stop = new AbortController();
  const headers = client.token ? {authorization: `Bearer ${client.token}`} : {};
  const response = await fetch(`${client.server.origin}/api/v1/events`, {headers, signal: stop.signal});
  const status = response.status;
  const body = status === 200 ? undefined : await response.json();
  stop.abort();
  return {status, headers: response.headers, body, text: JSON.stringify(body ?? '')};
}

/** A role of the shop's own, with rights that no shipped role has alone. */
const kOwnRights = ['customer.read', 'customer.reveal', 'export', 'points.edit', 'staff.read', 'settings.read'];
const kWalkers = [...kRoles, 'own'];
const mayPass = (who, right) => (who === 'own' ? kOwnRights.includes(right) : table.get(right).has(who));

async function clientOf(held, who) {
  if (who !== 'own') return new Client(held.server, who);
  if (!held.server.tokens.own) {
    const role = (await new Client(held.server, 'owner').post('/roles', {name: '歩く人', rights: kOwnRights, points_ceiling: 10})).body;
    await held.server.command(['staff', 'add', '--login', 'own', '--role', role.id]);
    held.server.tokens.own = await held.server.makeToken('own');
  }
  return new Client(held.server, 'own');
}

onEachEngine('Routes and rights', (held) => {
  it('the table names every right that a route asks for', () => {
    const asked = new Set(operations.map((operation) => operation.right));
    asked.delete('public');
    asked.delete('signed_in');
    for (const right of asked) assert.ok(table.has(right), right);
    for (const operation of operations) assert.ok(operation.right, `${operation.id} names no right`);
  });

  for (const role of kWalkers) {
    it(`${role}: the rights shown are those of the table`, async () => {
      const rights = (await (await clientOf(held, role)).get('/me')).body.rights;
      const expected = [...table.keys()].filter((right) => mayPass(role, right));
      assert.deepEqual(rights.toSorted(), expected.toSorted());
    });
  }

  it('nobody gets 401 on everything that is not public', async () => {
    for (const operation of operations) {
      const answer = await call(new Client(held.server), operation);
      if (operation.right === 'public') assert.notEqual(answer.status, 403, operation.id);
      else assert.equal(answer.status, 401, `${operation.id} answered ${answer.status} ${answer.text}`);
    }
  });

  for (const role of kWalkers) {
    it(`${role} passes exactly where the rights allow it`, async () => {
      const client = await clientOf(held, role);
      for (const operation of operations) {
        if (operation.right === 'public') continue;
        const allowed = operation.right === 'signed_in' || mayPass(role, operation.right);
        const answer = await call(client, operation);
        const told = `${operation.id} answered ${answer.status} ${answer.text}`;
        assert.notEqual(answer.status, 401, told);
        if (!allowed) {
          assert.equal(answer.status, 403, told);
          assert.equal(answer.body.code, 'forbidden', told);
        } else if (operation.right !== 'signed_in') {
          assert.notEqual(answer.status, 403, told);
        }
        if (operation.id !== 'listen') assert.deepEqual(complaints(operation, answer), [], told);
      }
    });
  }

  it('a path nobody knows is 404, a method it does not have 405 with Allow', async () => {
    const client = new Client(held.server, 'owner');
    assert.equal((await client.get('/nothing/here', {check: false})).status, 404);
    const answer = await client.request('put', '/customers', {body: {}, check: false});
    assert.equal(answer.status, 405);
    assert.match(answer.headers.get('allow'), /POST/);
  });

  it('the server carries this very document', async () => {
    const served = await new Client(held.server, 'viewer').get('/openapi.json');
    assert.deepEqual(served.body, document);
  });
});
