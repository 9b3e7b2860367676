import assert from 'node:assert/strict';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Coupons', (held) => {
  const as = (role) => new Client(held.server, role);
  let codes = 0;
  const person = async (input) => expectAnswer(await as('operator').post('/customers', {status: 'member', family_name: '田中', ...input}), 201);
  const make = async (input) =>
    expectAnswer(await as('admin').post('/coupons', {name: '500円引き', code: `code-${++codes}`, discount: 'amount', value: 500, ...input}), 201);
  const read = async ({id}) => expectAnswer(await as('viewer').get(`/coupons/${id}`), 200);
  const grant = (coupon, body) => as('admin').post(`/coupons/${coupon.id}/grants`, body);
  const use = (coupon, customer, order_number, more) => as('admin').post(`/coupons/${coupon.id}/uses`, {customer: customer.id, order_number, amount: 500, ...more});
  const history = async (customer, query = '') => expectAnswer(await as('viewer').get(`/customers/${customer.id}/coupons${query}`), 200).items;
  const operationOf = (answer) => answer.headers.get('otokui-operation');

  it('are made, changed, listed and deleted', async () => {
    const made = await as('admin').post('/coupons', {name: '春の1割引き', code: ' ｓpring-10 ', discount: 'percent_total', value: 10, valid_to: '2020-01-01'});
    const coupon = expectAnswer(made, 201);
    assert.equal(made.headers.get('location'), `/api/v1/coupons/${coupon.id}`);
    assert.deepEqual([coupon.code, coupon.status, coupon.enabled, coupon.uses_per_customer], ['SPRING-10', 'ended', true, null]);
    const other = await make({name: '送料無料', discount: 'free_shipping', value: 0});
    const ids = async (query) => expectAnswer(await as('viewer').get(`/coupons${query}`), 200).items.map(({id}) => id);
    assert.deepEqual(await ids(''), [other.id, coupon.id]);
    assert.deepEqual(await ids(`?text=${encodeURIComponent('はるの')}`), []);
    assert.deepEqual(await ids(`?text=${encodeURIComponent('春')}`), [coupon.id]);
    assert.deepEqual(await ids('?text=spring'), [coupon.id]);
    const page = expectAnswer(await as('viewer').get('/coupons?limit=1'), 200);
    assert.deepEqual(await ids(`?limit=1&cursor=${page.next_cursor}`), [coupon.id]);
    expectAnswer(await as('admin').patch(`/coupons/${coupon.id}`, {valid_to: null}, 9), 412, 'coupon.stale');
    expectAnswer(await as('admin').patch(`/coupons/${coupon.id}`, {valid_to: null}), 428);
    const changed = expectAnswer(await as('admin').patch(`/coupons/${coupon.id}`, {valid_to: null, enabled: false}, coupon.version), 200);
    assert.deepEqual([changed.status, changed.enabled], ['issued', false]);
    assert.deepEqual(await ids('?enabled=true'), [other.id]);
    expectAnswer(await as('admin').post('/coupons', {name: 'x', code: 'SPRING-10', discount: 'amount', value: 1}), 409, 'coupon.code_taken');
    const deleted = await as('admin').delete(`/coupons/${coupon.id}`, '*');
    assert.equal(deleted.status, 204);
    expectAnswer(await as('viewer').get(`/coupons/${coupon.id}`), 404, 'coupon.not_found');
    expectAnswer(await as('admin').post(`/operations/${operationOf(deleted)}/undo`, {}), 200);
    assert.equal((await read(coupon)).name, '春の1割引き');
  });

  it('are refused with every error at once, and to who may not', async () => {
    const refused = await as('admin').post('/coupons', {name: '', code: 'a b', discount: 'half', value: -1, valid_from: '2026-02-30', valid_to: 'soon', colour: 1});
    expectAnswer(refused, 422, 'coupon.invalid');
    assert.deepEqual(pointers(refused), [
      '/code bad_character', '/colour unknown_field', '/discount not_a_choice', '/name required', '/valid_from not_a_date', '/valid_to not_a_date', '/value out_of_range',
    ]);
    expectAnswer(await as('operator').post('/coupons', {name: 'x', code: 'x', discount: 'amount', value: 1}), 403, 'forbidden');
    expectAnswer(await as('viewer').get('/coupons?enabled=perhaps'), 422, 'query.invalid');
    const coupon = await make();
    const bad = await use(coupon, {id: 5}, '');
    expectAnswer(bad, 422, 'coupon_use.invalid');
    assert.deepEqual(pointers(bad), ['/customer wrong_type', '/order_number required']);
  });

  it('FEATURES 36: each target owns a customer-limited coupon once; a re-run adds none', async () => {
    const coupon = await make({customer_limited: true});
    assert.equal(coupon.status, 'unissued');
    const people = [await person({memo: '配布先'}), await person({memo: '配布先'}), await person({memo: '配布先'})];
    assert.deepEqual(expectAnswer(await grant(coupon, {customers: [people[0].id], times: 2}), 200), {granted: 1, already: 0});
    assert.deepEqual(expectAnswer(await grant(coupon, {customers: [people[1].id, people[0].id]}), 200), {granted: 1, already: 1});
    const job = async () => {
      const {job: id} = expectAnswer(await grant(coupon, {condition: {field: 'memo', op: 'is', value: '配布先'}}), 202);
      for (;;) {
        const now = expectAnswer(await as('admin').get(`/jobs/${id}`), 200);
        if (['done', 'failed', 'cancelled'].includes(now.status)) return now;
        await pause(50);
      }
    };
    const first = await job();
    assert.deepEqual([first.status, first.ok, first.skipped], ['done', 1, 2], JSON.stringify(first));
    assert.equal((await job()).ok, 0);
    const now = await read(coupon);
    assert.deepEqual([now.granted, now.status], [3, 'issued']);
    const [mine] = await history(people[0], '?kind=grant');
    assert.deepEqual([mine.state, mine.times_left, mine.coupon_code], ['live', 2, coupon.code]);
    const bad = await grant(coupon, {customers: [people[0].id, '4611686018427387904', people[0].id], times: 0});
    expectAnswer(bad, 422, 'coupon_grant.invalid');
    expectAnswer(await grant(await make(), {customers: [people[0].id]}), 409, 'coupon.not_customer_limited');
    expectAnswer(await grant(coupon, {condition: {field: 'nothing', op: 'is', value: 1}}), 422, 'condition.invalid');
    const revoked = await as('admin').delete(`/coupons/${coupon.id}/grants/${people[0].id}`, mine.version);
    assert.equal(revoked.status, 204);
    assert.equal((await history(people[0]))[0].state, 'revoked');
    expectAnswer(await as('admin').delete(`/coupons/${coupon.id}/grants/${people[0].id}`, '*'), 404, 'coupon_grant.not_found');
    expectAnswer(await as('admin').post(`/operations/${operationOf(revoked)}/undo`, {}), 200);
    assert.equal((await history(people[0]))[0].state, 'live');
    const total = async (where) => expectAnswer(await as('viewer').post('/customers/search', {condition: {has: 'coupon', where}, limit: 0}), 200).total;
    assert.equal(await total({field: 'code', op: 'is', value: coupon.code}), 3);
    assert.equal(await total({field: 'state', op: 'in', value: ['used']}), 0);
  });

  it('FEATURES 49: the history lists coupon, order, amount and date of each use, once per order', async () => {
    const coupon = await make({uses_per_customer: 2, minimum_amount: 1000});
    const customer = await person();
    const first = expectAnswer(await use(coupon, customer, 'R-1', {order_total: 1000, at: '2026-01-02T10:00:00+09:00'}), 201);
    assert.equal(expectAnswer(await use(coupon, customer, 'R-1', {order_total: 1000}), 200).id, first.id);
    expectAnswer(await use(coupon, await person(), 'R-1', {order_total: 1000}), 409, 'coupon.already_used');
    expectAnswer(await use(coupon, customer, 'R-2', {order_total: 999}), 409, 'coupon.minimum_not_reached');
    expectAnswer(await use(coupon, customer, 'R-2'), 422, 'coupon_use.invalid');
    expectAnswer(await use(coupon, customer, 'R-2', {order_total: 5000, amount: 300}), 201);
    expectAnswer(await use(coupon, customer, 'R-3', {order_total: 5000}), 409, 'coupon.limit_reached');
    const shown = (await history(customer)).map(({coupon_name, order_number, amount, at, state}) => [coupon_name, order_number, amount, state, at.slice(0, 10)].join(' '));
    assert.equal(shown[1], '500円引き R-1 500 used 2026-01-02');
    assert.match(shown[0], /^500円引き R-2 300 used/);
    expectAnswer(await as('admin').patch(`/coupons/${coupon.id}`, {code: 'changed'}, '*'), 409, 'coupon.code_in_use');
    expectAnswer(await as('admin').delete(`/coupons/${coupon.id}`, '*'), 409, 'coupon.in_use');
    const cancelled = expectAnswer(await as('admin').post(`/coupon-uses/${first.id}/cancel`, {}), 200);
    assert.equal(cancelled.state, 'cancelled');
    expectAnswer(await as('admin').post(`/coupon-uses/${first.id}/cancel`, {}), 409, 'coupon_use.cancelled');
    expectAnswer(await use(coupon, customer, 'R-3', {order_total: 5000}), 201);
    expectAnswer(await as('admin').post(`/customers/${customer.id}/withdraw`, {}), 200);
    expectAnswer(await use(coupon, customer, 'R-4', {order_total: 5000}), 409, 'coupon.customer_withdrawn');
    expectAnswer(await as('viewer').get(`/customers/${customer.id}/coupons?kind=gift`), 422, 'query.invalid');
    expectAnswer(await as('viewer').get(`/customers/${customer.id}/coupons?cursor=1_2`), 422, 'cursor.invalid');
    await held.server.command(['verify']);
  });

  it('are gone while the part is switched off', async () => {
    const values = async (coupons) => {
      const settings = expectAnswer(await as('admin').get('/settings/features'), 200);
      expectAnswer(await as('admin').put('/settings/features', {...settings, coupons}, settings.version), 200);
    };
    await values(false);
    expectAnswer(await as('admin').get('/coupons'), 404, 'feature.off');
    assert.equal(expectAnswer(await as('viewer').get('/catalogue'), 200).things.some(({key}) => key === 'coupon'), false);
    await values(true);
    expectAnswer(await as('admin').get('/coupons'), 200);
  });
});
