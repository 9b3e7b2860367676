import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kPeople = [
  {status: 'member', family_name: '田中', given_name: '花子', family_kana: 'タナカ', given_kana: 'ハナコ', email: 'hanako@example.jp', phone: '08012345678', prefecture: 13, birth_date: '1985-04-03'},
  {status: 'guest', family_name: '田中', given_name: '一郎', family_kana: 'タナカ', given_kana: 'イチロウ', email: 'ichiro@example.co.jp', prefecture: 27},
  {status: 'visitor', family_name: '髙橋', given_name: '次郎', family_kana: 'タカハシ', given_kana: 'ジロウ', phone: '0312345678', prefecture: 13},
  {status: 'withdrawn', family_name: '渡邉', given_name: '三郎', family_kana: 'ワタナベ', given_kana: 'サブロウ', email: 'saburo@example.jp'},
  {status: 'member', family_name: '阿部', given_name: '四郎', family_kana: 'アベ', given_kana: 'シロウ', email: 'shiro@example.jp', city: '渋谷区', prefecture: 13},
];

onEachEngine('Search', (held) => {
  const as = (role) => new Client(held.server, role);
  const names = async (request, role = 'operator') =>
    expectAnswer(await as(role).post('/customers/search', {columns: ['given_name'], sort: [{field: 'id', direction: 'asc'}], ...request}), 200)
      .items.map((item) => item.given_name);
  const leaf = (field, op, value) => ({condition: {field, op, value}});

  before(async () => {
    for (const person of kPeople) expectAnswer(await as('operator').post('/customers', person), 201);
  });

  it('finds everybody without a condition, and what was written is found by the next request', async () => {
    const page = expectAnswer(await as('operator').post('/customers/search', {}), 200);
    assert.equal(page.total, 5);
    assert.deepEqual(Object.keys(page.items[0]).sort(),
      ['address', 'company', 'created_at', 'email', 'id', 'kana', 'labels', 'labels_names', 'name', 'number', 'phone', 'purchase_count', 'purchase_total', 'status', 'version'].sort());
    const made = expectAnswer(await as('operator').post('/customers', {family_name: '新規', phone: '0600000000'}), 201);
    assert.deepEqual(await names({text: '新規'}), [null]);
    await as('admin').delete(`/customers/${made.id}`, '*');
    assert.deepEqual(await names({text: '新規'}), []);
    assert.equal((await names({condition: {all: [{field: 'family_name', op: 'is', value: '新規'}, {field: 'deleted', op: 'in', value: ['yes']}]}})).length, 1);
  });

  it('FEATURES 2: each of the five statuses is stored and a filter, and their counts add up to the total', async () => {
    const count = async (request) => expectAnswer(await as('operator').post('/customers/search', {limit: 0, ...request}), 200).total;
    const provisional = expectAnswer(await as('operator').post('/customers', {status: 'provisional', family_name: '仮', email: 'kari@example.jp'}), 201);
    const counts = {};
    for (const status of ['visitor', 'guest', 'provisional', 'member', 'withdrawn']) counts[status] = await count(leaf('status', 'in', [status]));
    assert.deepEqual(counts, {visitor: 1, guest: 1, provisional: 1, member: 2, withdrawn: 1});
    assert.equal(Object.values(counts).reduce((sum, one) => sum + one), await count({}));
    await as('admin').delete(`/customers/${provisional.id}`, '*');
  });

  it('FEATURES 15: finds by parts of name, kana, mail, phone and address, and by a mail domain alone', async () => {
    assert.deepEqual(await names({text: '@example.co.jp'}), ['一郎']);
    assert.deepEqual(await names({text: '田'}), ['花子', '一郎']);
    assert.deepEqual(await names({text: 'なか'}), ['花子', '一郎']);
    assert.deepEqual(await names({text: '5678'}), ['花子', '次郎']);
    assert.deepEqual(await names({text: '渋谷'}), ['四郎']);
  });

  it('compares in any writing', async () => {
    assert.deepEqual(await names(leaf('family_name', 'is', '高橋')), ['次郎']);
    assert.deepEqual(await names(leaf('kana', 'contains', 'たなか')), ['花子', '一郎']);
    assert.deepEqual(await names(leaf('family_kana', 'starts_with', 'ﾀﾅ')), ['花子', '一郎']);
    assert.deepEqual(await names(leaf('email', 'ends_with', '@EXAMPLE.jp')), ['花子', '三郎', '四郎']);
    assert.deepEqual(await names({text: '090 0000'}), []);
    assert.deepEqual(await names({text: '田中 080-1234'}), ['花子']);
    assert.deepEqual(await names({text: '花'}), ['花子']);
  });

  it('takes complements exactly: an empty value satisfies them', async () => {
    assert.deepEqual(await names(leaf('email', 'not_contains', 'example.jp')), ['一郎', '次郎']);
    assert.deepEqual(await names(leaf('prefecture', 'not_in', [13])), ['一郎', '三郎']);
    assert.deepEqual(await names({condition: {none: [{field: 'prefecture', op: 'in', value: [13, 27]}]}}), ['三郎']);
    assert.deepEqual(await names(leaf('birth_date', 'empty')), ['一郎', '次郎', '三郎', '四郎']);
  });

  it('nests all, any and none', async () => {
    const condition = {
      all: [
        {field: 'prefecture', op: 'in', value: [13]},
        {any: [{field: 'status', op: 'in', value: ['visitor']}, {field: 'city', op: 'is', value: '渋谷区'}]},
        {none: [{field: 'given_name', op: 'is', value: '四郎'}]},
      ],
    };
    assert.deepEqual(await names({condition}), ['次郎']);
  });

  it('pages both ways with an exact total, in the order of the syllabary', async () => {
    const request = {columns: ['family_kana', 'given_kana'], sort: [{field: 'kana', direction: 'asc'}], limit: 2};
    const page = async (cursor) => expectAnswer(await as('operator').post('/customers/search', {...request, cursor}), 200);
    const first = expectAnswer(await as('operator').post('/customers/search', request), 200);
    assert.deepEqual(first.items.map((item) => item.given_kana), ['シロウ', 'ジロウ']);
    assert.deepEqual([first.total, first.first_row, first.previous_cursor], [5, 1, null]);
    const second = await page(first.next_cursor);
    assert.deepEqual(second.items.map((item) => item.given_kana), ['イチロウ', 'ハナコ']);
    assert.equal(second.first_row, 3);
    const last = await page('last');
    assert.deepEqual(last.items.map((item) => item.given_kana), ['サブロウ']);
    assert.deepEqual([last.first_row, last.next_cursor], [5, null]);
    const back = await page(second.previous_cursor);
    assert.deepEqual(back.items, first.items);
    const none = expectAnswer(await as('operator').post('/customers/search', {limit: 0}), 200);
    assert.deepEqual([none.total, none.items], [5, []]);
  });

  it('refuses what it does not know with a pointer into the tree', async () => {
    const refused = async (body, pointer) => {
      const answer = await as('operator').post('/customers/search', body);
      assert.equal(answer.status, 422, answer.text);
      assert.ok(answer.body.errors.some((error) => error.pointer === pointer), `${pointer}: ${answer.text}`);
    };
    await refused({condition: {all: [{field: 'nonsense', op: 'is', value: 'x'}]}}, '/condition/all/0/field');
    await refused({condition: {all: [{field: 'name', op: 'between', value: 'x'}]}}, '/condition/all/0/op');
    await refused({condition: {any: [{field: 'prefecture', op: 'in', value: ['x']}]}}, '/condition/any/0/value/0');
    await refused({condition: {field: 'name', op: 'contains', value: ' '}}, '/condition/value');
    await refused({sort: [{field: 'nonsense', direction: 'asc'}]}, '/sort/0/field');
    await refused({columns: ['number', 'nonsense']}, '/columns/1');
  });

  it('lets a viewer neither search nor sort by what he sees masked', async () => {
    const viewer = as('viewer');
    expectAnswer(await viewer.post('/customers/search', leaf('email', 'contains', 'hanako')), 403);
    expectAnswer(await viewer.post('/customers/search', {sort: [{field: 'phone', direction: 'asc'}]}), 403);
    assert.deepEqual(await names({text: 'hanako'}, 'viewer'), []);
    assert.deepEqual(await names({text: '08012345678'}, 'viewer'), []);
    assert.deepEqual(await names({text: '花子'}, 'viewer'), ['花子']);
    const page = await viewer.post('/customers/search', {text: '花子', columns: ['email', 'phone', 'prefecture']});
    assert.deepEqual([page.body.items[0].email, page.body.items[0].phone, page.body.items[0].prefecture_name], ['*****', '*****', '東京都']);
  });

  it('stores a search for its person only', async () => {
    const stored = {condition: {field: 'prefecture', op: 'in', value: [13]}, text: '田中', sort: [{field: 'kana', direction: 'asc'}], columns: ['number', 'name'], limit: 20};
    const {search} = expectAnswer(await as('operator').post('/searches', stored), 201);
    assert.deepEqual(expectAnswer(await as('operator').get(`/searches/${search}`), 200), stored);
    expectAnswer(await as('admin').get(`/searches/${search}`), 404, 'search.not_found');
    expectAnswer(await as('operator').get(`/searches/${'A'.repeat(22)}`), 404, 'search.not_found');
    expectAnswer(await as('operator').post('/searches', {condition: {field: 'x', op: 'is', value: 'y'}}), 422);
  });
});
