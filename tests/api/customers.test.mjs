import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {document} from './support/document.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Customers', (held) => {
  const as = (role) => new Client(held.server, role);
  let made = 0;
  const create = async (input = {}) =>
    expectAnswer(await as('operator').post('/customers', {family_name: '田中', email: `tanaka${++made}@example.jp`, ...input}), 201);

  it('are created as typed, but for what is listed in adjusted', async () => {
    const answer = await as('operator').post('/customers', {
      status: 'member',
      family_name: ' 髙橋 ',
      given_name: '花子\u{20BB7}',
      family_kana: 'たかはし',
      given_kana: 'ﾊﾅｺ',
      email: 'Hanako.Takahashi@Example.JP',
      phone: '０８０－１２３４－５６７８',
      fax: '+81 3-1234-5678',
      postal_code: '〒150-0001',
      prefecture: 13,
      city: '渋谷区',
      street: '神宮前1-2-3',
      building: '青葉ビル2F',
      sex: 'female',
      birth_date: '1985-04-03',
      newsletter: true,
      memo: '一行目\r\n二行目',
    });
    const customer = expectAnswer(answer, 201);
    assert.equal(customer.family_name, '髙橋');
    assert.equal(customer.name, '髙橋 花子\u{20BB7}');
    assert.equal(customer.kana, 'タカハシ ハナコ');
    assert.equal(customer.email, 'hanako.takahashi@example.jp');
    assert.equal(customer.phone, '08012345678');
    assert.equal(customer.fax, '0312345678');
    assert.equal(customer.postal_code, '1500001');
    assert.equal(customer.prefecture_name, '東京都');
    assert.equal(customer.address, '東京都渋谷区神宮前1-2-3 青葉ビル2F');
    assert.equal(customer.memo, '一行目\n二行目');
    assert.equal(customer.newsletter, true);
    assert.equal(customer.purchase_total, 0);
    assert.equal(customer.deleted, 'no');
    assert.equal(customer.version, 1);
    assert.deepEqual(
      customer.adjusted.map(({pointer}) => pointer).sort(),
      ['/email', '/family_kana', '/family_name', '/fax', '/given_kana', '/memo', '/phone', '/postal_code'],
    );
    assert.equal(answer.headers.get('etag'), '"1"');
    assert.equal(answer.headers.get('location'), `/api/v1/customers/${customer.id}`);
    assert.match(answer.headers.get('otokui-operation'), /^[0-9]+$/);
    const {adjusted, ...rest} = customer;
    assert.deepEqual(expectAnswer(await as('operator').get(`/customers/${customer.id}`), 200), rest);
  });

  it('need one of name, mail and phone', async () => {
    const answer = await as('operator').post('/customers', {memo: 'x'});
    expectAnswer(answer, 422, 'customer.invalid');
    assert.ok(answer.body.errors.some(({code}) => code === 'one_of_required'), answer.text);
  });

  it('are refused with every wrong field at once', async () => {
    const answer = await as('operator').post('/customers', {
      email: 'not a mail',
      phone: '12',
      postal_code: '12',
      prefecture: 48,
      sex: 'robot',
      birth_date: '2001-02-29',
      family_name: 'x'.repeat(5000),
      status: 'king',
      points: 5,
      nonsense: 1,
      newsletter: 'yes',
    });
    expectAnswer(answer, 422);
    const wrong = new Set(answer.body.errors.map(({pointer}) => pointer));
    for (const pointer of ['/email', '/phone', '/postal_code', '/prefecture', '/sex', '/birth_date', '/family_name', '/status', '/points', '/nonsense', '/newsletter'])
      assert.ok(wrong.has(pointer), `${pointer} is missing in ${answer.text}`);
  });

  it('of one mail address clash among members only', async () => {
    const email = 'once@example.jp';
    expectAnswer(await as('operator').post('/customers', {status: 'member', family_name: '一', email}), 201);
    const clash = await as('operator').post('/customers', {status: 'provisional', family_name: '二', email: 'ONCE@example.jp'});
    expectAnswer(clash, 409, 'customer.email_taken');
    expectAnswer(await as('operator').post('/customers', {status: 'guest', family_name: '三', email}), 201);
  });

  it('FEATURES 44: are changed under If-Match, only where something differs', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}`;
    expectAnswer(await as('operator').patch(path, {city: '渋谷区'}), 428, 'header.if_match_required');
    const changed = expectAnswer(await as('operator').patch(path, {city: '渋谷区', memo: 'あ'}, 1), 200);
    assert.equal(changed.version, 2);
    assert.equal(changed.city, '渋谷区');
    const same = await as('operator').patch(path, {city: '渋谷区'}, 2);
    assert.equal(expectAnswer(same, 200).version, 2);
    assert.equal(same.headers.get('otokui-operation'), null);
    const emptied = expectAnswer(await as('operator').patch(path, {city: null}, '*'), 200);
    assert.equal(emptied.city, null);
    expectAnswer(await as('operator').patch('/customers/999999', {city: 'x'}, '*'), 404, 'customer.not_found');
  });

  it('tell a stale write both values and change nothing', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}`;
    await as('operator').patch(path, {memo: 'theirs'}, 1);
    const stale = await as('operator').patch(path, {memo: 'mine'}, 1);
    expectAnswer(stale, 412, 'customer.stale');
    assert.equal(stale.body.current.memo, 'theirs');
    assert.equal(stale.body.sent.memo, 'mine');
    assert.equal((await as('operator').get(path)).body.memo, 'theirs');
  });

  it('are deleted softly and restored', async () => {
    const customer = await create({status: 'member'});
    const path = `/customers/${customer.id}`;
    expectAnswer(await as('operator').delete(path, '*'), 403, 'forbidden');
    expectAnswer(await as('admin').delete(path), 428);
    expectAnswer(await as('admin').delete(path, 99), 412, 'customer.stale');
    const deleted = await as('admin').delete(path, customer.version);
    expectAnswer(deleted, 204);
    assert.match(deleted.headers.get('otokui-operation'), /^[0-9]+$/);
    const read = expectAnswer(await as('viewer').get(path), 200);
    assert.equal(read.deleted, 'yes');
    assert.equal(read.status, 'member');
    assert.equal(read.delete_cause, 'staff');
    expectAnswer(await as('admin').delete(path, '*'), 409, 'customer.deleted');
    expectAnswer(await as('admin').patch(path, {memo: 'x'}, '*'), 409, 'customer.deleted');
    assert.equal(expectAnswer(await as('admin').post(`${path}/restore`, {}), 200).deleted, 'no');
    expectAnswer(await as('admin').post(`${path}/restore`, {}), 409, 'customer.not_deleted');
  });

  it('are not restored over somebody with the same mail address', async () => {
    const email = 'again@example.jp';
    const first = await create({status: 'member', email});
    expectAnswer(await as('admin').delete(`/customers/${first.id}`, '*'), 204);
    await create({status: 'member', email});
    expectAnswer(await as('admin').post(`/customers/${first.id}/restore`, {}), 409, 'customer.email_taken');
  });

  it('show masked contact data to a viewer', async () => {
    const customer = await create({phone: '0312345678', prefecture: 13, city: '渋谷区', street: '神宮前1'});
    const seen = expectAnswer(await as('viewer').get(`/customers/${customer.id}`), 200);
    for (const key of ['email', 'phone', 'city', 'street', 'address']) assert.equal(seen[key], '*****', key);
    assert.equal(seen.name, '田中');
    assert.equal(seen.prefecture_name, '東京都');
    const masked = (await as('viewer').get('/catalogue')).body.fields.filter((field) => field.masked).map((field) => field.key);
    assert.deepEqual(masked.filter((key) => key !== 'member_id').sort(),
      ['address', 'building', 'city', 'email', 'email2', 'fax', 'phone', 'postal_code', 'street']);
  });

  it('happen once under one Idempotency-Key', async () => {
    const headers = {'idempotency-key': 'order-4711'};
    const body = {family_name: '一度', phone: '0312345678'};
    const first = expectAnswer(await as('operator').post('/customers', body, {headers}), 201);
    assert.deepEqual(expectAnswer(await as('operator').post('/customers', body, {headers}), 201), first);
    expectAnswer(await as('operator').post('/customers', {...body, phone: '0399999999'}, {headers}), 422, 'idempotency.other_body');
    assert.notEqual(expectAnswer(await as('admin').post('/customers', body, {headers}), 201).id, first.id);
  });

  it('what was refused for what the shop held then stays refused under its Idempotency-Key', async () => {
    const admin = as('admin');
    const customer = await create();
    const coupon = expectAnswer(await admin.post('/coupons', {name: '控え', code: 'kept-422', discount: 'amount', value: 1, customer_limited: true}), 201);
    const headers = {'idempotency-key': 'kept-422'};
    const grant = (body, more = {headers}) => admin.post(`/coupons/${coupon.id}/grants`, body, more);
    const body = {customers: [customer.id]};
    expectAnswer(await admin.delete(`/customers/${customer.id}`, '*'), 204);
    const refused = await grant(body);
    expectAnswer(refused, 422, 'coupon_grant.invalid');
    assert.deepEqual(pointers(refused), ['/customers/0 deleted']);
    expectAnswer(await admin.post(`/customers/${customer.id}/restore`, {}), 200);
    const again = await grant(body);
    expectAnswer(again, 422, 'coupon_grant.invalid');
    assert.deepEqual(again.body, refused.body);
    expectAnswer(await grant({...body, times: 2}), 422, 'idempotency.other_body');
    expectAnswer(await grant(body, {}), 200);
  });

  it('what no shop would take is not kept: the key serves who corrects it', async () => {
    const headers = {'idempotency-key': 'not-kept-422'};
    const wrong = await as('operator').post('/customers', {family_name: '直す', email: 'naosu@', birth_date: '2001-02-30'}, {headers});
    expectAnswer(wrong, 422, 'customer.invalid');
    assert.deepEqual(pointers(wrong), ['/birth_date no_such_day', '/email not_an_email']);
    expectAnswer(await as('operator').post('/customers', {family_name: '直す', email: 'naosu@example.jp'}, {headers}), 201);
  });

  it('a refusal under an Idempotency-Key leaves nothing half done', async () => {
    const admin = as('admin');
    const people = [await create(), await create(), await create()];
    const coupon = expectAnswer(await admin.post('/coupons', {name: '半端', code: 'half-done', discount: 'amount', value: 1, customer_limited: true}), 201);
    const granted = await admin.post(`/coupons/${coupon.id}/grants`, {customers: people.map(({id}) => id)});
    expectAnswer(granted, 200);
    expectAnswer(await admin.delete(`/coupons/${coupon.id}/grants/${people[0].id}`, '*'), 204);
    const held_by = async () => {
      const held = [];
      for (const {id} of people) held.push(...expectAnswer(await as('viewer').get(`/customers/${id}/coupons`), 200).items.map(({id: grant, state}) => `${grant} ${state}`));
      return held;
    };
    const before = await held_by();
    assert.equal(before.length, 3);
    for (const headers of [{}, {'idempotency-key': 'half-done'}, {'idempotency-key': 'half-done'}]) {
      expectAnswer(await admin.post(`/operations/${granted.headers.get('otokui-operation')}/undo`, {}, {headers}), 409, 'operation.changed_since');
      assert.deepEqual(await held_by(), before, JSON.stringify(headers));
    }
    const taken = {status: 'member', family_name: '重複', email: (await create({status: 'member'})).email};
    for (let i = 0; i < 2; i += 1) expectAnswer(await as('operator').post('/customers', taken, {headers: {'idempotency-key': 'half-taken'}}), 409, 'customer.email_taken');
    await held.server.command(['verify']);
  });

  it('have many addresses, one of them the default', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}/addresses`;
    const home = expectAnswer(await as('operator').post(path, {label: '自宅', family_name: '田中', postal_code: '150-0001', prefecture: 13, city: '渋谷区'}), 201);
    assert.equal(home.is_default, true);
    assert.equal(home.postal_code, '1500001');
    assert.deepEqual(home.adjusted.map(({pointer}) => pointer), ['/postal_code']);
    const parents = expectAnswer(await as('operator').post(path, {label: '実家', is_default: true}), 201);
    const listed = expectAnswer(await as('operator').get(path), 200).items;
    assert.deepEqual(listed.map((address) => [address.label, address.is_default]), [['実家', true], ['自宅', false]]);
    const one = `${path}/${home.id}`;
    expectAnswer(await as('operator').patch(one, {phone: '03-1234-5678'}), 428);
    const changed = await as('operator').patch(one, {phone: '03-1234-5678'}, listed[1].version);
    assert.equal(expectAnswer(changed, 200).phone, '0312345678');
    expectAnswer(await as('operator').patch(one, {phone: '0'}, '*'), 422, 'address.invalid');
    expectAnswer(await as('operator').patch(one, {label: 'x'}, 99), 412, 'address.stale');
    assert.equal(expectAnswer(await as('viewer').get(one), 200).phone, '*****');
    expectAnswer(await as('operator').delete(`${path}/${parents.id}`, '*'), 204);
    expectAnswer(await as('operator').get(`${path}/${parents.id}`), 404, 'address.not_found');
    const other = await create();
    expectAnswer(await as('operator').get(`/customers/${other.id}/addresses/${home.id}`), 404, 'address.not_found');
    expectAnswer(await as('operator').get('/customers/999999/addresses'), 404, 'customer.not_found');
  });

  it('the document and the catalogue name the same fields', async () => {
    const {fields} = expectAnswer(await as('owner').get('/catalogue'), 200);
    const shown = fields.filter((field) => field.listable); // the others are only searched by
    const keys = shown.map((field) => field.key);
    const names = shown.map((field) => field.name_key).filter(Boolean);
    const documented = Object.keys(document.components.schemas.Customer.properties);
    assert.deepEqual([...keys, ...names].sort(), documented.sort());
    const input = Object.keys(document.components.schemas.CustomerInput.properties);
    assert.deepEqual(fields.filter((field) => field.editable).map((field) => field.key).sort(), input.sort());
  });
});

onEachEngine('History and undo', (held) => {
  const as = (role) => new Client(held.server, role);
  const create = async () =>
    expectAnswer(await as('operator').post('/customers', {family_name: '鈴木', phone: '0311112222', memo: '前'}), 201);

  it('tell who changed what, newest first', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}`;
    await as('operator').patch(path, {memo: '後', city: '渋谷区'}, '*');
    const items = expectAnswer(await as('operator').get(`${path}/history`), 200).items;
    assert.equal(items.length, 2);
    assert.equal(items[0].actor.name, 'operator');
    assert.equal(items[0].ip, '127.0.0.1');
    assert.deepEqual(items[0].changes.map(({field, before, after}) => [field, before, after]).sort(),
      [['city', null, '渋谷区'], ['memo', '前', '後']]);
    const seen = (await as('viewer').get(`${path}/history`)).body.items[0];
    assert.ok(!JSON.stringify(seen).includes('渋谷区'), 'a viewer sees an address in the history');
    expectAnswer(await as('operator').get('/customers/999999/history'), 404, 'customer.not_found');
  });

  it('an operation is taken back, once, and that can be taken back too', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}`;
    const operation = (await as('operator').patch(path, {memo: '後'}, '*')).headers.get('otokui-operation');
    assert.equal(expectAnswer(await as('operator').get(`/operations/${operation}`), 200).undoable, true);
    const undone = expectAnswer(await as('operator').post(`/operations/${operation}/undo`, {}), 200);
    assert.equal((await as('operator').get(path)).body.memo, '前');
    expectAnswer(await as('operator').post(`/operations/${operation}/undo`, {}), 409, 'operation.already_undone');
    expectAnswer(await as('operator').post(`/operations/${undone.operation}/undo`, {}), 200);
    assert.equal((await as('operator').get(path)).body.memo, '後');
  });

  it('an undo names the fields changed since and changes nothing', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}`;
    const operation = (await as('operator').patch(path, {memo: '二', city: '港区'}, '*')).headers.get('otokui-operation');
    await as('operator').patch(path, {memo: '三'}, '*');
    const refused = await as('operator').post(`/operations/${operation}/undo`, {});
    expectAnswer(refused, 409, 'operation.changed_since');
    assert.deepEqual(refused.body.conflicts.map((conflict) => conflict.field), ['memo']);
    assert.equal((await as('operator').get(path)).body.city, '港区');
  });

  it('an undo needs the right for what is undone', async () => {
    const customer = await create();
    const deleted = (await as('admin').delete(`/customers/${customer.id}`, '*')).headers.get('otokui-operation');
    expectAnswer(await as('operator').post(`/operations/${deleted}/undo`, {}), 403, 'forbidden');
    expectAnswer(await as('viewer').post(`/operations/${deleted}/undo`, {}), 403, 'forbidden');
    expectAnswer(await as('admin').post(`/operations/${deleted}/undo`, {}), 200);
    assert.equal((await as('admin').get(`/customers/${customer.id}`)).body.deleted, 'no');
  });

  it('operations are listed in pages; an unknown one is 404', async () => {
    const first = expectAnswer(await as('operator').get('/operations?limit=2'), 200);
    assert.equal(first.items.length, 2);
    const second = expectAnswer(await as('operator').get(`/operations?limit=2&cursor=${first.next_cursor}`), 200);
    assert.ok(BigInt(second.items[0].id) < BigInt(first.items[1].id));
    expectAnswer(await as('operator').get('/operations/999999'), 404, 'operation.not_found');
  });

  it('operations are narrowed by who and by day', async () => {
    await create();
    const {id} = expectAnswer(await as('operator').get('/me'), 200);
    const own = expectAnswer(await as('operator').get(`/operations?staff=${id}`), 200).items;
    assert.ok(own.length > 0 && own.every(({actor}) => actor.id === id));
    const day = own[0].at.slice(0, 10);
    assert.equal(expectAnswer(await as('operator').get(`/operations?from=${day}&to=${day}&limit=1`), 200).items.length, 1);
    assert.deepEqual(expectAnswer(await as('operator').get('/operations?to=2020-01-01'), 200).items, []);
    assert.deepEqual(expectAnswer(await as('operator').get('/operations?from=2999-01-01'), 200).items, []);
    const wrong = expectAnswer(await as('operator').get('/operations?staff=x&from=2026-02-30'), 422, 'query.invalid');
    assert.deepEqual(wrong.errors.map(({pointer, code}) => `${pointer} ${code}`).sort(), ['/from not_a_date', '/staff not_an_id']);
  });

  it('operations are narrowed by what was done, several kinds at once, page after page', async () => {
    const admin = as('admin');
    const customer = await create();
    const path = `/customers/${customer.id}`;
    expectAnswer(await admin.patch(path, {memo: '種類'}, '*'), 200);
    expectAnswer(await admin.post(`${path}/memos`, {body: '種類'}), 201);
    expectAnswer(await admin.patch(path, {memo: '別の種類'}, '*'), 200);
    const {id} = expectAnswer(await admin.get('/me'), 200);

    const kinds = new Map(expectAnswer(await admin.get('/operation-kinds'), 200).items.map(({kind, label}) => [kind, label]));
    assert.deepEqual(kinds.get('memo.create'), {ja: 'メモの登録', en: 'Memo written'});
    assert.ok(!kinds.has('coupon.grant'), 'what nobody has done yet is no choice');

    const all = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await admin.get(`/operations?staff=${id}&limit=200${cursor}`), 200);
      all.push(...page.items);
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    const wanted = ['customer.update', 'memo.create'];
    const expected = all.filter(({kind}) => wanted.includes(kind)).map((operation) => operation.id);
    const found = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await admin.get(`/operations?staff=${id}&kinds=${wanted.join(',')},${wanted[0]}&limit=2${cursor}`), 200);
      found.push(...page.items);
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    assert.deepEqual(found.map((operation) => operation.id), expected);
    assert.deepEqual([...new Set(found.map(({kind}) => kind))].sort(), wanted);
    assert.equal(found[0].kind, 'customer.update');
    assert.equal(found[1].kind, 'memo.create');

    const memos = expectAnswer(await admin.get('/operations?kinds=memo.create&limit=200'), 200).items;
    assert.ok(memos.length > 0 && memos.every(({kind}) => kind === 'memo.create'));
    assert.deepEqual(expectAnswer(await admin.get('/operations?kinds=memo.create&to=2020-01-01'), 200).items, []);
    const wrong = expectAnswer(await admin.get('/operations?kinds=memo.create,memo.burn'), 422, 'query.invalid');
    assert.deepEqual(wrong.errors.map(({pointer, code}) => `${pointer} ${code}`), ['/kinds not_a_choice']);
  });

  it('the columns of a list begin with whose row it is', async () => {
    assert.deepEqual(expectAnswer(await as('viewer').get('/catalogue'), 200).default_columns.slice(0, 2), ['number', 'name']);
  });
});
