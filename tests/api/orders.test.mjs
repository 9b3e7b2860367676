// One order as it is shown, and which orders a customer's lists are narrowed to.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kSecrets = ['1500001', '神宮前', '0312345678'];

onEachEngine('Orders of a customer', (held) => {
  const as = (role) => new Client(held.server, role);
  let people = 0;
  const make = async () => expectAnswer(await as('admin').post('/customers', {family_name: '青木', status: 'member', email: `orders${++people}@example.jp`}), 201);
  const load = async (lines) => {
    const {job} = expectAnswer(await as('admin').request('post', '/imports/orders', {raw: lines.join('\n'), type: 'text/csv'}), 202);
    for (;;) {
      const seen = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) {
        assert.deepEqual([seen.status, seen.ng], ['done', 0], JSON.stringify(seen));
        return job;
      }
      await pause(20);
    }
  };
  /** Orders of one product each; `products: false`: none at all. */
  const buy = ({number}, orders, status, products = true) =>
    load([
      `受注番号,顧客番号,受注日,決済状況,合計${products ? ',商品番号,商品名,単価,数量' : ''}`,
      ...orders.map((order, at) => `${order},${number},2026-03-0${at + 1} 10:00:00,${status},1500${products ? ',P1,緑茶,1500,1' : ''}`),
    ]);
  const list = async ({id}, query, kind = 'purchases') => expectAnswer(await as('viewer').get(`/customers/${id}/${kind}?${query}`), 200).items;
  const readings = async ({id}) => expectAnswer(await as('owner').get(`/access-log?customer=${id}&kind=orders`), 200).items;

  /** A customer with one order that has everything an order can have. */
  const whole = async (number) => {
    const customer = await make();
    const header = '受注番号,顧客番号,受注日,対応状況,決済状況,支払方法,受注経路,合計,消費税,送料,値引き,お届け先氏名,お届け先郵便番号,お届け先住所,お届け先電話番号,送り状番号,発送日,備考,商品番号,商品名,単価,数量';
    const order = `${number},${customer.number},2026-03-01 10:00:00,shipped,売上完了,後払い,web,3300,300,500,200,森 太郎,150-0001,東京都渋谷区神宮前1-2-3,03-1234-5678,TRACK-9,2026-03-02 09:00:00,玄関前に`;
    const job = await load([header, `${order},P1,緑茶,1000,2`, `${order},P2,煎茶,1000,1`]);
    const [{id}] = await list(customer, `order_number=${number}`, 'orders');
    return {customer, id, job};
  };

  it('shows an order with its lines, its sums and where it went', async () => {
    const {customer, id} = await whole('WHOLE-1');
    const answer = await as('operator').get(`/orders/${id}`);
    const {lines, ship_to: to, ...order} = expectAnswer(answer, 200);
    assert.equal(answer.headers.get('etag'), `"${order.version}"`);
    assert.deepEqual([order.number, order.customer, order.total, order.tax, order.shipping_fee, order.discount], ['WHOLE-1', customer.id, 3300, 300, 500, 200]);
    assert.deepEqual([order.status, order.payment_status, order.payment_method, order.channel, order.tracking_number, order.note], ['shipped', 'captured', '後払い', 'web', 'TRACK-9', '玄関前に']);
    assert.deepEqual([order.ordered_at, order.shipped_at], ['2026-03-01T10:00:00.000+09:00', '2026-03-02T09:00:00.000+09:00']);
    assert.deepEqual(lines.map((line) => [line.product_number, line.quantity, line.unit_price, line.total]), [['P1', 2, 1000, 2000], ['P2', 1, 1000, 1000]]);
    assert.deepEqual([to.name, to.postal_code, to.address, to.phone], ['森 太郎', '1500001', '東京都渋谷区神宮前1-2-3', '0312345678']);
  });

  it('masks where it went for who may not see contact data, and leaves empty what is empty', async () => {
    const {id} = await whole('MASK-1');
    const answer = await as('viewer').get(`/orders/${id}`);
    const {ship_to: to} = expectAnswer(answer, 200);
    assert.deepEqual([to.name, to.postal_code, to.address, to.phone], ['森 太郎', '*****', '*****', '*****']);
    for (const secret of kSecrets) assert.ok(!answer.text.includes(secret), answer.text);
    const bare = await make();
    await buy(bare, ['MASK-2'], '未決済');
    const [{order}] = await list(bare, 'order_number=MASK-2');
    const empty = expectAnswer(await as('viewer').get(`/orders/${order}`), 200).ship_to;
    assert.deepEqual(Object.values(empty), [null, null, null, null, null, null]);
  });

  it('tells the rows of the file it came by in words, and masks them alike', async () => {
    const {job} = await whole('ROWS-1');
    const role = expectAnswer(await as('owner').post('/roles', {name: 'rows', rights: ['customer.read', 'order.read', 'job.read']}), 201);
    expectAnswer(await as('owner').post('/staff', {login: 'rows', name: 'rows', role: role.id}), 201);
    const blind = new Client(held.server, {token: await held.server.makeToken('rows')});
    const rowOf = async (who) => {
      const [{changes}] = expectAnswer(await who.get(`/jobs/${job}/rows`), 200).items;
      return Object.fromEntries(changes.map(({labels, after}) => [labels?.ja, after]));
    };
    const plain = await rowOf(as('operator'));
    assert.deepEqual([plain['受注日'], plain['お届け先住所'], plain['お届け先電話番号']], ['2026-03-01T10:00:00.000+09:00', '東京都渋谷区神宮前1-2-3', '0312345678']);
    const masked = await rowOf(blind);
    assert.deepEqual([masked['受注日'], masked['お届け先氏名'], masked['お届け先住所'], masked['お届け先電話番号']], ['2026-03-01T10:00:00.000+09:00', '森 太郎', '*****', '*****']);
  });

  it('writes who has read it into the log, and whether contact data were among it', async () => {
    const {customer, id} = await whole('LOG-1');
    const before = (await readings(customer)).length;
    expectAnswer(await as('operator').get(`/orders/${id}`), 200);
    const [open] = await readings(customer);
    assert.equal((await readings(customer)).length, before + 1);
    assert.deepEqual([open.actor.name, open.customer, open.customers, open.fields], ['operator', customer.id, 1, ['personal', 'contact']]);
    expectAnswer(await as('admin').get(`/orders/${id}`), 200);
    assert.equal((await readings(customer)).length, before + 2);
    const masked = await whole('LOG-2');
    expectAnswer(await as('viewer').get(`/orders/${masked.id}`), 200);
    for (const {actor, fields} of await readings(masked.customer)) assert.deepEqual([actor.name, fields], ['viewer', ['personal']]);
    const bare = await make();
    await buy(bare, ['LOG-3'], '未決済');
    const [{order}] = await list(bare, 'order_number=LOG-3');
    expectAnswer(await as('operator').get(`/orders/${order}`), 200);
    const reading = (await readings(bare)).find(({actor}) => actor.name === 'operator');
    assert.deepEqual(reading.fields, ['personal'], 'it had no address to show');
  });

  it('is not found, refused without the right, and says nothing of which orders there are', async () => {
    const {id} = await whole('RIGHT-1');
    for (const absent of ['999999999', '0', 'x']) expectAnswer(await as('viewer').get(`/orders/${absent}`, {check: absent !== 'x'}), 404);
    expectAnswer(await as('viewer').get('/orders/999999999'), 404, 'order.not_found');
    const narrow = new Client(held.server, {token: await held.server.makeToken('owner', ['--scopes', 'customer.read'])});
    for (const order of [id, '999999999']) expectAnswer(await narrow.get(`/orders/${order}`), 403, 'forbidden');
    expectAnswer(await new Client(held.server).get(`/orders/${id}`), 401);
  });

  it('FEATURES 47: lists are narrowed to one order by its number, which may be of nobody else', async () => {
    const [customer, other] = [await make(), await make()];
    await buy(customer, ['ONE-1', 'ONE-2', 'ONE & 3'], '売上完了');
    await buy(other, ['ONE-4'], '売上完了');
    for (const kind of ['orders', 'purchases']) {
      const numbers = async (query) => (await list(customer, query, kind)).map((row) => row.number ?? row.order_number);
      assert.deepEqual(await numbers('order_number=ONE-2'), ['ONE-2'], kind);
      assert.deepEqual(await numbers(`order_number=${encodeURIComponent('ONE & 3')}`), ['ONE & 3'], kind);
      for (const query of ['order_number=ONE-4', 'order_number=ONE', 'order_number=%25', 'order_number=ONE-2&period=2019', 'order_number=ONE-2&unsettled=true'])
        assert.deepEqual(await numbers(query), [], `${kind} ${query}`);
      assert.equal((await numbers('order_number=')).length, 3, kind);
    }
  });

  it('FEATURES 95: a refusal counts all that holds the customer, and a list has exactly these', async () => {
    const customer = await make();
    const open = Array.from({length: 7}, (_, at) => `HOLD-${at + 1}`);
    await buy(customer, open, '与信完了');
    await buy(customer, ['HOLD-8'], '売上完了');
    const refused = await as('admin').delete(`/customers/${customer.id}`, '*');
    const {ties, tie_count: count, detail} = expectAnswer(refused, 409, 'customer.has_ties');
    assert.deepEqual([ties.map(({number}) => number), count], [open.slice(0, 5), 7]);
    assert.ok(detail.endsWith('ほか2件') || detail.endsWith('and 2 more'), detail);
    const held7 = await list(customer, 'unsettled=true');
    assert.deepEqual(held7.map((row) => row.order_number), open.toReversed());
    assert.equal((await list(customer, 'unsettled=false')).length, 8);
    const few = await make();
    await buy(few, ['HOLD-9'], '未決済');
    const one = expectAnswer(await as('admin').post(`/customers/${few.id}/withdraw`, {}), 409, 'customer.has_ties');
    assert.equal(one.tie_count, 1);
    assert.ok(one.detail.endsWith('HOLD-9'), one.detail);
    const wrong = await as('viewer').get(`/customers/${few.id}/purchases?unsettled=perhaps`);
    expectAnswer(wrong, 422, 'query.invalid');
    assert.deepEqual(pointers(wrong), ['/unsettled not_a_choice']);
  });

  it('FEATURES 47: an order that came without products has a row among the purchases', async () => {
    const customer = await make();
    await buy(customer, ['BARE-1'], '未決済', false);
    await buy(customer, ['BARE-2'], '未決済');
    for (const query of ['limit=50', 'unsettled=true']) {
      const rows = (await list(customer, query)).map(({order_number, line, total}) => [order_number, line === null, total]);
      assert.deepEqual(rows.sort(), [['BARE-1', true, 1500], ['BARE-2', false, 1500]], query);
    }
    assert.equal((await list(customer, 'order_number=BARE-1')).length, 1);
  });
});
