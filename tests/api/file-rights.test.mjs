// What stands in a file, or is found by a word, is guarded as at the record: points by the right to give them and the ceiling of the
// role, orders by the right to see them.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kScopes = ['customer.read', 'contact.read', 'import', 'export', 'job.read'];

onEachEngine('Rights behind files', (held) => {
  const owner = () => new Client(held.server, 'owner');
  let plain, reader, small, customer;

  before(async () => {
    const bearer = async (name, scopes) => new Client(held.server, {token: expectAnswer(await owner().post('/tokens', {name, scopes}), 201).token});
    plain = await bearer('plain', kScopes);
    reader = await bearer('reader', [...kScopes, 'order.read']);
    const role = expectAnswer(await owner().post('/roles', {name: '少額', rights: [...kScopes, 'points.edit'], points_ceiling: 50}), 201);
    await held.server.command(['staff', 'add', '--login', 'small', '--role', role.id]);
    small = new Client(held.server, {token: await held.server.makeToken('small')});
    customer = expectAnswer(await owner().post('/customers', {number: 'RIGHT-1', status: 'member', family_name: '権利', email: 'kenri@example.jp'}), 201);
  });

  const upload = (who, path, raw) => who.request('post', path, {raw, type: 'text/csv'});
  const finished = async (started) => {
    const {job} = expectAnswer(started, 202);
    for (;;) {
      const seen = expectAnswer(await owner().get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
      await pause(30);
    }
  };
  const codes = async (who, job) => expectAnswer(await who.get(`/jobs/${job}/rows?outcome=error`), 200).items.flatMap(({errors}) => errors.map(({code, column}) => `${code} ${column}`));

  it('a file of points takes the right to give points, at preview, start and plan', async () => {
    const file = '顧客番号,ポイント\nRIGHT-1,10\n';
    for (const path of ['/imports/points', '/imports/preview?kind=points']) expectAnswer(await upload(plain, path, file), 403, 'forbidden');
    expectAnswer(await plain.get('/imports/points/sample'), 403, 'forbidden');
    const plan = await finished(await upload(owner(), '/imports/points?dry_run=true', file));
    assert.equal(plan.update, 1);
    expectAnswer(await plain.post(`/jobs/${plan.id}/apply`, {}), 403, 'forbidden');
    assert.deepEqual(expectAnswer(await owner().get(`/customers/${customer.id}/points`), 200).items, []);
  });

  it('no row of it goes over the ceiling of the role', async () => {
    const job = await finished(await upload(small, '/imports/points?on_error=skip', '顧客番号,ポイント\nRIGHT-1,51\n'));
    assert.deepEqual([job.update, job.error], [0, 1]);
    assert.deepEqual(await codes(small, job.id), ['points.over_ceiling ポイント']);
    const [{errors: [{detail}]}] = expectAnswer(await small.get(`/jobs/${job.id}/rows?outcome=error`, {headers: {'accept-language': 'en'}}), 200).items;
    assert.equal(detail, 'This is more than you may give or take at once.');
    const within = await finished(await upload(small, '/imports/points', '顧客番号,ポイント\nRIGHT-1,50\n'));
    assert.deepEqual([within.status, within.update], ['done', 1]);
    assert.equal((await finished(await upload(owner(), '/imports/points', '顧客番号,ポイント\nRIGHT-1,500\n'))).update, 1);
    assert.equal((await finished(await upload(small, '/imports/points', '顧客番号,ポイント\nRIGHT-1,0\n'))).status, 'failed', 'nor what it takes');
  });

  it('files of orders take the right to see orders, and so does what jobs keep of them', async () => {
    const file = '受注番号,顧客番号,受注日\nKENRI-77001,RIGHT-1,2026-01-05\n';
    for (const path of ['/imports/orders', '/imports/preview?kind=orders']) expectAnswer(await upload(plain, path, file), 403, 'forbidden');
    expectAnswer(await plain.get('/imports/orders/sample'), 403, 'forbidden');
    expectAnswer(await plain.post('/exports/orders', {}), 403, 'forbidden');
    const plan = await finished(await upload(owner(), '/imports/orders?dry_run=true', file));
    expectAnswer(await plain.post(`/jobs/${plan.id}/apply`, {}), 403, 'forbidden');
    assert.equal((await finished(await upload(reader, '/imports/orders', file))).create, 1);
    const wrong = await finished(await upload(owner(), '/imports/orders?on_error=skip', '受注番号,顧客番号,受注日\nKENRI-2,NOBODY,2026-01-05\n'));
    const exported = await finished(await owner().post('/exports/orders', {}));
    for (const path of [`/jobs/${wrong.id}/rows`, `/jobs/${wrong.id}/rejects`, `/jobs/${exported.id}/result`]) {
      expectAnswer(await plain.get(path), 403, 'forbidden');
      expectAnswer(await reader.get(path), 200);
    }
  });

  it('without it no order has any number, for the one box, counts, exports and stored searches alike', async () => {
    const total = async (who, condition) => expectAnswer(await who.post('/customers/search', {condition, limit: 0}), 200).total;
    for (const text of ['KENRI-77001', 'kenri-77']) {
      assert.equal(await total(reader, {text}), 1, text);
      assert.equal(await total(plain, {text}), 0, text);
      assert.equal(await total(plain, {all: [{field: 'number', op: 'is', value: 'RIGHT-1'}, {none: [{text}]}]}), 1, text);
      assert.deepEqual(expectAnswer(await plain.post('/customers/count', {conditions: [{text}]}), 200).counts, [0]);
      const exported = await finished(await plain.post('/exports/customers', {text, columns: ['number'], encoding: 'utf-8'}));
      assert.equal((await plain.get(`/jobs/${exported.id}/result`)).text, '顧客番号\r\n');
    }
    assert.equal(await total(plain, {text: '権利'}), 1);
    expectAnswer(await plain.post('/customers/search', {condition: {has: 'order'}}), 403, 'field.forbidden');
  });
});
