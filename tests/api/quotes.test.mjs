import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Quotes', (held) => {
  const as = (role) => new Client(held.server, role);
  const made = {};
  const line = (unit_price, more = {}) => ({product_number: 'TEA-001', unit_price, quantity: 1, ...more});
  const quote = async (customer, lines, more = {}) => expectAnswer(await as('viewer').post('/quotes', {customer, lines, ...more}), 200);
  const customer = async (more) => expectAnswer(await as('admin').post('/customers', {family_name: '見積', status: 'member', ...more}), 201).id;

  before(async () => {
    const add = async (path, body) => expectAnswer(await as('admin').post(path, body), 201).id;
    made.rated = await add('/groups', {name: '友の会', point_rate: 300});
    made.better = await add('/groups', {name: '法人', point_rate: 500});
    made.unrated = await add('/groups', {name: '卸売'});
    made.level = await add('/levels', {name: 'ゴールド', discount: 5, point_multiplier: 200});
    made.type = await add('/special-types', {name: '社員販売', code: 'STAFF', discount: 20, barred_payments: ['後払い', '代金引換']});
    made.excepting = await add('/special-types', {name: '会場', code: 'HALL', barred_payments: ['後払い'], payment_exception: true, excepted_products: ['TEA-001', 'SET-001']});
    made.plainType = await add('/special-types', {name: '取材', code: 'PRESS'});
    made.alert = await add('/block-reasons', {name: '長期不在'});
    made.refuse = await add('/block-reasons', {name: '転売目的', action: 'refuse'});
  });

  it('FEATURES 127: an order of ¥10,000 gives points by the highest rate of the groups; 0 falls back to the shop’s', async () => {
    const plain = await customer();
    assert.deepEqual([(await quote(plain, [line(10000)])).points, (await quote(plain, [line(10000)])).point_rate_group], [100, null]);
    const points = async (groups) => {
      const one = await customer();
      for (const group of groups) expectAnswer(await as('admin').post(`/groups/${group}/members`, {add: [one]}), 200);
      const quoted = await quote(one, [line(10000)]);
      return [quoted.points, quoted.point_rate_group?.name ?? null];
    };
    assert.equal((await quote(await customer({status: 'guest'}), [line(10000)])).points, 0, 'points belong to members');
    assert.deepEqual(await points([made.unrated]), [100, null]);
    assert.deepEqual(await points([made.rated]), [300, '友の会']);
    assert.deepEqual(await points([made.rated, made.better, made.unrated]), [500, '法人']);
  });

  it('FEATURES 83: the special type’s discount takes the place of the ordinary one, and its payment methods are refused', async () => {
    const member = await customer({status: 'member', special_type: made.type});
    const asked = [line(1000, {quantity: 2, discount_percent: 50}), line(500)];
    const quoted = await quote(member, asked, {payment_method: '後払い'});
    assert.deepEqual(quoted.lines.map(({discount_kind, discount_percent, amount}) => [discount_kind, discount_percent, amount]), [['special', 20, 1600], ['special', 20, 400]]);
    assert.deepEqual([quoted.total, quoted.payment_refused, quoted.accepted, quoted.special_type.code], [2000, true, false, 'STAFF']);
    assert.deepEqual(quoted.barred_payments, ['代金引換', '後払い'].toSorted());
    const accepted = await quote(member, asked, {payment_method: '銀行振込'});
    assert.deepEqual([accepted.payment_refused, accepted.accepted], [false, true]);
    const plain = await quote(await customer({status: 'member', special_type: made.plainType}), asked);
    assert.deepEqual(plain.lines.map(({discount_kind, amount}) => [discount_kind, amount]), [['ordinary', 1000], ['none', 500]]);
  });

  it('FEATURES 83: a barred payment method is not refused where every product is excepted and the exception is on', async () => {
    const member = await customer({status: 'member', special_type: made.excepting});
    const set = line(1000, {product_number: 'SET-001'}), other = line(1000, {product_number: 'TEA-002'});
    const refused = async (lines) => {
      const quoted = await quote(member, lines, {payment_method: '後払い'});
      return [quoted.payment_refused, quoted.accepted, quoted.lines.map(({payment_excepted}) => payment_excepted)];
    };
    assert.deepEqual(await refused([line(100), set]), [false, true, [true, true]]);
    assert.deepEqual(await refused([line(100), other]), [true, false, [true, false]]);
    expectAnswer(await as('admin').patch(`/special-types/${made.excepting}`, {payment_exception: false}, '*'), 200);
    assert.deepEqual(await refused([line(100), set]), [true, false, [false, false]]);
  });

  it('takes off the discount of the level and multiplies the points', async () => {
    const quoted = await quote(await customer({status: 'member', level: made.level}), [line(1980, {quantity: 2, discount_percent: 10})]);
    assert.deepEqual([quoted.subtotal, quoted.level_discount, quoted.total, quoted.points, quoted.level.name], [3564, 179, 3385, 67, 'ゴールド']);
  });

  it('tells whether a blocked customer’s order is refused or only alerts', async () => {
    const blocked = (reasons) => customer({blocked: true, block_reasons: reasons});
    const alerted = await quote(await blocked([made.alert]), [line(100)]);
    assert.deepEqual([alerted.block.action, alerted.accepted], ['alert', true]);
    const refused = await quote(await blocked([made.alert, made.refuse]), [line(100)]);
    assert.deepEqual([refused.block.action, refused.accepted, refused.block.reasons.map(({name}) => name)], ['refuse', false, ['長期不在', '転売目的']]);
    assert.equal((await quote(await customer(), [line(100)])).block, null);
  });

  it('refuses what is wrong, and customers who cannot order', async () => {
    const wrong = await as('viewer').post('/quotes', {customer: 'x', lines: [{unit_price: -1, quantity: 0, discount_percent: 101, colour: 1}], payment: 'x'});
    expectAnswer(wrong, 422, 'quote.invalid');
    assert.deepEqual(pointers(wrong), [
      '/customer wrong_type', '/lines/0/colour unknown_field', '/lines/0/discount_percent out_of_range', '/lines/0/product_number required',
      '/lines/0/quantity out_of_range', '/lines/0/unit_price out_of_range', '/payment unknown_field',
    ]);
    assert.deepEqual(pointers(await as('viewer').post('/quotes', {customer: '1', lines: []})), ['/lines required']);
    expectAnswer(await as('viewer').post('/quotes', {customer: '999999', lines: [line(1)]}), 404, 'customer.not_found');
    const left = await customer({status: 'member'});
    expectAnswer(await as('admin').post(`/customers/${left}/withdraw`, {}), 200);
    expectAnswer(await as('viewer').post('/quotes', {customer: left, lines: [line(1)]}), 409, 'customer.withdrawn');
    const gone = await customer();
    expectAnswer(await as('admin').delete(`/customers/${gone}`, '*'), 204);
    expectAnswer(await as('viewer').post('/quotes', {customer: gone, lines: [line(1)]}), 409, 'customer.deleted');
    expectAnswer(await new Client(held.server).post('/quotes', {customer: gone, lines: [line(1)]}), 401);
  });
});
