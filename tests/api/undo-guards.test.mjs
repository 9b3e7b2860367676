// An undo is one more door: what no form would bring about, it does not bring about either.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('An undo', (held) => {
  const as = (role) => new Client(held.server, role);
  let made = 0;
  const create = async (input = {}) => {
    made += 1;
    return expectAnswer(await as('admin').post('/customers', {family_name: '戻', given_name: `${made}`, email: `modosu${made}@example.jp`, status: 'member', ...input}), 201);
  };
  const read = async ({id}) => expectAnswer(await as('admin').get(`/customers/${id}`), 200);
  const operationOf = (answer, status = 200) => {
    expectAnswer(answer, status);
    return answer.headers.get('otokui-operation');
  };
  const patch = async ({id}, body) => operationOf(await as('admin').patch(`/customers/${id}`, body, '*'));
  const undo = (operation, role = 'admin') => as(role).post(`/operations/${operation}/undo`, {});
  const fields = (answer) => answer.body.conflicts.map(({field}) => field).sort();
  const give = async ({id}, delta) => expectAnswer(await as('admin').post(`/customers/${id}/points`, {delta, kind: 'manual_grant', reason: '試験'}), 201);
  const order = async ({number}, order_number) => {
    const raw = `受注番号,顧客番号,受注日,決済状況,合計\n${order_number},${number},2026-11-01,未決済,100\n`;
    const {job} = expectAnswer(await as('admin').request('post', '/imports/orders', {raw, type: 'text/csv'}), 202);
    let seen;
    do seen = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
    while (['queued', 'running'].includes(seen.status));
    assert.deepEqual([seen.status, seen.ok], ['done', 1]);
  };

  it('leaves nobody with a level, a special type or points who is no member', async () => {
    const customer = await create({status: 'guest'});
    const joined = await patch(customer, {status: 'member'});
    const level = expectAnswer(await as('admin').post('/levels', {name: '戻の段'}), 201);
    const levelled = await patch(customer, {level: level.id, level_fixed: true});
    await give(customer, 100);
    const refused = await undo(joined);
    expectAnswer(refused, 409, 'operation.changed_since');
    assert.deepEqual(fields(refused), ['level_fixed', 'level_id', 'points']);
    assert.equal((await read(customer)).status, 'member');
    operationOf(await undo(levelled));
    assert.deepEqual(fields(await undo(joined)), ['points']);
    expectAnswer(await as('admin').post(`/customers/${customer.id}/points`, {delta: -100, kind: 'manual_deduct', reason: '試験'}), 201);
    operationOf(await undo(joined));
    assert.equal((await read(customer)).status, 'guest');
  });

  it('of coming back leaves like any other 退会: points are voided, coupons end, and that is undone in turn', async () => {
    const customer = await create();
    const left = operationOf(await as('admin').post(`/customers/${customer.id}/withdraw`, {}));
    const back = operationOf(await undo(left));
    await give(customer, 70);
    const coupon = expectAnswer(await as('admin').post('/coupons', {name: '戻', code: `modosu-${made}`, discount: 'amount', value: 1, customer_limited: true}), 201);
    expectAnswer(await as('admin').post(`/coupons/${coupon.id}/grants`, {customers: [customer.id]}), 200);
    const gone = operationOf(await undo(back));
    const open = async () => expectAnswer(await as('admin').get(`/customers/${customer.id}/coupons`), 200).items.filter(({state}) => state === 'live').length;
    assert.deepEqual([(await read(customer)).status, (await read(customer)).points, await open()], ['withdrawn', 0, 0]);
    operationOf(await undo(gone));
    assert.deepEqual([(await read(customer)).status, (await read(customer)).points, await open()], ['member', 70, 1]);
  });

  it('takes nobody away who has an unsettled order, and names it', async () => {
    const customer = await create();
    operationOf(await as('admin').delete(`/customers/${customer.id}`, '*'), 204);
    const restored = operationOf(await as('admin').post(`/customers/${customer.id}/restore`, {}));
    const other = await create();
    const left = operationOf(await as('admin').post(`/customers/${other.id}/withdraw`, {}));
    const back = operationOf(await undo(left));
    await order(customer, 'MODOSU-1');
    await order(other, 'MODOSU-2');
    for (const [operation, number] of [[restored, 'MODOSU-1'], [back, 'MODOSU-2']]) {
      const refused = await undo(operation);
      assert.deepEqual(expectAnswer(refused, 409, 'customer.has_ties').ties.map(({number}) => number), [number]);
    }
    assert.deepEqual([(await read(customer)).deleted, (await read(other)).status], ['no', 'member']);
  });

  it('of a deletion goes as far back as restoring does', async () => {
    const customer = await create();
    const deleted = operationOf(await as('admin').delete(`/customers/${customer.id}`, '*'), 204);
    const days = async (restore_days) => expectAnswer(await as('admin').patch('/settings/customer', {restore_days}, '*'), 200);
    await days(0);
    try {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expectAnswer(await undo(deleted), 409, 'customer.restore_expired');
      expectAnswer(await as('admin').post(`/customers/${customer.id}/restore`, {}), 409, 'customer.restore_expired');
    } finally {
      await days(30);
    }
    operationOf(await undo(deleted));
    assert.equal((await read(customer)).deleted, 'no');
  });

  it('of a 退会 gives back more points than the role may give', async () => {
    const customer = await create();
    await give(customer, 5000);
    const left = operationOf(await as('operator').post(`/customers/${customer.id}/withdraw`, {}));
    const back = operationOf(await undo(left, 'operator'));
    assert.equal((await read(customer)).points, 5000);
    operationOf(await undo(back, 'operator'));
    assert.deepEqual([(await read(customer)).status, (await read(customer)).points], ['withdrawn', 0]);
  });

  it('leaves books that agree', async () => {
    assert.match(await held.server.command(['verify']), /the books agree/);
  });
});
