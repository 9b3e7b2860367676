// A database that is found damaged after an unclean end, and what `otokui doctor` says of this and that.
import assert from 'node:assert/strict';
import {closeSync, existsSync, openSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {after, before, describe, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {engines, kPassword, Server} from './support/server.mjs';

const kLongestCheck = 30_000;

/** The exit status of `otokui doctor`, and what it prints. */
async function doctor(server, {database = server.database, ...environment} = {}) {
  const asked = Object.assign(new Server(), server, {database, environment: {...server.environment, ...environment}});
  try {
    return [0, await asked.command(['doctor'])];
  } catch (error) {
    return [error.code, error.stdout];
  }
}

describe('A damaged database', {skip: !engines.includes('sqlite')}, () => {
  let server, customer, label, session;
  const as = (role) => new Client(server, role);
  const file = () => join(server.folder, 'otokui.db');
  const readiness = async () => {
    const answer = await fetch(`${server.origin}/readyz`);
    return [answer.status, await answer.text()];
  };
  // The server says that it is ready until it has looked the database through.
  const serveDamaged = async () => {
    server.isReady = () => fetch(`${server.origin}/healthz`).then(({ok}) => ok, () => false);
    await server.serve();
    for (const deadline = Date.now() + kLongestCheck; (await readiness())[0] === 200; await pause(20)) assert.ok(Date.now() < deadline, server.output);
  };
  // As a server leaves it that was killed, with a page gone bad that no request of this test needs.
  const damage = () => {
    const database = new DatabaseSync(file(), {readOnly: true});
    const {rootpage} = database.prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'coupon_use' LIMIT 1").get();
    const {page_size: size} = database.prepare('PRAGMA page_size').get();
    database.close();
    const opened = openSync(file(), 'r+');
    writeSync(opened, Buffer.alloc(size, 0x5a), 0, size, (rootpage - 1) * size);
    closeSync(opened);
    writeFileSync(`${file()}.lock`, 'r');
  };

  before(async () => {
    server = await Server.start('sqlite');
    customer = expectAnswer(await as('admin').post('/customers', {family_name: '青木'}), 201).id;
    label = expectAnswer(await as('admin').post('/labels', {name: '常連'}), 201).id;
    session = await Client.signIn(server, 'owner');
    await server.stop();
    damage();
    await serveDamaged();
  });
  after(async () => server?.remove());

  it('is told by /readyz and the log', async () => {
    const [status, text] = await readiness();
    assert.equal(status, 503);
    assert.match(text, /damaged/);
    assert.match(server.output, /database\.damaged/);
    assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
  });

  it('is written by nothing and nobody', async () => {
    for (const answer of [
      await as('admin').post('/customers', {family_name: '森'}),
      await as('admin').patch(`/labels/${label}`, {name: 'x'}, '*'),
      await as('admin').post('/labels', {name: 'y'}, {headers: {'idempotency-key': 'k1'}}),
      await as('admin').post('/exports/customers', {}),
      await as('admin').request('post', '/imports/customers', {raw: '姓\n輸入\n', type: 'text/csv'}),
      await new Client(server).post('/session', {login: 'owner', password: kPassword}),
    ]) {
      expectAnswer(answer, 503, 'database.damaged');
      assert.equal(answer.headers.get('retry-after'), '60');
    }
  });

  it('can be read, but for customers: that could not be noted in the log of readings', async () => {
    assert.equal(expectAnswer(await as('viewer').get(`/labels/${label}`), 200).name, '常連');
    assert.equal(expectAnswer(await session.get('/me'), 200).login, 'owner');
    expectAnswer(await as('admin').get(`/customers/${customer}`), 503);
    expectAnswer(await as('admin').post('/customers/search', {text: '青木'}), 503);
  });

  it('is seen by otokui doctor, and by the next server though this one ends as it should', async () => {
    const [status, told] = await doctor(server);
    assert.equal(status, 1);
    assert.match(told, /^WRONG integrity: /m);
    await server.stop();
    await serveDamaged();
  });
});

onEachEngine('otokui doctor', (held) => {
  it('finds nothing where all is well', async () => {
    const [status, told] = await doctor(held.server);
    assert.equal(status, 0, told);
    for (const what of ['database', 'schema', 'key', 'clock']) assert.match(told, new RegExp(`^ok {4}${what}: `, 'm'));
    assert.match(told, held.server.engine === 'sqlite' ? /^ok {4}integrity: [^]*^ok {4}writable: [^]*^ok {4}disk: /m : /^-- {4}integrity: PostgreSQL/m);
  });

  it('says that the key is open to others, is another one, or is gone', async () => {
    expectAnswer(await new Client(held.server, 'admin').post('/labels', {name: '封'}, {headers: {'idempotency-key': 'sealed'}}), 201);
    const keyFile = (name, mode) => {
      const file = join(held.server.folder, name);
      writeFileSync(file, `otokui-key-1 ${'A'.repeat(43)}\n`, {mode});
      return file;
    };
    for (const [file, said] of [
      [keyFile('open', 0o644), /^WRONG key: .*chmod 600/m],
      [keyFile('other', 0o600), /^WRONG key: .*not the key/m],
      [join(held.server.folder, 'gone'), /^WRONG key: .*missing/m],
    ]) {
      const [status, told] = await doctor(held.server, {OTOKUI_KEY_FILE: file});
      assert.equal(status, 1);
      assert.match(told, said);
    }
    assert.ok(!existsSync(join(held.server.folder, 'gone')));
  });

  it('says that there is no such database, and makes none', async () => {
    const sqlite = join(held.server.folder, 'nowhere.db');
    const database = held.server.engine === 'sqlite' ? `sqlite:${sqlite}` : held.server.database.replace(/dbname=\S+/, 'dbname=nowhere');
    for (let time = 0; time < 2; ++time) {
      const [status, told] = await doctor(held.server, {database});
      assert.equal(status, 1);
      assert.match(told, /^WRONG database: /m);
    }
    assert.ok(!existsSync(sqlite));
  });
});
