import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Lists', (held) => {
  const as = (role) => new Client(held.server, role);
  const upload = (kind, text, {role = 'operator', name, type = 'text/plain'} = {}) =>
    as(role).post(`/lists?kind=${kind}${name ? `&name=${encodeURIComponent(name)}` : ''}`, undefined, {raw: text, type});
  const make = async (kind, text, options) => expectAnswer(await upload(kind, text, options), 201);
  const figures = ({found, not_found, duplicates, deleted, merged}) => [found, not_found, duplicates, deleted, merged];
  const leaf = (list, op = 'in') => ({field: 'id', op, list: list.list});
  const found = async (condition, role = 'operator') =>
    expectAnswer(await as(role).post('/customers/search', {condition, sort: [{field: 'id', direction: 'asc'}]}), 200).items.map((item) => item.id);
  const made = [];

  before(async () => {
    for (let i = 0; i < 6; i += 1) {
      const body = {family_name: `顧客${i}`, number: `C-10${i}`, email: `c${i}@example.jp`, phone: `0901234560${i}`, status: i % 2 ? 'guest' : 'member'};
      made.push(expectAnswer(await as('operator').post('/customers', body), 201).id);
    }
    made.push(expectAnswer(await as('operator').post('/customers', {family_name: '同居', phone: '09012345601'}), 201).id);
    await as('admin').delete(`/customers/${made[5]}`, '*');
  });

  it('FEATURES 6: takes ids with any separator, tells back what it does not know, and FEATURES 8: stands beside other conditions', async () => {
    const wide = [...made[1]].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const list = await make('id', `${made[0]},${wide}\t${made[2]}　${made[5]}\r\nabc 999999,${made[0]}`);
    assert.deepEqual(figures(list), [4, 2, 1, 1, 0]);
    assert.equal((await as('operator').get(`/lists/${list.list}/not_found`)).text, 'abc\n999999\n');
    assert.equal((await as('operator').get(`/lists/${list.list}/duplicates`)).text, `${made[0]}\n`);
    assert.equal((await as('operator').get(`/lists/${list.list}/deleted`)).text, `${made[5]}\n`);
    assert.equal((await as('operator').get(`/lists/${list.list}/merged`)).text, '');
    assert.deepEqual(await found(leaf(list)), [made[0], made[1], made[2]]);
    assert.deepEqual(await found({all: [leaf(list), {field: 'deleted', op: 'in', value: ['yes']}]}), [made[5]]);
    assert.deepEqual(await found({all: [leaf(list), {field: 'status', op: 'in', value: ['member']}]}), [made[0], made[2]]);
    assert.deepEqual(await found(leaf(list, 'not_in')), [made[3], made[4], made[6]]);
  });

  it('FEATURES 7: takes numbers, and mails and phones, in any writing', async () => {
    assert.deepEqual(await found(leaf(await make('number', 'ｃ－１００ c-101'))), [made[0], made[1]]);
    assert.deepEqual(await found(leaf(await make('email', 'C2@EXAMPLE.JP;ｃ３@example.jp'))), [made[2], made[3]]);
    const phones = await make('phone', '+81 90-1234-5601\n０９０　１２３４　５６０４');
    assert.deepEqual(await found(leaf(phones)), [made[1], made[4], made[6]]);
    assert.deepEqual(figures(phones), [3, 0, 0, 0, 0]);
  });

  it('one Idempotency-Key makes one list, and is of no use for another', async () => {
    const send = (kind, text) =>
      as('operator').post(`/lists?kind=${kind}`, undefined, {raw: text, type: 'text/plain', headers: {'idempotency-key': 'list-1'}});
    const first = expectAnswer(await send('id', made[0]), 201);
    assert.deepEqual(expectAnswer(await send('id', made[0]), 201), first);
    expectAnswer(await send('id', made[1]), 422, 'idempotency.other_body');
    expectAnswer(await send('number', made[0]), 422, 'idempotency.other_body');
  });

  it('FEATURES 6: takes more than other systems do', async () => {
    for (const count of [700, 701, 20_000]) {
      const list = await make('id', Array.from({length: count}, (_, i) => i + 1).join('\n'));
      assert.equal(list.found + list.not_found, count);
      assert.equal(list.found, made.length);
    }
  });

  it('FEATURES 8: counts, exports and the command line take a list with another condition', async () => {
    const list = await make('id', made.join(' '));
    const condition = {all: [leaf(list), {field: 'status', op: 'in', value: ['member']}]};
    const total = expectAnswer(await as('operator').post('/customers/search', {condition, limit: 0}), 200).total;
    assert.equal(total, 3);
    assert.equal((await held.server.command(['search', '--count', '--query', JSON.stringify(condition)])).trim(), '3');
    const mine = await make('id', made.join(' '), {role: 'admin'});
    const {job} = expectAnswer(await as('admin').post('/exports/customers', {condition: leaf(mine), columns: ['id'], header: 'keys'}), 202);
    let state;
    do state = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
    while (!['done', 'failed'].includes(state.status));
    assert.equal(state.status, 'done');
    const file = (await as('admin').get(`/jobs/${job}/result`)).text.replace('\uFEFF', '').trim().split('\r\n');
    assert.deepEqual(file.slice(1).sort(), made.filter((id) => id !== made[5]).sort());
  });

  it('a list is its maker’s alone', async () => {
    const list = await make('id', made[0]);
    for (const path of ['', '/not_found', '/duplicates', '/deleted', '/merged']) expectAnswer(await as('admin').get(`/lists/${list.list}${path}`), 404, 'list.not_found');
    expectAnswer(await as('admin').patch(`/lists/${list.list}`, {name: 'x'}, '*'), 404, 'list.not_found');
    expectAnswer(await as('admin').delete(`/lists/${list.list}`, '*'), 404, 'list.not_found');
    const combined = await as('admin').post('/lists/combine', {op: 'and', lists: [list.list]});
    expectAnswer(combined, 422, 'list.invalid');
    assert.deepEqual(pointers(combined), ['/lists/0 unknown_list']);
    for (const path of ['/customers/search', '/searches', '/exports/customers']) {
      const answer = await as('owner').post(path, {condition: {any: [leaf(list)]}, columns: ['id']});
      expectAnswer(answer, 422, 'condition.invalid');
      assert.deepEqual(pointers(answer), ['/condition/any/0/list unknown_list'], path);
    }
  });

  it('a masked role has lists of ids and numbers, not of contact data', async () => {
    assert.equal((await make('id', made[0], {role: 'viewer'})).found, 1);
    assert.equal((await make('number', 'C-100', {role: 'viewer'})).found, 1);
    for (const kind of ['email', 'phone']) expectAnswer(await upload(kind, 'x', {role: 'viewer'}), 403, 'forbidden');
  });

  it('lists are named, renamed, combined and deleted', async () => {
    const one = await make('id', made.slice(0, 3).join(), {name: '春の案内'});
    const two = await make('id', made.slice(2, 5).join());
    assert.equal(one.name, '春の案内');
    const combine = async (op) => expectAnswer(await as('operator').post('/lists/combine', {op, lists: [one.list, two.list], name: op}), 201);
    assert.deepEqual(await found(leaf(await combine('and'))), [made[2]]);
    assert.deepEqual(await found(leaf(await combine('or'))), made.slice(0, 5));
    assert.deepEqual(await found(leaf(await combine('minus'))), made.slice(0, 2));
    const {items} = expectAnswer(await as('operator').get('/lists?limit=2'), 200);
    assert.deepEqual(items.map((item) => [item.name, item.kind]), [['minus', 'combined'], ['or', 'combined']]);
    assert.deepEqual(expectAnswer(await as('operator').get(`/lists/${two.list}`), 200), two);
    expectAnswer(await as('operator').patch(`/lists/${two.list}`, {name: 'x'}), 428);
    expectAnswer(await as('operator').patch(`/lists/${two.list}`, {name: 'x'}, 9), 412, 'list.stale');
    const renamed = await as('operator').patch(`/lists/${two.list}`, {name: '秋の案内'}, two.version);
    assert.equal(expectAnswer(renamed, 200).name, '秋の案内');
    assert.equal(renamed.headers.get('etag'), '"2"');
    const wrong = await as('operator').patch(`/lists/${two.list}`, {name: 5, kind: 'id'}, '*');
    expectAnswer(wrong, 422, 'list.invalid');
    assert.deepEqual(pointers(wrong), ['/kind unknown_field', '/name wrong_type']);
    expectAnswer(await as('operator').delete(`/lists/${two.list}`, 2), 204);
    expectAnswer(await as('operator').get(`/lists/${two.list}`), 404);
  });

  it('bad lists say which lines are wrong', async () => {
    const answer = await upload('id', Buffer.concat([Buffer.from('1\n'), Buffer.from([0xff, 0x0a]), Buffer.from(`2\n${'9'.repeat(300)}`)]));
    expectAnswer(answer, 422, 'list.unreadable');
    assert.deepEqual(pointers(answer), ['/lines/2 invalid_utf8', '/lines/4 too_long']);
    expectAnswer(await upload('id', '0\n'.repeat(1_000_001)), 413, 'list.too_many');
    const kind = await upload('zip', '1');
    expectAnswer(kind, 422, 'list.invalid');
    assert.deepEqual(pointers(kind), ['/kind not_a_choice']);
    expectAnswer(await as('operator').post('/lists', undefined, {raw: '1', type: 'text/plain'}), 422, 'list.invalid');
    expectAnswer(await upload('id', '1', {type: 'application/json'}), 415);
    const bad = await as('operator').post('/lists/combine', {op: 'xor', lists: []});
    expectAnswer(bad, 422, 'list.invalid');
    assert.deepEqual(pointers(bad), ['/lists too_few', '/op not_a_choice']);
    const value = await as('operator').post('/customers/search', {condition: {field: 'status', op: 'in', list: 'x'}});
    expectAnswer(value, 422, 'condition.invalid');
    assert.deepEqual(pointers(value), ['/condition/list operator_not_for_type']);
  });
});
