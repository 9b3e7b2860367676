// Points of members: the ledger and what is left of it.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kMissing = '4611686018427387904';

onEachEngine('Points', (held) => {
  const as = (role) => new Client(held.server, role);
  let people = 0;
  async function member(more = {}) {
    const body = {family_name: '青木', status: 'member', email: `points${++people}@example.jp`, ...more};
    return expectAnswer(await as('admin').post('/customers', body), 201).id;
  }
  const give = (customer, delta, more = {}, role = 'admin', options = {}) =>
    as(role).post(`/customers/${customer}/points`, {delta, kind: delta < 0 ? 'manual_deduct' : 'manual_grant', ...more}, options);
  const cancel = (entry, body = {}, role = 'admin') => as(role).post(`/points/${entry}/cancel`, body);
  const ledger = async (customer) => expectAnswer(await as('viewer').get(`/customers/${customer}/points`), 200).items;
  const shown = async (customer) => expectAnswer(await as('viewer').get(`/customers/${customer}`), 200);
  const found = async (condition) =>
    expectAnswer(await as('viewer').post('/customers/search', {condition, columns: ['points']}), 200).items.map(({id}) => id);
  const put = async (name, values) => expectAnswer(await as('admin').put(`/settings/${name}`, values, '*'), 200);
  const daysAhead = (days) => new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);

  it('FEATURES 73: a typed number is added, minus allowed: +100, −30 → +70, two rows with reason and actor', async () => {
    const id = await member();
    expectAnswer(await give(id, 100, {reason: 'お詫び'}, 'operator'), 201);
    const taken = await give(id, -30, {}, 'operator');
    expectAnswer(taken, 201);
    assert.equal(taken.headers.get('otokui-operation'), taken.body.operation);
    const rows = await ledger(id);
    assert.deepEqual(rows.map(({delta, balance_after}) => [delta, balance_after]), [[-30, 70], [100, 100]]);
    assert.equal(rows[1].reason, 'お詫び');
    assert.equal(rows[0].actor, 'operator');
  });

  it('FEATURES 72: points held equal the sum of the ledger; switched off they are nowhere', async () => {
    const id = await member();
    for (const delta of [10, 20, -5]) expectAnswer(await give(id, delta), 201);
    const sum = (await ledger(id)).reduce((total, {delta}) => total + delta, 0);
    assert.equal((await shown(id)).points, sum);
    const keys = async () => {
      const catalogue = expectAnswer(await as('viewer').get('/catalogue'), 200);
      return [...catalogue.fields, ...catalogue.things].map(({key}) => key).filter((key) => key.startsWith('point'));
    };
    assert.deepEqual(await keys(), ['points', 'points_expire_at', 'point_entry']);
    await put('features', {points: false});
    try {
      assert.deepEqual(await keys(), []);
      expectAnswer(await as('viewer').get(`/customers/${id}/points`), 404, 'feature.off');
      expectAnswer(await give(id, 1), 404, 'feature.off');
    } finally {
      await put('features', {points: true});
    }
    assert.equal((await ledger(id)).length, 3);
  });

  it('FEATURES 48: cancel writes a reversing row, once; what was used cannot be cancelled', async () => {
    const id = await member();
    const granted = expectAnswer(await give(id, 100), 201);
    const taken = expectAnswer(await give(id, -40), 201);
    expectAnswer(await cancel(granted.id), 409, 'points.consumed');
    const back = expectAnswer(await cancel(taken.id, {reason: '誤り'}), 201);
    assert.deepEqual([back.kind, back.delta, back.balance_after, back.reverses, back.reason], ['reversal', 40, 100, taken.id, '誤り']);
    expectAnswer(await cancel(taken.id), 409, 'points.already_cancelled');
    expectAnswer(await cancel(back.id), 409, 'points.not_cancellable');
    expectAnswer(await cancel(kMissing), 404, 'points.not_found');
    expectAnswer(await cancel(granted.id), 201);
    assert.equal((await shown(id)).points, 0);
    const rows = await ledger(id);
    assert.deepEqual(rows.map(({delta}) => delta), [-100, 40, -40, 100]);
    assert.deepEqual(rows.map(({cancellable}) => cancellable), [false, false, false, false]);
  });

  it('FEATURES 124: kinds: by hand only by hand, a token reports what the shop did; balances per kind', async () => {
    const id = await member();
    expectAnswer(await give(id, 5, {kind: 'order_earn', order_number: 'R-1'}), 201);
    expectAnswer(await give(id, 7, {kind: 'review'}), 201);
    expectAnswer(await give(id, 3), 201);
    const browser = await Client.signIn(held.server, 'admin');
    const refused = await browser.post(`/customers/${id}/points`, {delta: 5, kind: 'order_earn'});
    expectAnswer(refused, 422, 'points.invalid');
    assert.deepEqual(pointers(refused), ['/kind not_by_hand']);
    for (const kind of ['expire', 'reversal', 'csv', 'bulk', 'merge_transfer', 'withdraw_void'])
      assert.deepEqual(pointers(await give(id, -1, {kind})), ['/kind not_by_hand'], kind);
    const told = expectAnswer(await as('viewer').get(`/customers/${id}/points/lots`), 200);
    assert.deepEqual(Object.fromEntries(told.kinds.map(({kind, points}) => [kind, points])), {order_earn: 5, review: 7, manual_grant: 3});
    assert.equal(told.balance, 15);
    assert.equal((await ledger(id))[2].order_number, 'R-1');
  });

  it("FEATURES 124: the shop's own ポイント区分 stand under the kinds given by hand", async () => {
    const kinds = '/point-kinds';
    const sorry = expectAnswer(await as('admin').post(kinds, {name: ' お詫び ', kind: 'manual_grant'}), 201);
    assert.equal(sorry.name, 'お詫び');
    expectAnswer(await as('admin').post(kinds, {name: 'お詫び', kind: 'manual_deduct'}), 409, 'point_kind.name_taken');
    assert.deepEqual(pointers(await as('admin').post(kinds, {name: '', kind: 'order_earn'})), ['/kind not_a_choice', '/name required']);
    assert.deepEqual(pointers(await as('admin').post(kinds, {name: 'x'.repeat(51), kind: 'manual_grant'})), ['/name too_long']);
    expectAnswer(await as('operator').post(kinds, {name: 'x', kind: 'manual_grant'}), 403, 'forbidden');
    const id = await member();
    assert.deepEqual(pointers(await give(id, -1, {point_kind: sorry.id})), ['/point_kind not_a_choice']);
    const row = expectAnswer(await give(id, 10, {point_kind: sorry.id}), 201);
    assert.deepEqual([row.point_kind, row.point_kind_name], [sorry.id, 'お詫び']);
    expectAnswer(await give(id, 5), 201);
    const told = expectAnswer(await as('viewer').get(`/customers/${id}/points/lots`), 200);
    assert.deepEqual(told.kinds.map(({point_kind_name, points}) => [point_kind_name, points]).sort(), [[null, 5], ['お詫び', 10]]);
    expectAnswer(await as('admin').delete(`${kinds}/${sorry.id}`, sorry.version), 409, 'point_kind.in_use');
    const renamed = expectAnswer(await as('admin').patch(`${kinds}/${sorry.id}`, {name: 'お詫びポイント', position: 9}, sorry.version), 200);
    assert.deepEqual([renamed.name, renamed.position, renamed.used, renamed.version], ['お詫びポイント', 9, true, sorry.version + 1]);
    expectAnswer(await as('admin').patch(`${kinds}/${sorry.id}`, {name: 'x'}, sorry.version), 412, 'point_kind.stale');
    expectAnswer(await as('admin').patch(`${kinds}/${kMissing}`, {name: 'x'}, '*'), 404, 'point_kind.not_found');
    const other = expectAnswer(await as('admin').post(kinds, {name: '誤付与の訂正', kind: 'manual_deduct'}), 201);
    expectAnswer(await as('admin').delete(`${kinds}/${other.id}`, other.version), 204);
    assert.deepEqual(expectAnswer(await as('viewer').get(kinds), 200).items.map(({name}) => name), ['お詫びポイント']);
  });

  it('FEATURES 125: a change by hand restarts the expiry date of the balance, as the rules told before', async () => {
    const id = await member();
    const {rules} = expectAnswer(await as('viewer').get(`/customers/${id}/points/lots`), 200);
    assert.equal(rules.next_expires_at.slice(0, 10), daysAhead(365));
    expectAnswer(await give(id, 100, {expires_at: daysAhead(10)}), 201);
    assert.equal((await shown(id)).points_expire_at.slice(0, 10), daysAhead(10));
    expectAnswer(await give(id, -1), 201);
    assert.equal((await shown(id)).points_expire_at, rules.next_expires_at);
  });

  it('refuses with field, code and a sentence, and changes nothing', async () => {
    const id = await member();
    const wrong = await give(id, 1_000_000, {expires_at: '2027-02-31', reason: 'x'.repeat(201), point_kind: 'x', more: 1});
    expectAnswer(wrong, 422, 'points.invalid');
    assert.deepEqual(pointers(wrong), ['/delta out_of_range', '/expires_at not_a_date', '/more unknown_field', '/point_kind wrong_type', '/reason too_long']);
    assert.deepEqual(pointers(await give(id, 0)), ['/delta out_of_range']);
    expectAnswer(await give(id, -1), 409, 'points.not_enough');
    expectAnswer(await give(id, 1_001, {}, 'operator'), 403, 'points.over_ceiling');
    expectAnswer(await give(id, 1, {}, 'viewer'), 403, 'forbidden');
    expectAnswer(await give(kMissing, 1), 404, 'customer.not_found');
    expectAnswer(await give(await member({status: 'guest'}), 1), 409, 'points.not_a_member');
    expectAnswer(await give(await member({status: 'provisional'}), 1), 409, 'points.not_a_member');
    assert.deepEqual(await ledger(id), []);
  });

  it('a retried Idempotency-Key gives one row', async () => {
    const id = await member();
    const headers = {'idempotency-key': randomUUID()};
    const answers = await Promise.all(Array.from({length: 6}, () => give(id, 10, {}, 'admin', {headers})));
    assert.deepEqual([...new Set(answers.filter(({status}) => status === 201).map(({body}) => body.id))].length, 1);
    expectAnswer(await give(id, 10, {}, 'admin', {headers}), 201);
    assert.equal((await ledger(id)).length, 1);
  });

  it('an undo adds the opposite row', async () => {
    const id = await member();
    const {operation} = expectAnswer(await give(id, 10), 201);
    expectAnswer(await as('admin').post(`/operations/${operation}/undo`, {}), 200);
    assert.deepEqual((await ledger(id)).map(({kind, delta}) => [kind, delta]), [['reversal', -10], ['manual_grant', 10]]);
    expectAnswer(await as('admin').post(`/operations/${operation}/undo`, {}), 409, 'operation.already_undone');
  });

  it('withdrawal voids the balance with one row, and its undo gives it back', async () => {
    const id = await member();
    expectAnswer(await give(id, 10), 201);
    const left = await as('admin').post(`/customers/${id}/withdraw`, {});
    expectAnswer(left, 200);
    assert.deepEqual((await ledger(id)).map(({kind, delta}) => [kind, delta]), [['withdraw_void', -10], ['manual_grant', 10]]);
    expectAnswer(await give(id, 1), 409, 'points.not_a_member');
    expectAnswer(await as('admin').post(`/operations/${left.headers.get('otokui-operation')}/undo`, {}), 200);
    const back = await shown(id);
    assert.deepEqual([back.status, back.points], ['member', 10]);
  });

  it('conditions find customers by their ledger', async () => {
    const id = await member();
    expectAnswer(await give(id, 777, {reason: '冬のキャンペーン', expires_at: daysAhead(20)}), 201);
    const having = (where, count) => ({has: 'point_entry', where, ...(count && {count})});
    assert.deepEqual(await found(having({field: 'reason', op: 'contains', value: 'キャンペーン'})), [id]);
    assert.deepEqual(await found(having({all: [{field: 'kind', op: 'in', value: ['manual_grant']}, {field: 'delta', op: 'at_least', value: 777}]})), [id]);
    assert.deepEqual(await found(having({field: 'expires_at', op: 'is', value: {ahead: 20, unit: 'day'}})), [id]);
    assert.ok((await found(having({field: 'at', op: 'is', value: {ago: 0, unit: 'day'}}))).includes(id));
    assert.ok(!(await found(having({field: 'kind', op: 'in', value: ['manual_grant']}, {at_most: 0}))).includes(id));
    assert.deepEqual(await found({field: 'points', op: 'is', value: 777}), [id]);
  });

  it('the ledger pages to its end', async () => {
    const id = await member();
    for (let i = 1; i <= 5; ++i) expectAnswer(await give(id, i), 201);
    const seen = [];
    let cursor = '';
    do {
      const page = expectAnswer(await as('viewer').get(`/customers/${id}/points?limit=2${cursor && `&cursor=${cursor}`}`), 200);
      seen.push(...page.items.map(({delta}) => delta));
      cursor = page.next_cursor;
    } while (cursor);
    assert.deepEqual(seen, [5, 4, 3, 2, 1]);
  });

  it('points expire --date: usable through their last day, one row for each lot, and once', async () => {
    await put('points', {expiry_mode: 'lots'});
    try {
      const id = await member();
      const last = daysAhead(2);
      for (const delta of [10, 20]) expectAnswer(await give(id, delta, {expires_at: last}), 201);
      const expire = async (day) => JSON.parse((await held.server.command(['points', 'expire', '--date', day])).trim().split('\n').at(-1));
      await expire(last);
      assert.equal((await shown(id)).points, 30);
      const figures = await expire(daysAhead(3));
      assert.deepEqual(figures, {customers: 1, entries: 2, points: 30});
      assert.deepEqual(await expire(daysAhead(3)), {customers: 0, entries: 0, points: 0});
      assert.deepEqual((await ledger(id)).map(({kind, delta}) => [kind, delta]).slice(0, 2), [['expire', -20], ['expire', -10]]);
      await assert.rejects(held.server.command(['points', 'expire', '--date', '2027-02-31']));
    } finally {
      await put('points', {expiry_mode: 'balance'});
    }
  });

  it('purchases explain themselves', async () => {
    const id = await member();
    const told = expectAnswer(await as('viewer').get(`/customers/${id}/purchases/why`), 200);
    assert.deepEqual(told, {purchase_total: 0, purchase_count: 0, statuses: [], counted: []});
    expectAnswer(await as('viewer').get(`/customers/${kMissing}/purchases/why`), 404, 'customer.not_found');
  });

  const finished = async (job) => {
    for (;;) {
      const {body} = await as('admin').get(`/jobs/${job}`);
      if (['done', 'failed', 'cancelled'].includes(body.status)) return body;
      await pause(50);
    }
  };
  const exported = async (ids) => {
    const condition = {field: 'id', op: 'in', value: ids};
    const {job} = expectAnswer(await as('admin').post('/exports/points', {condition, encoding: 'utf-8'}), 202);
    assert.equal((await finished(job)).status, 'done');
    return (await as('admin').get(`/jobs/${job}/result`)).text;
  };
  const imported = async (raw, query = '') => {
    const {job} = expectAnswer(await as('admin').request('post', `/imports/points?${query}`, {raw, type: 'text/csv'}), 202);
    return finished(job);
  };

  it('FEATURES 131: points as CSV, members alone, in every encoding; taken in again nothing changes', async () => {
    const [id, guest] = [await member({given_name: '花'}), await member({status: 'guest'})];
    expectAnswer(await give(id, 120), 201);
    const {number, email} = expectAnswer(await as('admin').get(`/customers/${id}`), 200);
    const file = await exported([id, guest]);
    assert.equal(file, `顧客番号,メールアドレス,氏名,出力時ポイント,ポイント,名目,コメント\r\n${number},${email},青木 花,120,120,,\r\n`);
    const same = await imported(file);
    assert.deepEqual([same.status, same.update, same.unchanged, same.error], ['done', 0, 1, 0]);
    expectAnswer(await as('operator').post('/exports/points', {}), 403, 'forbidden');
    await put('features', {points: false});
    try {
      expectAnswer(await as('admin').post('/exports/points', {}), 404, 'feature.off');
      expectAnswer(await as('admin').request('post', '/imports/points', {raw: file, type: 'text/csv'}), 404, 'feature.off');
    } finally {
      await put('features', {points: true});
    }
  });

  it('FEATURES 133: an edited file changes balances and no expiry date, after a dry run with the same numbers', async () => {
    const [up, down, same] = [await member(), await member(), await member()];
    for (const id of [up, down, same]) expectAnswer(await give(id, 100, {expires_at: daysAhead(30)}), 201);
    const numbers = await Promise.all([up, down, same].map(async (id) => (await shown(id)).number));
    const csv = ['顧客番号,出力時ポイント,ポイント,コメント', `${numbers[0]},100,150,補填`, `${numbers[1]},100,1,`, `${numbers[2]},100,100,`].join('\n');
    const tried = await imported(csv, 'dry_run=true');
    assert.deepEqual([tried.update, tried.unchanged, tried.error], [2, 1, 0]);
    assert.equal((await shown(up)).points, 100);
    const {job} = expectAnswer(await as('admin').post(`/jobs/${tried.id}/apply`, {}), 202);
    const done = await finished(job);
    assert.deepEqual([done.status, done.update, done.unchanged, done.error], ['done', 2, 1, 0]);
    assert.deepEqual(await Promise.all([up, down, same].map(async (id) => (await shown(id)).points)), [150, 1, 100]);
    for (const id of [up, down, same]) assert.equal((await shown(id)).points_expire_at.slice(0, 10), daysAhead(30));
    const row = (await ledger(up))[0];
    assert.deepEqual([row.kind, row.delta, row.reason], ['csv', 50, '補填']);
    assert.equal((await ledger(same)).length, 1);
    expectAnswer(await as('admin').post(`/operations/${done.operation}/undo`, {}), 200);
    assert.deepEqual(await Promise.all([up, down].map(async (id) => (await shown(id)).points)), [100, 100]);
  });

  it('a points file with wrong rows is refused whole, each with its reason', async () => {
    const [id, guest] = [await member(), await member({status: 'guest'})];
    expectAnswer(await give(id, 10), 201);
    const [{number}, other] = [await shown(id), await shown(guest)];
    const csv = ['顧客番号,出力時ポイント,ポイント', `${number},9,20`, `${other.number},0,5`, 'NOBODY,0,5', ',0,5', 'X,a,b'].join('\n');
    const job = await imported(csv);
    assert.deepEqual([job.status, job.error], ['failed', 5]);
    const rows = expectAnswer(await as('admin').get(`/jobs/${job.id}/rows?outcome=error`), 200).items;
    assert.deepEqual(rows.map(({errors}) => errors[0].code), ['points.changed_since_export', 'points.not_a_member', 'customer_not_found', 'required', 'customer_not_found']);
    assert.equal((await imported(`顧客番号,出力時ポイント,ポイント\n${number},10,-1\n`)).status, 'failed');
    assert.equal((await shown(id)).points, 10);
  });

  it('a points file books under the kinds of the shop (名目), each with its sign', async () => {
    const kind = expectAnswer(await as('admin').post('/point-kinds', {name: '雨の日', kind: 'manual_grant'}), 201);
    const id = await member();
    expectAnswer(await give(id, 10), 201);
    const {number} = await shown(id);
    const file = (points, name) => `顧客番号,出力時ポイント,ポイント,名目\n${number},10,${points},${name}\n`;
    for (const [points, name, code] of [[20, '晴れの日', 'points.no_such_kind'], [5, '雨の日', 'points.kind_wrong_sign']]) {
      const job = await imported(file(points, name), 'dry_run=true');
      const [row] = expectAnswer(await as('admin').get(`/jobs/${job.id}/rows?outcome=error`), 200).items;
      assert.deepEqual(row.errors.map(({column, code}) => [column, code]), [['名目', code]]);
    }
    assert.equal((await imported(file(25, '雨の日'))).status, 'done');
    const [row] = await ledger(id);
    assert.deepEqual([row.kind, row.delta, row.point_kind, row.point_kind_name], ['csv', 15, kind.id, '雨の日']);
    expectAnswer(await as('admin').delete(`/point-kinds/${kind.id}`, '*'), 409, 'point_kind.in_use');
  });

  it('the books agree afterwards', async () => {
    assert.match(await held.server.command(['verify']), /the books agree/);
  });
});
