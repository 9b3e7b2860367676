// 閲覧記録: no entry, no data. Who saw whom, what was asked for, and what left the shop as a file.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('The log of readings', (held) => {
  const as = (role) => new Client(held.server, role);
  let made = 0;
  const create = async (input = {}) =>
    expectAnswer(await as('operator').post('/customers', {family_name: '田中', email: `reading${++made}@example.jp`, ...input}), 201);
  const entries = async (query = '') => expectAnswer(await as('admin').get(`/access-log?limit=200${query}`), 200).items;
  const of = (customer, query = '') => entries(`&customer=${customer.id}${query}`);
  const ended = async (job) => {
    for (;;) {
      const seen = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
    }
  };

  it('is for those with the right alone', async () => {
    expectAnswer(await as(undefined).get('/access-log'), 401);
    for (const path of ['/access-log', '/access-log/summary', '/access-log/1']) {
      expectAnswer(await as('viewer').get(path), 403, 'forbidden');
      expectAnswer(await as('operator').get(path), 403, 'forbidden');
    }
    expectAnswer(await as('owner').get('/access-log'), 200);
    expectAnswer(await as('admin').get('/access-log/999999999'), 404, 'access_log.not_found');
  });

  it('names everything that is wrong with a query at once', async () => {
    const answer = await as('admin').get('/access-log?staff=x&customer=0&kind=theft&from=yesterday&to=2026-02-30');
    expectAnswer(answer, 422, 'query.invalid');
    assert.deepEqual(pointers(answer), ['/customer not_an_id', '/from not_a_date', '/kind not_a_choice', '/staff not_an_id', '/to not_a_date']);
    expectAnswer(await as('admin').get('/access-log?cursor=x'), 422, 'cursor.invalid');
  });

  it('tells who opened whom, and counts it when it is opened again at once', async () => {
    const customer = await create();
    assert.deepEqual(await of(customer), [], 'who makes a record knows what is in it');
    for (let i = 0; i < 3; ++i) expectAnswer(await as('operator').get(`/customers/${customer.id}`), 200);
    const [entry, ...more] = await of(customer);
    assert.deepEqual(more, []);
    assert.equal(entry.kind, 'open');
    assert.equal(entry.times, 3);
    assert.equal(entry.customers, 1);
    assert.equal(entry.customer, customer.id);
    assert.equal(entry.customer_number, customer.number);
    assert.equal(entry.actor.kind, 'token');
    assert.equal(entry.actor.name, 'operator');
    assert.equal(entry.ip, '127.0.0.1');
    assert.equal(entry.screen, 'GET /api/v1/customers/{customer}');
    assert.deepEqual(entry.fields, ['personal', 'contact']);
    expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200);
    assert.equal((await of(customer)).length, 2, 'another session is another entry');
    assert.deepEqual(await entries(`&customer_number=${customer.number}`), await of(customer));
    expectAnswer(await as('operator').get('/customers/999999999'), 404);
    assert.deepEqual(await entries('&customer=999999999'), []);
  });

  it('knows what a viewer has seen masked', async () => {
    const customer = await create();
    expectAnswer(await as('viewer').get(`/customers/${customer.id}`), 200);
    assert.deepEqual((await of(customer))[0].fields, ['personal']);
  });

  it('has the page of a search and what was asked for, sealed away from the list', async () => {
    const customers = [await create({family_name: '早乙女'}), await create({family_name: '早乙女'})];
    const ids = customers.map(({id}) => id).sort((a, b) => a - b);
    const found = expectAnswer(await as('operator').post('/customers/search', {text: '早乙女', columns: ['name', 'number']}), 200);
    assert.equal(found.total, 2);
    const [entry] = await entries('&kind=search');
    assert.equal(entry.customers, 2);
    assert.equal(entry.customer, null);
    assert.deepEqual(entry.fields, ['personal'], 'no column of it was a contact');
    assert.ok(!JSON.stringify(entry).includes('早乙女'));
    const whole = expectAnswer(await as('admin').get(`/access-log/${entry.id}`), 200);
    assert.deepEqual(whole.page, ids);
    assert.deepEqual(whole.asked, {text: '早乙女', columns: ['name', 'number'], total: 2});
    for (const customer of customers) assert.equal((await of(customer, '&kind=search'))[0].id, entry.id, 'found by each of its customers');
    assert.equal((await entries('&kind=log'))[0].actor.name, 'admin', 'the log watches its readers, too');
    expectAnswer(await as('operator').post('/customers/search', {text: '早乙女', columns: ['email']}), 200);
    assert.deepEqual((await entries('&kind=search'))[0].fields, ['personal', 'contact']);
  });

  it('has a search that found nobody, and none where only a number was asked for', async () => {
    const before = (await entries('&kind=search')).length;
    expectAnswer(await as('operator').post('/customers/search', {text: 'どこにもいない人', limit: 0}), 200);
    assert.equal((await entries('&kind=search')).length, before);
    expectAnswer(await as('operator').post('/customers/search', {text: 'どこにもいない人'}), 200);
    const [entry] = await entries('&kind=search');
    assert.equal(entry.customers, 0);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/${entry.id}`), 200).asked.text, 'どこにもいない人');
  });

  it('has everything that stands below a customer', async () => {
    const customer = await create();
    const changed = await as('operator').patch(`/customers/${customer.id}`, {memo: 'x'}, '*');
    expectAnswer(changed, 200);
    for (const below of ['addresses', 'orders', 'purchases', 'history'])
      expectAnswer(await as('operator').get(`/customers/${customer.id}/${below}`), 200);
    expectAnswer(await as('operator').get(`/operations/${changed.headers.get('otokui-operation')}`), 200);
    const seen = Object.fromEntries((await of(customer)).map(({kind, times}) => [kind, times]));
    assert.deepEqual(seen, {edit: 1, addresses: 1, orders: 2, history: 2});
  });

  it('has what a refusal shows: how the customer is now, what has become of a value', async () => {
    const customer = await create();
    const first = await as('operator').patch(`/customers/${customer.id}`, {memo: 'a'}, 1);
    await as('operator').patch(`/customers/${customer.id}`, {memo: 'b'}, 2);
    const before = (await of(customer)).find(({kind}) => kind === 'edit').times;
    expectAnswer(await as('operator').patch(`/customers/${customer.id}`, {memo: 'c'}, 1), 412, 'customer.stale');
    assert.equal((await of(customer)).find(({kind}) => kind === 'edit').times, before + 1);
    expectAnswer(await as('operator').post(`/operations/${first.headers.get('otokui-operation')}/undo`, {}), 409, 'operation.changed_since');
    assert.equal((await of(customer, '&kind=history')).length, 1);
  });

  it('writes the answer to a change together with the change, and once more when the key has it given again', async () => {
    const customer = await create();
    expectAnswer(await as('admin').delete(`/customers/${customer.id}`, '*'), 204);
    assert.deepEqual(await of(customer), [], 'a deletion shows nothing');
    const again = {headers: {'idempotency-key': `restore-${customer.id}`}};
    expectAnswer(await as('admin').post(`/customers/${customer.id}/restore`, {}, again), 200);
    expectAnswer(await as('admin').post(`/customers/${customer.id}/restore`, {}, again), 200);
    assert.deepEqual((await of(customer)).map(({kind, times}) => [kind, times]), [['edit', 2]]);
    const edited = await as('operator').patch(`/customers/${customer.id}`, {memo: 'a'}, '*');
    await as('operator').patch(`/customers/${customer.id}`, {memo: 'b'}, '*');
    const operation = edited.headers.get('otokui-operation');
    const undo = {headers: {'idempotency-key': `undo-${operation}`}};
    for (let i = 0; i < 2; ++i) expectAnswer(await as('operator').post(`/operations/${operation}/undo`, {}, undo), 409, 'operation.changed_since');
    assert.deepEqual((await of(customer, '&kind=history')).map(({times}) => times), [2], 'what a refusal shows, too');
    const found = {headers: {'idempotency-key': `search-${customer.id}`}};
    const before = (await entries('&kind=search')).length;
    for (let i = 0; i < 2; ++i) expectAnswer(await as('operator').post('/customers/search', {text: customer.number, limit: 1}, found), 200);
    assert.equal((await entries('&kind=search')).length, before + 2);
  });

  it('has an export: who asked, for what, how many rows and the digest of the file', async () => {
    await create({family_name: '輸出'});
    const started = expectAnswer(await as('admin').post('/exports/customers', {text: '輸出', columns: ['name', 'email'], reason: '確認'}), 202);
    const [asked] = await entries('&kind=export');
    assert.equal(asked.job, started.job);
    assert.equal((await ended(started.job)).status, 'done');
    const file = await as('admin').get(`/jobs/${started.job}/result`);
    expectAnswer(file, 200);
    const [fetched] = await entries('&kind=download');
    assert.equal(fetched.job, started.job);
    assert.equal(fetched.customers, 1);
    const bytes = Buffer.concat([Buffer.from('\ufeff'), Buffer.from(file.text.replace(/^\ufeff/, ''))]);
    assert.equal(fetched.sha256, createHash('sha256').update(bytes).digest('hex'));
    const {asked: what} = expectAnswer(await as('admin').get(`/access-log/${fetched.id}`), 200);
    assert.deepEqual(what, {kind: 'export.customers', text: '輸出', columns: ['name', 'email'], reason: '確認'});
    expectAnswer(await as('admin').get(`/jobs/${started.job}/result`), 200);
    assert.equal((await entries('&kind=download')).length, 2, 'every fetch is an entry of its own');
  });

  it('has the rows and rejects of an import', async () => {
    const raw = 'family_name,email\n輸入,import1@example.jp\n輸入,not a mail\n';
    const started = expectAnswer(await as('admin').request('post', '/imports/customers?on_error=skip', {raw, type: 'text/csv'}), 202);
    await ended(started.job);
    expectAnswer(await as('admin').get(`/jobs/${started.job}/rows`), 200);
    expectAnswer(await as('admin').get(`/jobs/${started.job}/rejects`), 200);
    const seen = (await entries('&kind=import')).filter(({job}) => job === started.job);
    assert.deepEqual(seen.map(({customers}) => customers).sort(), [1, 2]);
  });

  it('has what commands print and write, under the name of the shell', async () => {
    const {server} = held;
    await server.command(['search', '--text', '早乙女']);
    await server.command(['export', 'customers', '--columns', 'name', '--out', join(server.folder, 'all.csv')]);
    const [file, searched] = (await entries()).filter(({actor}) => actor.kind === 'shell');
    assert.equal(searched.kind, 'search');
    assert.equal(searched.customers, 2);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/${searched.id}`), 200).asked.text, '早乙女');
    assert.equal(file.kind, 'download');
    assert.match(file.sha256, /^[0-9a-f]{64}$/);
  });

  it('adds up an incident: how many persons, what, from when to when', async () => {
    const {id: staff} = expectAnswer(await as('owner').post('/staff', {login: 'leaver', name: '去る人', role: 'operator'}), 201);
    const {token} = expectAnswer(await as('owner').post('/tokens', {name: 'x', staff}), 201);
    const leaver = new Client(held.server, {token});
    const customers = [await create({family_name: '被害'}), await create({family_name: '被害'})];
    expectAnswer(await leaver.get(`/customers/${customers[0].id}`), 200);
    expectAnswer(await leaver.get(`/customers/${customers[0].id}`), 200);
    expectAnswer(await leaver.post('/customers/search', {text: '被害'}), 200);
    const summary = expectAnswer(await as('admin').get(`/access-log/summary?staff=${staff}`), 200);
    assert.equal(summary.persons, 2);
    assert.equal(summary.entries, 2);
    assert.equal(summary.times, 3);
    assert.deepEqual(summary.kinds.map(({kind, persons}) => [kind, persons]), [['open', 1], ['search', 2]]);
    assert.deepEqual(summary.fields, ['personal', 'contact']);
    const day = summary.first_at.slice(0, 10);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/summary?staff=${staff}&from=${day}&to=${summary.last_at.slice(0, 10)}`), 200).entries, 2);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/summary?staff=${staff}&to=2020-01-01`), 200).entries, 0);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/summary?staff=${staff}&ip=192.0.2.1`), 200).entries, 0);
    const listed = await entries(`&staff=${staff}&from=${day}&to=${day}`);
    assert.deepEqual(listed.map(({kind}) => kind), ['search', 'open']);
  });

  it('pages without a gap or a repetition', async () => {
    const all = await entries();
    assert.ok(all.length > 20);
    const seen = [];
    for (let cursor = ''; cursor !== null; ) {
      const page = expectAnswer(await as('admin').get(`/access-log?limit=7${cursor && `&cursor=${cursor}`}`), 200);
      seen.push(...page.items);
      cursor = page.next_cursor;
    }
    assert.deepEqual(seen, all);
  });

  it('is kept for a year at least, as the settings say', async () => {
    const path = '/settings/general';
    const saved = expectAnswer(await as('admin').get(path), 200);
    assert.equal(saved.access_log_days, 365);
    const {version, ...settings} = {...saved, shop_name: '青葉茶舗'};
    const wrong = await as('admin').put(path, {...settings, access_log_days: 364}, version);
    expectAnswer(wrong, 422);
    assert.deepEqual(pointers(wrong), ['/access_log_days out_of_range']);
    const longer = expectAnswer(await as('admin').put(path, {...settings, access_log_days: 730}, '*'), 200);
    assert.equal(longer.access_log_days, 730);
    const {access_log_days: _, ...without} = settings;
    assert.equal(expectAnswer(await as('admin').put(path, without, '*'), 200).access_log_days, 730);
  });

  it('shows nothing when it cannot be written', {skip: !process.env.OTOKUI_ENGINES?.includes('sqlite')}, async (t) => {
    if (held.server.engine !== 'sqlite') return t.skip('the table is taken away by a second connection to the file');
    const customer = await create({family_name: '秘密'});
    const database = new DatabaseSync(join(held.server.folder, 'otokui.db'));
    database.exec('PRAGMA busy_timeout = 5000; ALTER TABLE access_entry RENAME TO access_entry_away');
    try {
      for (const answer of [
        await as('operator').get(`/customers/${customer.id}`),
        await as('operator').post('/customers/search', {text: '秘密'}),
        await as('operator').get(`/customers/${customer.id}/history`),
      ]) {
        expectAnswer(answer, 503, 'access_log.unwritten');
        assert.ok(!answer.text.includes('秘密'));
      }
    } finally {
      database.exec('ALTER TABLE access_entry_away RENAME TO access_entry');
      database.close();
    }
    expectAnswer(await as('operator').get(`/customers/${customer.id}`), 200);
  });

  it('agrees with its index', async () => {
    await held.server.command(['verify']);
  });
});
