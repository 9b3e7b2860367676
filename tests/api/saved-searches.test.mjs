import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const leaf = (field, op, value) => ({field, op, value});

onEachEngine('Saved searches', (held) => {
  const as = (role) => new Client(held.server, role);
  const people = {};
  let group;
  const save = async (role, scope, name, content = {text: '田中'}) =>
    expectAnswer(await as(role).post('/saved-searches', {scope, name, content}), 201);
  const names = async (role, scope) =>
    expectAnswer(await as(role).get(`/saved-searches${scope ? `?scope=${scope}` : ''}`), 200).items.map((saved) => saved.name);
  const setMembers = async (...roles) =>
    expectAnswer(await as('admin').patch(`/member-groups/${group.id}`, {members: roles.map((role) => people[role])}, '*'), 200);
  const operationOf = (answer) => answer.headers.get('otokui-operation');

  before(async () => {
    for (const person of (await as('admin').get('/staff')).body.items) people[person.login] = person.id;
    group = expectAnswer(await as('admin').post('/member-groups', {name: '受注チーム', members: [people.operator, people.viewer]}), 201);
    for (const person of [
      {status: 'member', family_name: '田中', given_name: '花子', email: 'hanako@example.jp', phone: '09012345678', prefecture: 13},
      {status: 'member', family_name: '鈴木', given_name: '次郎', email: 'jiro@example.jp', prefecture: 27},
    ])
      expectAnswer(await as('operator').post('/customers', person), 201);
  });

  it('keep all that makes a list, and run as the same search', async () => {
    const content = {
      condition: {all: [leaf('prefecture', 'in', [13]), {none: [leaf('created_at', 'at_most', {ago: 1, unit: 'day'})]}]},
      text: '田中',
      sort: [{field: 'kana', direction: 'asc'}],
      columns: ['number', 'name'],
      density: 'compact',
    };
    const saved = await save('operator', 'personal', '東京の田中さん', content);
    assert.deepEqual(saved.content, content);
    assert.deepEqual([saved.scope, saved.scope_name, saved.created_by_name, saved.warnings], ['personal', null, saved.updated_by_name, []]);
    const {search} = expectAnswer(await as('operator').post(`/saved-searches/${saved.id}/run`, {}), 201);
    const {density, ...asked} = content;
    assert.equal(density, 'compact');
    assert.deepEqual(expectAnswer(await as('operator').get(`/searches/${search}`), 200), asked);
    const found = expectAnswer(await as('operator').post('/customers/search', asked), 200);
    assert.deepEqual(found.items.map((item) => item.name), ['田中 花子']);
  });

  it('of another person do not exist', async () => {
    const saved = await save('operator', 'personal', '自分だけ');
    const path = `/saved-searches/${saved.id}`;
    assert.ok(!(await names('owner')).includes('自分だけ'));
    expectAnswer(await as('owner').get(path), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').get(`${path}/history`), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').patch(path, {name: 'x'}, '*'), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').patch(path, {name: ''}, '*'), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').delete(path, '*'), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').post(`${path}/run`, {}), 404, 'saved_search.not_found');
    const deleted = await as('operator').delete(path, '*');
    expectAnswer(await as('owner').post(`/operations/${operationOf(deleted)}/undo`, {}), 404, 'saved_search.not_found');
    const seen = expectAnswer(await as('owner').get(`/operations/${operationOf(deleted)}`), 200);
    for (const change of seen.changes) assert.ok([null, '*****'].includes(change.before), JSON.stringify(change));
  });

  it('of a group are for its members, and for nobody else from the moment he leaves', async () => {
    const saved = await save('operator', group.id, '休眠');
    const path = `/saved-searches/${saved.id}`;
    assert.deepEqual(await names('viewer', group.id), ['休眠']);
    assert.equal((await as('viewer').get(path)).body.scope_name, '受注チーム');
    expectAnswer(await as('owner').get(path), 404, 'saved_search.not_found');
    expectAnswer(await as('owner').get(`/saved-searches?scope=${group.id}`), 404, 'member_group.not_found');
    expectAnswer(await as('owner').post('/saved-searches', {scope: group.id, name: 'x', content: {}}), 404, 'member_group.not_found');
    expectAnswer(await as('viewer').patch(path, {name: '休眠90日'}, saved.version), 200);
    assert.deepEqual(await names('operator', group.id), ['休眠90日']);
    await setMembers('operator');
    expectAnswer(await as('viewer').get(path), 404, 'saved_search.not_found');
    assert.deepEqual(await names('viewer'), []);
    await setMembers('operator', 'viewer');
    assert.deepEqual(await names('viewer'), ['休眠90日']);
    expectAnswer(await as('operator').delete(path, '*'), 204);
  });

  it('have names unique within one owner', async () => {
    const first = await save('operator', 'personal', '常連');
    const second = await save('operator', group.id, '常連');
    await save('owner', 'personal', '常連');
    const clash = await as('operator').post('/saved-searches', {scope: group.id, name: ' 常連 ', content: {}});
    expectAnswer(clash, 409, 'saved_search.name_taken');
    assert.deepEqual(pointers(clash), ['/name taken']);
    for (const saved of [first, second]) expectAnswer(await as('operator').delete(`/saved-searches/${saved.id}`, saved.version), 204);
  });

  it('are deleted for all who share them, and come back by undo', async () => {
    const saved = await save('operator', group.id, '戻る');
    const deleted = await as('viewer').delete(`/saved-searches/${saved.id}`, saved.version);
    expectAnswer(deleted, 204);
    expectAnswer(await as('operator').get(`/saved-searches/${saved.id}`), 404);
    expectAnswer(await as('operator').post(`/operations/${operationOf(deleted)}/undo`, {}), 200);
    assert.deepEqual(expectAnswer(await as('viewer').get(`/saved-searches/${saved.id}`), 200).content, saved.content);
    const again = await as('operator').delete(`/saved-searches/${saved.id}`, '*');
    await save('operator', group.id, '戻る');
    expectAnswer(await as('operator').post(`/operations/${operationOf(again)}/undo`, {}), 409, 'operation.changed_since');
  });

  it('keep what was overwritten in their history', async () => {
    const saved = await save('operator', 'personal', '上書き', {text: '田中'});
    const path = `/saved-searches/${saved.id}`;
    const over = await as('operator').patch(path, {content: {text: '鈴木', density: 'relaxed'}}, saved.version);
    assert.deepEqual(expectAnswer(over, 200).content, {text: '鈴木', density: 'relaxed'});
    const history = expectAnswer(await as('operator').get(`${path}/history`), 200);
    const [newest, oldest] = history.items;
    assert.deepEqual([newest.kind, oldest.kind], ['saved_search.update', 'saved_search.create']);
    const change = newest.changes.find(({field}) => field === 'content');
    assert.deepEqual([JSON.parse(change.before), JSON.parse(change.after)], [{text: '田中'}, {text: '鈴木', density: 'relaxed'}]);
    expectAnswer(await as('operator').post(`/operations/${operationOf(over)}/undo`, {}), 200);
    assert.deepEqual((await as('operator').get(path)).body.content, {text: '田中'});
    const stale = await as('operator').patch(path, {name: 'x'}, saved.version);
    assert.deepEqual(expectAnswer(stale, 412, 'saved_search.stale').current.name, '上書き');
  });

  it('stand in the order that people give them', async () => {
    const mine = expectAnswer(await as('admin').post('/member-groups', {name: '並び', members: [people.operator, people.admin]}), 201);
    const made = [];
    for (const name of ['い', 'ろ', 'は']) made.push((await save('operator', mine.id, name)).id);
    const order = (ids) => as('admin').put('/saved-searches/order', {scope: mine.id, ids});
    expectAnswer(await order([made[2], made[0], made[1]]), 204);
    assert.deepEqual(await names('operator', mine.id), ['は', 'い', 'ろ']);
    expectAnswer(await order([made[2], made[0]]), 409, 'saved_search.order_changed');
    const first = expectAnswer(await as('operator').get(`/saved-searches?scope=${mine.id}&limit=2`), 200);
    const second = expectAnswer(await as('operator').get(`/saved-searches?scope=${mine.id}&limit=2&cursor=${first.next_cursor}`), 200);
    assert.deepEqual([...first.items, ...second.items].map((saved) => saved.name), ['は', 'い', 'ろ']);
    assert.equal(second.next_cursor, null);
    assert.deepEqual(expectAnswer(await as('admin').get(`/member-groups/${mine.id}`), 200).saved_searches, ['は', 'い', 'ろ']);
    expectAnswer(await as('admin').delete(`/member-groups/${mine.id}`, '*'), 204);
    expectAnswer(await as('operator').get(`/saved-searches/${made[0]}`), 404);
  });

  it('name a master that is gone, and still run', async () => {
    const saved = await save('operator', 'personal', '消えたラベル', {condition: {any: [leaf('labels', 'any_of', ['987654'])]}});
    assert.deepEqual(saved.warnings, [{pointer: '/content/condition/any/0/value/0', code: 'master_deleted'}]);
    expectAnswer(await as('operator').post(`/saved-searches/${saved.id}/run`, {}), 201);
    assert.equal(expectAnswer(await as('operator').post('/customers/search', {condition: saved.content.condition}), 200).total, 0);
  });

  it('name every fault', async () => {
    const wrong = await as('operator').post('/saved-searches', {
      scope: 'everybody',
      name: '',
      screen: 'orders',
      content: {condition: {all: [leaf('nonsense', 'is', 'x')]}, sort: [{field: 'kana', direction: 'up'}], density: 'huge'},
      colour: 1,
    });
    expectAnswer(wrong, 422, 'saved_search.invalid');
    assert.deepEqual(pointers(wrong), [
      '/colour unknown_field',
      '/content/condition/all/0/field unknown_field',
      '/content/density not_a_choice',
      '/content/sort/0/direction not_a_choice',
      '/name required',
      '/scope not_a_choice',
      '/screen not_a_choice',
    ]);
    for (const content of [null, [], 'x']) expectAnswer(await as('operator').post('/saved-searches', {scope: 'personal', name: 'x', content}), 422);
    const saved = await save('operator', 'personal', 'また');
    expectAnswer(await as('operator').patch(`/saved-searches/${saved.id}`, {name: 'x'}), 428);
    expectAnswer(await as('operator').patch(`/saved-searches/${saved.id}`, {name: null, content: null}, '*'), 422, 'saved_search.invalid');
    expectAnswer(await as('operator').get('/saved-searches?scope=x', {check: false}), 422, 'query.invalid');
    expectAnswer(await as('operator').get('/saved-searches?cursor=x'), 422, 'cursor.invalid');
    expectAnswer(await as('operator').post(`/saved-searches/${saved.id}/run`, {fast: true}), 422);
  });

  it('show no contact data to whoever may not see it, and do not run for him', async () => {
    const saved = await save('operator', group.id, '電話で', {condition: leaf('phone', 'is', '09012345678'), text: 'hanako@example.jp'});
    const seen = expectAnswer(await as('viewer').get(`/saved-searches/${saved.id}`), 200);
    assert.deepEqual([seen.masked, seen.content], [true, {condition: leaf('phone', 'is', '*****'), text: '*****'}]);
    expectAnswer(await as('viewer').post(`/saved-searches/${saved.id}/run`, {}), 403, 'field.forbidden');
    expectAnswer(await as('viewer').post('/saved-searches', {scope: 'personal', name: 'x', content: {condition: leaf('email', 'not_empty')}}), 403, 'field.forbidden');
    const history = await as('viewer').get(`/saved-searches/${saved.id}/history`);
    assert.ok(!history.text.includes('0901234') && !history.text.includes('hanako@'), history.text);
  });
});
