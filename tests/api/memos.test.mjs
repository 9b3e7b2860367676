import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Memos', (held) => {
  const as = (role) => new Client(held.server, role);
  const operationOf = (answer) => answer.headers.get('otokui-operation');
  let customer;
  let path;
  const write = async (role, input) => expectAnswer(await as(role).post(path, {body: '不在がち', ...input}), 201);
  const total = async (where, role = 'viewer') =>
    expectAnswer(await as(role).post('/customers/search', {condition: {has: 'memo', where}, limit: 0}), 200).total;
  const leaf = (field, op, value) => ({field, op, value});

  before(async () => {
    customer = expectAnswer(await as('operator').post('/customers', {family_name: '田中', given_name: '花子'}), 201);
    path = `/customers/${customer.id}/memos`;
  });

  it('FEATURES 52: are written, changed and deleted with author and time; FEATURES 120: the same ones in every screen', async () => {
    const made = await as('operator').post(path, {title: '電話', body: '午後に', alert: true});
    const memo = expectAnswer(made, 201);
    assert.equal(made.headers.get('location'), `/api/v1${path}/${memo.id}`);
    assert.equal(memo.created_by_name, memo.updated_by_name);
    assert.ok(memo.created_by_name);
    assert.equal(memo.customer_name, '田中 花子');
    const changed = expectAnswer(await as('admin').patch(`${path}/${memo.id}`, {body: '夜に', pinned: true}, memo.version), 200);
    assert.notEqual(changed.updated_by, memo.created_by);
    assert.equal(changed.created_by, memo.created_by);
    assert.equal(changed.title, '電話');
    const {items} = expectAnswer(await as('viewer').get(path), 200);
    const {adjusted, ...rest} = changed;
    assert.deepEqual(items, [rest]);
    assert.deepEqual(expectAnswer(await as('viewer').get(`${path}/${memo.id}`), 200), rest);
    assert.deepEqual(expectAnswer(await as('viewer').get(`${path}?alert=true`), 200).items, [rest]);
    assert.deepEqual(expectAnswer(await as('viewer').get(`${path}?alert=false`), 200).items, []);
    const history = expectAnswer(await as('viewer').get(`/customers/${customer.id}/history`), 200).items;
    assert.deepEqual(history.slice(0, 2).map(({kind}) => kind), ['memo.update', 'memo.create']);
    expectAnswer(await as('operator').delete(`${path}/${memo.id}`, memo.version), 412, 'memo.stale');
    const deleted = await as('operator').delete(`${path}/${memo.id}`, changed.version);
    assert.equal(deleted.status, 204);
    expectAnswer(await as('operator').get(`${path}/${memo.id}`), 404, 'memo.not_found');
    expectAnswer(await as('operator').post(`/operations/${operationOf(deleted)}/undo`, {}), 200);
    assert.equal(expectAnswer(await as('operator').get(`${path}/${memo.id}`), 200).body, '夜に');
    expectAnswer(await as('operator').delete(`${path}/${memo.id}`, '*'), 204);
  });

  it('of others are deleted by administrators only, also by way of undo', async () => {
    const made = await as('admin').post(path, {body: '店長のメモ'});
    const {id} = expectAnswer(made, 201);
    expectAnswer(await as('operator').delete(`${path}/${id}`, '*'), 403, 'memo.not_own');
    expectAnswer(await as('operator').post(`/operations/${operationOf(made)}/undo`, {}), 403, 'memo.not_own');
    expectAnswer(await as('operator').get(`${path}/${id}`), 200);
    const {id: own} = await write('operator');
    expectAnswer(await as('admin').delete(`${path}/${own}`, '*'), 204);
    expectAnswer(await as('admin').delete(`${path}/${id}`, '*'), 204);
  });

  it('are refused with all errors at once, and for who may not write', async () => {
    const bad = await as('operator').post(path, {title: 'x'.repeat(101), body: ' ', pinned: 1, nonsense: true});
    expectAnswer(bad, 422, 'memo.invalid');
    assert.deepEqual(pointers(bad), ['/body required', '/nonsense unknown_field', '/pinned wrong_type', '/title too_long']);
    expectAnswer(await as('viewer').post(path, {body: 'x'}), 403, 'forbidden');
    expectAnswer(await as('operator').post('/customers/4611686018427387904/memos', {body: 'x'}), 404, 'customer.not_found');
    const {id} = await write('operator');
    expectAnswer(await as('operator').patch(`${path}/${id}`, {body: 'y'}), 428);
    expectAnswer(await as('operator').get(`${path}?alert=maybe`), 422, 'query.invalid');
    expectAnswer(await as('operator').get(`${path}?cursor=zzz`), 422, 'cursor.invalid');
    expectAnswer(await as('operator').delete(`${path}/${id}`, '*'), 204);
  });

  it('keep no card number', async () => {
    const memo = await write('operator', {body: 'カード 4111 1111 1111 1111 は使えない'});
    assert.match(memo.body, /\*+.*1111/u);
    assert.ok(!memo.body.includes('4111 1111'));
    assert.deepEqual(memo.adjusted.map(({pointer}) => pointer), ['/body']);
    expectAnswer(await as('operator').delete(`${path}/${memo.id}`, '*'), 204);
  });

  it('FEATURES 52: all of them in one list across customers, found by text in any writing, by author and by mark', async () => {
    const other = expectAnswer(await as('operator').post('/customers', {family_name: '林'}), 201);
    const first = await write('operator', {title: '連絡', body: 'ﾌｧｯｸｽを希望', alert: true});
    const second = expectAnswer(await as('admin').post(`/customers/${other.id}/memos`, {body: 'ふぁっくすは不要'}), 201);
    const ids = async (asked) => expectAnswer(await as('viewer').post('/memos/search', asked), 200).items.map(({id}) => id);
    assert.deepEqual(await ids({}), [second.id, first.id]);
    assert.deepEqual(await ids({text: 'ファックス'}), [second.id, first.id]);
    assert.deepEqual(await ids({text: 'ファックス', author: first.created_by}), [first.id]);
    assert.deepEqual(await ids({alert: true}), [first.id]);
    assert.deepEqual(await ids({text: 'ない言葉'}), []);
    const page = expectAnswer(await as('viewer').post('/memos/search', {limit: 1}), 200);
    assert.deepEqual(await ids({limit: 1, cursor: page.next_cursor}), [first.id]);
    const refused = await as('viewer').post('/memos/search', {text: '  ', limit: 0, author: 7, colour: 1});
    expectAnswer(refused, 422, 'memo.invalid');
    assert.deepEqual(pointers(refused), ['/author wrong_type', '/colour unknown_field', '/limit out_of_range', '/text nothing_to_search']);
    const seen = expectAnswer(await as('admin').get(`/access-log?kind=memo`), 200).items;
    assert.ok(seen.some(({customers}) => customers === 2), JSON.stringify(seen));

    assert.equal(await total(leaf('body', 'contains', 'ファックス')), 2);
    assert.equal(await total({all: [leaf('body', 'contains', 'ファックス'), leaf('alert', 'is', true)]}), 1);
    assert.equal(await total(leaf('title', 'is', '連絡')), 1);
    assert.equal(await total(leaf('title', 'empty')), 1);
    assert.equal(await total(leaf('author', 'is', second.created_by_name)), 1);
    assert.equal(await total(leaf('at', 'at_least', {ago: 0, unit: 'day'})), 2);
    assert.equal(await total(leaf('at', 'at_most', {ago: 1, unit: 'day'})), 0);
    assert.equal(expectAnswer(await as('viewer').post('/customers/search', {condition: {has: 'memo', count: {at_most: 0}}, limit: 0}), 200).total, 0);
    const thing = expectAnswer(await as('viewer').get('/catalogue'), 200).things.find(({key}) => key === 'memo');
    assert.deepEqual(thing.labels, {ja: 'メモ', en: 'Memos'});
  });

  it('FEATURES 88: beside them the one memo on the record itself is saved and found', async () => {
    const {version} = expectAnswer(await as('operator').get(`/customers/${customer.id}`), 200);
    const saved = expectAnswer(await as('operator').patch(`/customers/${customer.id}`, {memo: '領収書は\r\n会社名で'}, version), 200);
    assert.equal(saved.memo, '領収書は\n会社名で');
    const found = async (value) =>
      expectAnswer(await as('viewer').post('/customers/search', {condition: leaf('memo', 'contains', value)}), 200).items.map(({id}) => id);
    assert.deepEqual(await found('りょうしゅうしょ'), []);
    assert.deepEqual(await found('領収書'), [customer.id]);
  });

  it('are part of what a person is told, and verify agrees', async () => {
    const told = expectAnswer(await as('owner').get(`/customers/${customer.id}/disclosure`), 200);
    const section = told.sections.find(({table}) => table === 'memo');
    assert.ok(section.rows.some(({body}) => body === 'ﾌｧｯｸｽを希望'), JSON.stringify(section));
    await held.server.command(['verify']);
  });
});
