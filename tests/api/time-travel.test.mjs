import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Time travel', (held) => {
  const as = (role) => new Client(held.server, role);
  let made = 0;
  const create = async (input = {}) =>
    expectAnswer(await as('operator').post('/customers', {family_name: '青木', phone: '0312345678', email: `past${++made}@example.jp`, ...input}), 201);
  const now = () => new Date().toISOString();
  const then = (id, moment, role = 'operator') => as(role).get(`/customers/${id}?as_of=${encodeURIComponent(moment)}`);
  const finished = async (job) => {
    for (;;) {
      const answer = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(answer.status)) return answer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('a customer is told as he was, whatever the offset the moment is given in', async () => {
    const {id} = await create({newsletter: true});
    const before = expectAnswer(await as('operator').get(`/customers/${id}`), 200);
    const changed = expectAnswer(await as('operator').patch(`/customers/${id}`, {family_name: '森', phone: null, newsletter: false}, 1), 200);
    const moment = before.updated_at;
    const utc = new Date(moment).toISOString();
    for (const written of [moment, utc, utc.replace('Z', '+00:00')]) {
      // Made and changed within one millisecond, the moment shows what came of both.
      if (changed.updated_at === moment) break;
      const answer = await then(id, written);
      const {as_of, erased, unknown, ...past} = expectAnswer(answer, 200);
      assert.equal(as_of, moment);
      assert.equal(erased, false);
      assert.equal(answer.headers.get('etag'), null);
      for (const key of unknown) assert.equal(past[key], null, key);
      assert.deepEqual({...past, ...Object.fromEntries(unknown.map((key) => [key, before[key]]))}, before);
    }
    // An unescaped plus sign has become a blank on its way.
    expectAnswer(await as('operator').get(`/customers/${id}?as_of=${moment}`), 200);
    expectAnswer(await then(id, '2001-01-01T00:00:00+09:00'), 404, 'customer.not_yet');
    expectAnswer(await then(id, '2101-01-01T00:00:00+09:00'), 422, 'as_of.in_future');
    expectAnswer(await then(id, 'yesterday'), 422, 'as_of.invalid');
    expectAnswer(await then(id, ''), 422, 'as_of.invalid');
    expectAnswer(await then(999999, moment), 404, 'customer.not_found');
    expectAnswer(await new Client(held.server).get(`/customers/${id}?as_of=${utc}`), 401);
  });

  it('contact data of the past are masked like those of now, and the reading is logged', async () => {
    const {id} = await create();
    const past = expectAnswer(await then(id, now(), 'viewer'), 200);
    assert.equal(past.phone, '*****');
    assert.equal(past.family_name, '青木');
    const log = expectAnswer(await as('owner').get(`/access-log?customer=${id}`), 200);
    assert.ok(log.items.some(({kind}) => kind === 'open'));
  });

  it('delivery addresses of the past', async () => {
    const {id} = await create();
    const address = expectAnswer(await as('operator').post(`/customers/${id}/addresses`, {label: '実家', city: '札幌市'}), 201);
    expectAnswer(await as('operator').delete(`/customers/${id}/addresses/${address.id}`, '*'), 204);
    const list = async (moment) => expectAnswer(await as('operator').get(`/customers/${id}/addresses?as_of=${encodeURIComponent(moment)}`), 200);
    assert.deepEqual((await list(now())).items, []);
    const past = await list(address.created_at);
    if (past.items.length > 0) assert.deepEqual(past.items[0].label, '実家');
    expectAnswer(await as('operator').get(`/customers/${id}/addresses?as_of=x`), 422, 'as_of.invalid');
  });

  it('single fields get their old values as a change like any other', async () => {
    const {id, updated_at: as_of} = await create({memo: '古い'});
    let changed = expectAnswer(await as('operator').patch(`/customers/${id}`, {family_name: '森', phone: null, memo: '新しい'}, 1), 200);
    if (changed.updated_at === as_of) return; // nothing lies between them
    const path = `/customers/${id}/restore-fields`;
    const body = {as_of, fields: ['name', 'phone']};
    expectAnswer(await as('operator').post(path, body), 428);
    expectAnswer(await as('viewer').post(path, body), 403);
    expectAnswer(await as('operator').post(path, body, {headers: {'if-match': '"1"'}}), 412, 'customer.stale');
    const wrong = await as('operator').post(path, {as_of, fields: ['purchase_total']}, {headers: {'if-match': '"2"'}});
    expectAnswer(wrong, 422, 'customer.invalid');
    assert.deepEqual(pointers(wrong), ['/fields/0 read_only']);
    const bad = await as('operator').post(path, {as_of: 'x', fields: [], more: 1}, {headers: {'if-match': '"2"'}});
    expectAnswer(bad, 422, 'restore.invalid');
    const answer = await as('operator').post(path, {...body, reason: '誤って消した'}, {headers: {'if-match': '"2"'}});
    changed = expectAnswer(answer, 200);
    assert.equal(changed.name, '青木');
    assert.equal(changed.phone, '0312345678');
    assert.equal(changed.memo, '新しい');
    assert.equal(changed.version, 3);
    const {items} = expectAnswer(await as('operator').get(`/customers/${id}/history`), 200);
    assert.equal(items[0].kind, 'customer.restore_fields');
    assert.equal(items[0].reason, '誤って消した');
    expectAnswer(await as('admin').post(`/operations/${answer.headers.get('otokui-operation')}/undo`, {}), 200);
    assert.equal(expectAnswer(await as('operator').get(`/customers/${id}`), 200).name, '森');
  });

  it('FEATURES 53: any change by page, API or CSV is in the history with field, old, new, actor, IP, screen and time', async () => {
    const {id, number} = await create({memo: '一'});
    const page = await Client.signIn(held.server, 'operator');
    expectAnswer(await page.patch(`/customers/${id}`, {memo: '二'}, 1, {headers: {'otokui-screen': 'customer'}}), 200);
    expectAnswer(await as('admin').patch(`/customers/${id}`, {memo: '三'}, 2), 200);
    const csv = `顧客番号,メモ\n${number},四\n`;
    const {job} = expectAnswer(await as('admin').request('post', '/imports/customers?mode=update', {raw: csv, type: 'text/csv'}), 202);
    assert.equal((await finished(job)).status, 'done');
    const {items} = expectAnswer(await as('operator').get(`/customers/${id}/history`), 200);
    const seen = items.map(({kind, actor, ip, screen, at, job: by, changes}) => ({
      kind,
      who: `${actor.kind} ${actor.name}`,
      ip,
      screen,
      isRecent: Math.abs(Date.now() - Date.parse(at)) < 600_000,
      byJob: by,
      memo: changes.filter(({field}) => field === 'memo').map(({before, after}) => [before, after])[0],
    }));
    assert.equal(seen.length, 4);
    assert.deepEqual(seen.map(({memo}) => memo), [['三', '四'], ['二', '三'], ['一', '二'], [null, '一']]);
    assert.deepEqual(seen.map(({who}) => who), ['token admin', 'token admin', 'staff operator', 'token operator']);
    assert.deepEqual(seen.map(({screen}) => screen), ['job', 'PATCH /api/v1/customers/{customer}', 'customer', 'POST /api/v1/customers']);
    assert.equal(seen[0].byJob, job);
    for (const one of seen) {
      assert.equal(one.ip, '127.0.0.1');
      assert.ok(one.isRecent);
    }
  });
});
