import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

// What orders a customer has, and counts beside a panel; what conditions find among many orders is shown by random_search_test.
onEachEngine('Conditions', (held) => {
  const as = (role) => new Client(held.server, role);
  const total = async (condition, role = 'operator') =>
    expectAnswer(await as(role).post('/customers/search', {condition, limit: 0}), 200).total;
  const count = async (conditions, role = 'operator') => expectAnswer(await as(role).post('/customers/count', {conditions}), 200).counts;
  const never = {has: 'order', count: {at_most: 0}};

  before(async () => {
    for (const name of ['青木', '加藤']) expectAnswer(await as('operator').post('/customers', {family_name: name}), 201);
  });

  it('says what a customer can have, and what may be asked of it', async () => {
    const {things} = expectAnswer(await as('viewer').get('/catalogue'), 200);
    const order = things.find(({key}) => key === 'order');
    assert.deepEqual(order.labels, {ja: '受注', en: 'Orders'});
    const keys = order.fields.map(({key}) => key);
    for (const key of ['id', 'number', 'ordered_at', 'status', 'payment_status', 'payment_method', 'total', 'product_number', 'product_name', 'quantity', 'channel', 'shipped_at'])
      assert.ok(keys.includes(key), key);
    const payment = order.fields.find(({key}) => key === 'payment_status');
    assert.equal(payment.type, 'choice');
    assert.ok(payment.options.some(({value, labels}) => value === 'captured' && labels.ja === '売上完了'));
    assert.deepEqual(payment.operators, ['in', 'not_in', 'empty', 'not_empty']);
  });

  it('finds who has no order, and says so as search, count and complement alike', async () => {
    assert.equal(await total(never), 2);
    assert.equal(await total({has: 'order'}), 0);
    assert.equal(await total({none: [{has: 'order'}]}), 2);
    assert.deepEqual(
      await count([never, {has: 'order', where: {field: 'product_name', op: 'contains', value: '茶'}, count: {at_least: 2}}, {field: 'family_name', op: 'is', value: '青木'}, null]),
      [2, 0, 1, 2],
    );
    assert.deepEqual(await count([]), []);
  });

  it('knows months of birth, and birthdays over the turn of the year', async () => {
    const born = {};
    for (const day of ['1980-12-30', '1990-01-02', '2000-02-29', '1985-05-05'])
      born[day] = expectAnswer(await as('operator').post('/customers', {family_name: '誕生', birth_date: day}), 201).id;
    const found = async (condition) =>
      expectAnswer(await as('operator').post('/customers/search', {condition, sort: [{field: 'birth_date', direction: 'asc'}], columns: ['birth_date']}), 200).items.map((item) => item.birth_date);
    const leaf = (field, op, value) => ({field, op, value});
    assert.deepEqual(await found(leaf('birth_month', 'in', [1, 5])), ['1985-05-05', '1990-01-02']);
    assert.deepEqual(await found({all: [leaf('birth_month', 'not_in', [1, 5]), leaf('birth_month', 'not_empty')]}), ['1980-12-30', '2000-02-29']);
    assert.deepEqual(await found(leaf('birth_date', 'anniversary_between', {from: '12-28', to: '01-03'})), ['1980-12-30', '1990-01-02']);
    assert.deepEqual(await found(leaf('birth_date', 'anniversary_between', {from: '02-01', to: '05-31'})), ['1985-05-05', '2000-02-29']);
    const inDays = (days) => new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
    const today = `1990${inDays(0).slice(4)}`, soon = `1991${inDays(7).slice(4)}`, later = `1992${inDays(8).slice(4)}`;
    if (!today.endsWith('02-29') && !soon.endsWith('02-29') && !later.endsWith('02-29')) {
      for (const day of [today, soon, later]) born[`relative ${day}`] = expectAnswer(await as('operator').post('/customers', {family_name: '相対', birth_date: day}), 201).id;
      const ahead = (days, unit = 'day') => ({all: [leaf('name', 'is', '相対'), leaf('birth_date', 'anniversary_between', {from: {ahead: 0, unit: 'day'}, to: {ahead: days, unit}})]});
      assert.deepEqual(await found(ahead(7)), [today, soon]);
      assert.deepEqual(await found(ahead(0)), [today]);
      for (const whole of [ahead(1, 'year'), ahead(400), ahead(12, 'month')]) assert.deepEqual(await found(whole), [today, soon, later], JSON.stringify(whole));
    }
    for (const id of Object.values(born)) await as('admin').delete(`/customers/${id}`, '*');
  });

  it('refuses a condition on orders with a pointer into the tree', async () => {
    const refused = async (condition, ...pointers) => {
      for (const [path, body, prefix] of [['/customers/search', {condition}, '/condition'], ['/customers/count', {conditions: [null, condition]}, '/conditions/1']]) {
        const answer = await as('operator').post(path, body);
        assert.equal(answer.status, 422, answer.text);
        assert.equal(answer.body.code, 'condition.invalid');
        assert.deepEqual(answer.body.errors.map(({pointer}) => pointer), pointers.map((pointer) => prefix + pointer));
      }
    };
    await refused({has: 'gift'}, '/has');
    await refused({has: 'order', where: {field: 'family_name', op: 'is', value: 'x'}}, '/where/field');
    await refused({has: 'order', where: {all: [{field: 'total', op: 'contains', value: 'x'}]}, count: {at_least: -1}}, '/count/at_least', '/where/all/0/op');
    await refused({has: 'order', count: {between: {from: 3, to: 2}}, what: 1}, '/what', '/count/between');
  });

  it('refuses a body that is not a list of conditions', async () => {
    for (const [body, pointer] of [[{}, '/conditions'], [{conditions: {}}, '/conditions'], [{conditions: Array(51).fill(null)}, '/conditions'], [{conditions: [], limit: 3}, '/limit']]) {
      const answer = await as('operator').post('/customers/count', body);
      assert.equal(answer.status, 422, answer.text);
      assert.deepEqual(answer.body.errors.map((error) => error.pointer), [pointer]);
    }
  });

  it('counts for who may read customers, and never by what he sees masked', async () => {
    expectAnswer(await new Client(held.server).post('/customers/count', {conditions: []}), 401);
    assert.deepEqual(await count([never], 'viewer'), [2]);
    expectAnswer(await as('viewer').post('/customers/count', {conditions: [never, {none: [{field: 'email', op: 'empty'}]}]}), 403, 'field.forbidden');
  });

  it('answers both of two counts of different sessions', async () => {
    const [first, second] = await Promise.all([count([never], 'operator'), count([never], 'viewer')]);
    assert.deepEqual([first, second], [[2], [2]]);
  });
});
