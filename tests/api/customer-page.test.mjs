// What the page of a customer shows beside his lists: the numbers on its tabs, and the figures of its pictures.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

// The list behind each number.
const kLists = {address: 'addresses', order: 'orders', point_entry: 'points', coupon: 'coupons', memo: 'memos', mail: 'mails', history: 'history'};

onEachEngine("A customer's page", (held) => {
  const as = (role) => new Client(held.server, role);
  let people = 0;
  const make = async (more = {}) =>
    expectAnswer(await as('admin').post('/customers', {family_name: '青木', status: 'member', email: `page${++people}@example.jp`, ...more}), 201);
  const counts = async (id, who = as('viewer')) => expectAnswer(await who.get(`/customers/${id}/counts`), 200).counts;
  const put = async (name, values) => expectAnswer(await as('admin').put(`/settings/${name}`, values, '*'), 200);
  /** Every item of a list, a few at a time. */
  const all = async (path, who = as('viewer')) => {
    const items = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await who.get(`${path}${path.includes('?') ? '&' : '?'}limit=3${cursor && `&cursor=${cursor}`}`), 200);
      items.push(...page.items);
      if (!page.next_cursor) return items;
      cursor = page.next_cursor;
    }
  };
  const lengths = async (id) =>
    Object.fromEntries(await Promise.all(Object.entries(kLists).map(async ([key, list]) => [key, (await all(`/customers/${id}/${list}`)).length])));
  const finished = async (job) => {
    for (;;) {
      const answer = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(answer.status)) return answer;
      await pause(20);
    }
  };
  let orders = 0;
  /** `[{at, total, status, lines}]` */
  const buy = async (number, purchases) => {
    let csv = '受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\n';
    for (const {at, total, status = '売上完了', lines = 1} of purchases) {
      const order = `PAGE-${++orders}`;
      for (let line = 0; line < lines; ++line) csv += `${order},${number},${at},${status},${total},P${line},緑茶${line},${total},1\n`;
    }
    const {job} = expectAnswer(await as('admin').request('post', '/imports/orders', {raw: csv, type: 'text/csv'}), 202);
    const done = await finished(job);
    assert.deepEqual([done.status, done.ng], ['done', 0], JSON.stringify(done));
  };
  const monthsAgo = (months, day = 15) => {
    const now = new Date(Date.now() + 9 * 3_600_000);
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, day)).toISOString().slice(0, 10);
  };

  it('numbers its tabs exactly as their lists are long, after every act', async () => {
    const {id, number} = await make();
    const other = await make();
    const check = async () => {
      const told = await counts(id);
      assert.deepEqual(told, await lengths(id));
      return told;
    };
    assert.deepEqual(await check(), {address: 0, order: 0, point_entry: 0, coupon: 0, memo: 0, mail: 0, history: 1});
    for (const label of ['実家', '職場']) expectAnswer(await as('operator').post(`/customers/${id}/addresses`, {label}), 201);
    const memo = expectAnswer(await as('operator').post(`/customers/${id}/memos`, {body: '電話は夜に'}), 201);
    for (const delta of [100, -30, 5, 5]) expectAnswer(await as('operator').post(`/customers/${id}/points`, {delta, kind: delta < 0 ? 'manual_deduct' : 'manual_grant'}), 201);
    const coupon = expectAnswer(await as('admin').post('/coupons', {name: '数える券', code: 'COUNT', discount: 'amount', value: 100, customer_limited: true}), 201);
    expectAnswer(await as('admin').post(`/coupons/${coupon.id}/grants`, {customers: [id, other.id]}), 200);
    expectAnswer(await as('admin').post(`/coupons/${coupon.id}/uses`, {customer: id, order_number: 'X-1', amount: 100}), 201);
    await buy(number, [{at: '2024-01-05 10:00:00', total: 1000, lines: 3}, {at: '2024-02-05 10:00:00', total: 500, status: '取消完了'}, {at: '2024-03-05 10:00:00', total: 700}]);
    await buy(other.number, [{at: '2024-01-05 10:00:00', total: 1000}]);
    const full = await check();
    assert.deepEqual({...full, history: 0}, {address: 2, order: 3, point_entry: 4, coupon: 2, memo: 1, mail: 0, history: 0});
    const removed = await as('operator').delete(`/customers/${id}/memos/${memo.id}`, '*');
    expectAnswer(removed, 204);
    assert.equal((await check()).memo, 0);
    expectAnswer(await as('operator').post(`/operations/${removed.headers.get('otokui-operation')}/undo`, {}), 200);
    assert.deepEqual(await check(), {...full, history: full.history + 2});
    expectAnswer(await as('admin').post(`/customers/${id}/withdraw`, {}), 200);
    await check();
    expectAnswer(await as('admin').delete(`/customers/${id}`, '*'), 204);
    await check();
  });

  it('has no number for what the reader may not see and for parts that are switched off', async () => {
    const {id} = await make();
    const {id: role} = expectAnswer(await as('owner').post('/roles', {name: '顧客だけ', rights: ['customer.read'], points_ceiling: 10}), 201);
    await held.server.command(['staff', 'add', '--login', 'narrow', '--role', role]);
    const narrow = new Client(held.server, {token: await held.server.makeToken('narrow')});
    assert.deepEqual(await counts(id, narrow), {address: 0, point_entry: 0, coupon: 0, memo: 0});
    const scoped = new Client(held.server, {token: await held.server.makeToken('owner', ['--scopes', 'customer.read,order.read'])});
    assert.deepEqual(Object.keys(await counts(id, scoped)).sort(), ['address', 'coupon', 'memo', 'order', 'point_entry']);
    await put('features', {points: false, coupons: false});
    try {
      assert.deepEqual(Object.keys(await counts(id)).sort(), ['address', 'history', 'mail', 'memo', 'order']);
    } finally {
      await put('features', {points: true, coupons: true});
    }
    expectAnswer(await as('viewer').get('/customers/999999/counts'), 404, 'customer.not_found');
    expectAnswer(await new Client(held.server).get(`/customers/${id}/counts`), 401);
    const log = expectAnswer(await as('owner').get(`/access-log?customer=${id}`), 200).items;
    assert.ok(log.some(({kind, actor}) => kind === 'open' && actor.name === 'viewer'));
  });

  it('FEATURES 47: purchases over time are the captured orders by the shop’s months; a month narrows the list to what made its bar', async () => {
    const {id, number} = await make();
    const told = async (query = '') => expectAnswer(await as('viewer').get(`/customers/${id}/purchases/periods${query}`), 200);
    assert.deepEqual(await told(), {by: 'month', whole: true, items: []});
    await buy(number, [
      {at: `${monthsAgo(2, 1)} 00:00:00`, total: 300, lines: 2},
      {at: `${monthsAgo(2, 28)} 23:59:59`, total: 50},
      {at: `${monthsAgo(2)} 12:00:00`, total: 9000, status: '取消完了'},
      {at: `${monthsAgo(23, 1)} 00:00:00`, total: 7},
    ]);
    const months = await told();
    assert.deepEqual([months.by, months.whole, months.items.length], ['month', true, 24]);
    assert.deepEqual(months.items.map(({period}) => period), Array.from({length: 24}, (_, at) => monthsAgo(23 - at).slice(0, 7)));
    const brute = new Map();
    for (const order of await all(`/customers/${id}/orders`)) {
      if (order.payment_status !== 'captured') continue;
      const period = order.ordered_at.slice(0, 7);
      const sum = brute.get(period) ?? {period, orders: 0, total: 0};
      brute.set(period, {period, orders: sum.orders + 1, total: sum.total + order.total});
    }
    assert.deepEqual(months.items.filter((item) => item.orders > 0), [...brute.values()].sort((a, b) => (a.period < b.period ? -1 : 1)));
    for (const {period, orders: captured} of months.items) {
      const listed = await all(`/customers/${id}/orders?period=${period}`);
      assert.equal(listed.filter((order) => order.payment_status === 'captured').length, captured);
      const lines = await all(`/customers/${id}/purchases?period=${period}`);
      assert.equal(lines.length, listed.reduce((sum, order) => sum + order.lines.length, 0));
      assert.ok(lines.every((line) => line.ordered_at.startsWith(period)));
    }
    await buy(number, [{at: '2019-12-31 23:59:59', total: 1000}]);
    const years = await told();
    assert.deepEqual([years.by, years.whole, years.items[0]], ['year', true, {period: '2019', orders: 1, total: 1000}]);
    assert.equal(years.items.reduce((sum, item) => sum + item.total, 0), expectAnswer(await as('viewer').get(`/customers/${id}`), 200).purchase_total);
    assert.equal((await all(`/customers/${id}/purchases?period=2019`)).length, 1);
    assert.deepEqual(await told('?by=month'), {...months, whole: false});
  });

  it('refuses periods that do not exist, and purchases to who may not read orders', async () => {
    const {id} = await make();
    for (const [path, wrong] of [
      ['purchases?period=2026-13', '/period not_a_date'], ['orders?period=x', '/period not_a_date'],
      ['purchases/periods?by=week', '/by not_a_choice'], ['points/lots?expires=2026-02-30', '/expires not_a_date'],
    ]) {
      const answer = await as('viewer').get(`/customers/${id}/${path}`);
      expectAnswer(answer, 422, 'query.invalid');
      assert.deepEqual(pointers(answer), [wrong], path);
    }
    const narrow = new Client(held.server, {token: await held.server.makeToken('owner', ['--scopes', 'customer.read'])});
    expectAnswer(await narrow.get(`/customers/${id}/purchases/periods`), 403, 'forbidden');
    expectAnswer(await as('viewer').get('/customers/999999/purchases/periods'), 404, 'customer.not_found');
  });

  it('says which points go when, and which lots they are', async () => {
    const {id} = await make();
    const told = async (query = '') => expectAnswer(await as('viewer').get(`/customers/${id}/points/lots${query}`), 200);
    const ahead = (days) => new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
    assert.deepEqual((await told()).expiries, []);
    await put('points', {expiry_mode: 'lots', expiry_days: 0});
    try {
      const give = async (delta, expires_at) => expectAnswer(await as('admin').post(`/customers/${id}/points`, {delta, kind: 'manual_grant', ...(expires_at && {expires_at})}), 201);
      await give(40);
      for (const [delta, days] of [[10, 20], [5, 20], [7, 40]]) await give(delta, ahead(days));
      const {expiries, lots, next_expiry: next} = await told();
      assert.deepEqual(expiries, [{period: ahead(20), points: 15, lots: 2}, {period: ahead(40), points: 7, lots: 1}, {period: null, points: 40, lots: 1}]);
      assert.deepEqual([next.at.slice(0, 10), next.points], [ahead(20), 15]);
      for (const {period, points, lots: count} of expiries) {
        const behind = await told(`?expires=${period ?? 'never'}`);
        assert.deepEqual(behind.lots, lots.filter((lot) => (lot.expires_at?.slice(0, 10) ?? null) === period));
        assert.deepEqual([behind.lot_count, behind.lots.reduce((sum, lot) => sum + lot.remaining, 0)], [count, points]);
        assert.deepEqual(behind.expiries, expiries);
      }
      // Too many days to take in become months.
      for (let days = 60; days < 72; ++days) await give(1, ahead(days));
      const grouped = (await told()).expiries;
      assert.ok(grouped.every(({period}) => period === null || period.length === 7), JSON.stringify(grouped));
      assert.equal(grouped.reduce((sum, {points}) => sum + points, 0), (await told()).balance);
      for (const {period, lots: count} of grouped) assert.equal((await told(`?expires=${period ?? 'never'}`)).lot_count, count);
    } finally {
      await put('points', {expiry_mode: 'balance', expiry_days: 365});
    }
  });

  it('says what the next level still asks for, by the rule that judges', async () => {
    const made = async (body) => expectAnswer(await as('admin').post('/levels', body), 201).id;
    const bronze = await made({name: '頁ブロンズ', minimum_total: 1000, minimum_count: null, match: 'all', look_back_months: 12});
    const silver = await made({name: '頁シルバー', minimum_total: 5000, minimum_count: 3, match: 'any', look_back_months: null});
    const {id, number, version} = await make();
    const why = async (person = id) => expectAnswer(await as('viewer').get(`/customers/${person}/level/why`), 200);
    const next = async () => (await why()).next;
    assert.deepEqual((await next()).needs, [{what: 'total', asked: 1000, has: 0, missing: 1000}]);
    await buy(number, [{at: `${monthsAgo(1)} 10:00:00`, total: 1200}, {at: `${monthsAgo(30)} 10:00:00`, total: 300}, {at: `${monthsAgo(1)} 11:00:00`, total: 90_000, status: '未決済'}]);
    const told = await why();
    assert.equal(told.would_be, bronze);
    assert.deepEqual(told.next, {
      id: silver, name: '頁シルバー', match: 'any', from: null,
      needs: [{what: 'total', asked: 5000, has: 1500, missing: 3500}, {what: 'count', asked: 3, has: 2, missing: 1}],
    });
    await buy(number, [{at: `${monthsAgo(1)} 12:00:00`, total: 1}]);
    const top = await why();
    assert.deepEqual([top.would_be, top.next], [silver, null]);
    expectAnswer(await as('admin').patch(`/customers/${id}`, {level_fixed: true}, version), 200);
    const fixed = await why();
    assert.deepEqual([fixed.level_fixed, fixed.next], [true, null]);
    assert.equal((await why((await make({status: 'guest', email: null, phone: '0312345678'})).id)).next, null);
  });
});
