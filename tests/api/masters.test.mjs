import assert from 'node:assert/strict';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kPaths = ['labels', 'groups', 'levels', 'special-types', 'block-reasons', 'occupations', 'customer-types'];

onEachEngine('Masters', (held) => {
  const as = (role) => new Client(held.server, role);
  let serial = 0;
  const valuesOf = (path, more = {}) => ({name: `名前${++serial}`, ...(path === 'special-types' ? {code: `C${serial}`} : {}), ...more});
  const make = async (path, more) => expectAnswer(await as('admin').post(`/${path}`, valuesOf(path, more)), 201);
  const customer = async (more = {}) => expectAnswer(await as('admin').post('/customers', {family_name: `客${++serial}`, ...more}), 201);
  const groupsOf = async (id) => expectAnswer(await as('admin').get(`/customers/${id}`), 200).groups;
  const countIn = async (group) =>
    expectAnswer(await as('admin').post('/customers/search', {condition: {field: 'groups', op: 'any_of', value: [group]}, limit: 0}), 200).total;
  const finished = async (job) => {
    for (;;) {
      const now = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(now.status)) return now;
      await pause(20);
    }
  };
  const undo = (answer) => as('admin').post(`/operations/${answer.headers.get('otokui-operation')}/undo`, {});

  for (const path of kPaths) {
    const row = {groups: 'FEATURES 81', 'special-types': 'FEATURES 84', 'block-reasons': 'FEATURES 87', labels: 'FEATURES 111'}[path];
    it(`${row ? `${row}: ` : ''}/${path} are added, read, changed, put in order and deleted, and each act is taken back`, async () => {
      const admin = as('admin');
      const first = await make(path);
      const answer = await admin.post(`/${path}`, valuesOf(path));
      const second = expectAnswer(answer, 201);
      assert.equal(answer.headers.get('etag'), '"1"');
      assert.equal(second.position, first.position + 1);
      assert.equal(second.members, 0);

      const changed = await admin.patch(`/${path}/${first.id}`, {name: ` 改名${serial} `}, 1);
      assert.equal(expectAnswer(changed, 200).name, `改名${serial}`);
      assert.equal(expectAnswer(await admin.patch(`/${path}/${first.id}`, {name: 'x'}, 1), 412, 'master.stale').current.version, 2);
      expectAnswer(await undo(changed), 200);
      assert.equal(expectAnswer(await admin.get(`/${path}/${first.id}`), 200).name, first.name);

      const all = expectAnswer(await admin.get(`/${path}?limit=200`), 200).items;
      const turned = all.map(({id}) => id).toReversed();
      const order = await admin.post(`/${path}/order`, {ids: turned});
      expectAnswer(order, 204);
      assert.deepEqual(expectAnswer(await admin.get(`/${path}`), 200).items.map(({id}) => id), turned);
      expectAnswer(await admin.post(`/${path}/order`, {ids: turned.slice(1)}), 409, 'master.order_changed');
      expectAnswer(await undo(order), 200);

      const deleted = await admin.delete(`/${path}/${second.id}`, '*');
      expectAnswer(deleted, 204);
      expectAnswer(await admin.get(`/${path}/${second.id}`), 404, 'master.not_found');
      expectAnswer(await undo(deleted), 200);
      const history = expectAnswer(await admin.get(`/${path}/${second.id}/history`), 200).items;
      assert.ok(history.length >= 3, JSON.stringify(history));
    });

    it(`/${path} refuse what is wrong, and whoever may not`, async () => {
      const admin = as('admin');
      const row = await make(path);
      const wrong = await admin.post(`/${path}`, {name: 'あ'.repeat(51), colour: 1, version: 2});
      expectAnswer(wrong, 422, 'master.invalid');
      for (const expected of ['/colour unknown_field', '/name too_long', '/version read_only']) assert.ok(pointers(wrong).includes(expected));
      expectAnswer(await admin.post(`/${path}`, valuesOf(path, {name: row.name})), 409, 'master.name_taken');
      expectAnswer(await admin.patch(`/${path}/${row.id}`, {name: 'x'}), 428, 'header.if_match_required');
      expectAnswer(await admin.delete(`/${path}/${row.id}`), 428, 'header.if_match_required');
      expectAnswer(await admin.get(`/${path}?cursor=nonsense`), 422, 'cursor.invalid');
      assert.ok(expectAnswer(await as('viewer').get(`/${path}`), 200).items.length > 0);
      for (const refused of [
        await as('operator').post(`/${path}`, valuesOf(path)),
        await as('operator').patch(`/${path}/${row.id}`, {name: 'x'}, '*'),
        await as('operator').delete(`/${path}/${row.id}`, '*'),
        await as('operator').post(`/${path}/order`, {ids: [row.id]}),
      ])
        expectAnswer(refused, 403, 'forbidden');
      expectAnswer(await new Client(held.server).get(`/${path}`), 401);
    });
  }

  it('tell what they are made of, so that screens follow from it', async () => {
    const declared = expectAnswer(await as('viewer').get('/masters'), 200).items;
    assert.deepEqual(declared.map(({name}) => name), kPaths);
    const rate = declared[1].fields.find(({key}) => key === 'point_rate');
    assert.deepEqual([rate.type, rate.hundredths, rate.maximum], ['integer', true, 10000]);
    const catalogue = expectAnswer(await as('viewer').get('/catalogue'), 200).fields.map(({key}) => key);
    for (const master of declared) assert.ok(catalogue.includes(master.field), master.field);
  });

  it('are hidden with the part of the product they belong to', async () => {
    expectAnswer(await as('admin').patch('/settings/features', {levels: false}, '*'), 200);
    expectAnswer(await as('admin').get('/levels'), 404, 'feature.off');
    const declared = expectAnswer(await as('viewer').get('/masters'), 200).items;
    assert.equal(declared.some(({name}) => name === 'levels'), false);
    expectAnswer(await as('admin').patch('/settings/features', {levels: true}, '*'), 200);
    expectAnswer(await as('admin').get('/levels'), 200);
  });

  it('FEATURES 111: the catalogue tells colours, what lists hide and what is retired', async () => {
    const label = await make('labels', {color: '#2f9e44', visible: false});
    const reason = (await as('admin').get('/block-reasons')).body.items.find(({retired}) => retired) ?? await make('block-reasons', {retired: true});
    const {fields} = expectAnswer(await as('viewer').get('/catalogue'), 200);
    const option = (key, id) => fields.find((field) => field.key === key).options.find(({value}) => value === id);
    assert.deepEqual(option('labels', label.id), {value: label.id, labels: {ja: label.name, en: label.name}, color: '#2f9e44', hidden: true});
    assert.equal(option('block_reasons', reason.id).removed, true);
  });

  it('FEATURES 111: labels can be switched off, and are gone from the catalogue and from what can be written', async () => {
    const label = await make('labels');
    const one = await customer();
    expectAnswer(await as('admin').patch('/settings/features', {labels: false}, '*'), 200);
    expectAnswer(await as('admin').get('/labels'), 404, 'feature.off');
    assert.equal(expectAnswer(await as('admin').get('/catalogue'), 200).fields.some(({key}) => key === 'labels'), false);
    expectAnswer(await as('admin').patch(`/customers/${one.id}`, {labels: [label.id]}, '*'), 422);
    expectAnswer(await as('admin').patch('/settings/features', {labels: true}, '*'), 200);
    assert.deepEqual(expectAnswer(await as('admin').patch(`/customers/${one.id}`, {labels: [label.id]}, '*'), 200).labels_names, [label.name]);
    const found = expectAnswer(await as('admin').post('/customers/search', {condition: {field: 'labels', op: 'any_of', value: [label.id]}}), 200);
    assert.deepEqual(found.items.map(({id}) => id), [one.id]);
  });

  it('FEATURES 127: a group has a point rate, 0 for the rate of the shop', async () => {
    assert.equal((await make('groups')).point_rate, 0);
    assert.equal((await make('groups', {point_rate: 150})).point_rate, 150);
    const wrong = await as('admin').post('/groups', valuesOf('groups', {point_rate: 10001, is_default: true}));
    assert.deepEqual(pointers(wrong), ['/is_default read_only', '/point_rate out_of_range']);
  });

  it('FEATURES 128: exactly one group is the default, and new customers join it, by form and by file', async () => {
    const admin = as('admin');
    const defaults = async () => expectAnswer(await admin.get('/groups?limit=200'), 200).items.filter(({is_default: is}) => is);
    const [first] = await defaults();
    assert.equal(first.name, '一般');
    assert.deepEqual((await customer()).groups, [first.id]);
    const other = await make('groups');
    const made = await admin.post(`/groups/${other.id}/default`, {});
    assert.equal(expectAnswer(made, 200).is_default, true);
    assert.deepEqual((await defaults()).map(({id}) => id), [other.id]);
    expectAnswer(await admin.delete(`/groups/${other.id}`, '*'), 409, 'group.is_default');
    const newcomer = await customer();
    assert.deepEqual(newcomer.groups_names, [other.name]);
    const job = await admin.request('post', '/imports/customers', {raw: '姓,メールアドレス\n輸入,import@example.jp\n', type: 'text/csv'});
    assert.equal((await finished(expectAnswer(job, 202).job)).create, 1);
    const found = expectAnswer(await admin.post('/customers/search', {text: 'import@example.jp', columns: ['groups']}), 200);
    assert.deepEqual(found.items[0].groups, [other.id]);
    expectAnswer(await as('operator').post(`/groups/${first.id}/default`, {}), 403, 'forbidden');
    expectAnswer(await undo(made), 200);
    assert.deepEqual((await defaults()).map(({id}) => id), [first.id]);
  });

  it('FEATURES 81: deleting a group that has members asks what becomes of them, does it as a job and can be taken back', async () => {
    const admin = as('admin');
    const group = await make('groups'), other = await make('groups');
    const people = await Promise.all([customer(), customer(), customer()]);
    expectAnswer(await admin.post(`/groups/${group.id}/members`, {add: people.map(({id}) => id)}), 200);
    const refused = expectAnswer(await admin.delete(`/groups/${group.id}`, '*'), 409, 'master.in_use');
    assert.deepEqual([refused.members, refused.deleted], [3, 0]);
    assert.deepEqual(pointers(await admin.delete(`/groups/${group.id}?members=move`, '*')), ['/to required']);
    assert.deepEqual(pointers(await admin.delete(`/groups/${group.id}?members=eat`, '*')), ['/members not_a_choice']);
    expectAnswer(await admin.delete(`/groups/${group.id}?members=move&to=${group.id}`, '*'), 422, 'query.invalid');
    const {job} = expectAnswer(await admin.delete(`/groups/${group.id}?members=move&to=${other.id}`, '*'), 202);
    const done = await finished(job);
    assert.deepEqual([done.status, done.ok], ['done', 3]);
    expectAnswer(await admin.get(`/groups/${group.id}`), 404);
    assert.equal(await countIn(other.id), 3);
    const [latest] = expectAnswer(await admin.get('/operations?limit=1'), 200).items;
    expectAnswer(await admin.post(`/operations/${latest.operation ?? latest.id}/undo`, {}), 200);
    assert.equal(await countIn(group.id), 3);
    assert.equal(await countIn(other.id), 0);
  });

  it('FEATURES 84: a code is unique, and a discount is 0 to 100', async () => {
    const type = await make('special-types', {discount: 100, barred_payments: ['後払い', '代金引換']});
    assert.deepEqual(type.barred_payments.toSorted(), ['代金引換', '後払い'].toSorted());
    expectAnswer(await as('admin').post('/special-types', {name: 'ほか', code: type.code}), 409, 'special_type.code_taken');
    const wrong = await as('admin').post('/special-types', {name: 'ほか', discount: 101, barred_payments: ['', 'a', 'a']});
    assert.deepEqual(pointers(wrong), ['/barred_payments/0 required', '/barred_payments/2 duplicate', '/code required', '/discount out_of_range']);
  });

  it('FEATURES 84: a special type says which products its barred payment methods leave alone, and what kind of type it is', async () => {
    const plain = await make('special-types');
    assert.deepEqual([plain.payment_exception, plain.excepted_products, plain.category], [false, [], '']);
    const changed = await as('admin').patch(`/special-types/${plain.id}`, {payment_exception: true, excepted_products: ['TEA-002', 'TEA-001'], category: '取引先'}, 1);
    const row = expectAnswer(changed, 200);
    assert.deepEqual([row.payment_exception, row.excepted_products, row.category], [true, ['TEA-001', 'TEA-002'], '取引先']);
    const wrong = await as('admin').patch(`/special-types/${plain.id}`, {payment_exception: 'yes', excepted_products: ['x'.repeat(201)], category: 'あ'.repeat(51)}, '*');
    assert.deepEqual(pointers(wrong), ['/category too_long', '/excepted_products/0 too_long', '/payment_exception wrong_type']);
    const history = expectAnswer(await as('admin').get(`/special-types/${plain.id}/history`), 200).items;
    assert.deepEqual(history[0].changes.map(({field}) => field).toSorted(), ['category', 'excepted_products', 'payment_exception']);
    expectAnswer(await undo(changed), 200);
    assert.deepEqual(expectAnswer(await as('admin').get(`/special-types/${plain.id}`), 200).excepted_products, []);
  });

  it('a shop begins with the customer types LP, ショップページ, 受注作成, CSV and API', async () => {
    const first = expectAnswer(await as('viewer').get('/customer-types'), 200).items.toSorted((a, b) => Number(a.id) - Number(b.id)).slice(0, 5);
    assert.deepEqual(first.map(({name}) => name), ['LP', 'ショップページ', '受注作成', 'CSV', 'API']);
    const made = await customer({customer_type: first[0].id});
    assert.equal(made.customer_type_name, 'LP');
  });

  it('FEATURES 87: a reason is retired, not lost; thirty are the most', async () => {
    const reason = await make('block-reasons', {action: 'refuse'});
    const retired = expectAnswer(await as('admin').patch(`/block-reasons/${reason.id}`, {retired: true}, reason.version), 200);
    assert.deepEqual([retired.retired, retired.action], [true, 'refuse']);
    for (let rows = expectAnswer(await as('admin').get('/block-reasons?limit=200'), 200).items.length; rows < 30; ++rows) await make('block-reasons');
    expectAnswer(await as('admin').post('/block-reasons', valuesOf('block-reasons')), 409, 'master.too_many');
  });

  it('FEATURES 129: customers come and go in one operation, by ids or by a condition', async () => {
    const admin = as('admin');
    const group = await make('groups');
    const path = `/groups/${group.id}/members`;
    const people = await Promise.all(Array.from({length: 4}, () => customer({prefecture: 47})));
    const ids = people.map(({id}) => id);
    const moved = await admin.post(path, {add: ids.slice(0, 3)});
    assert.deepEqual(expectAnswer(moved, 200), {added: 3, removed: 0, members: 3});
    assert.deepEqual(expectAnswer(await admin.post(path, {add: [ids[3]], remove: [ids[0]]}), 200), {added: 1, removed: 1, members: 3});
    assert.equal(expectAnswer(await admin.get(`/groups/${group.id}`), 200).members, 3);
    assert.equal(await countIn(group.id), 3);
    assert.ok((await groupsOf(ids[3])).includes(group.id));

    const wrong = await admin.post(path, {add: [ids[0], ids[0], '999999999']});
    expectAnswer(wrong, 422, 'group_members.invalid');
    assert.deepEqual(pointers(wrong), ['/add/1 duplicate']);
    assert.deepEqual(pointers(await admin.post(path, {add: ['999999999']})), ['/add/0 not_found']);
    expectAnswer(await as('operator').post(path, {add: [ids[0]]}), 403, 'forbidden');
    expectAnswer(await admin.post('/groups/999999/members', {add: [ids[0]]}), 404, 'master.not_found');

    const {job} = expectAnswer(await admin.post(path, {remove: {condition: {field: 'prefecture', op: 'in', value: [47]}}}), 202);
    assert.deepEqual([(await finished(job)).status, await countIn(group.id)], ['done', 0]);
    expectAnswer(await admin.post(path, {add: {condition: {field: 'no', op: 'is', value: 1}}}), 422, 'condition.invalid');
  });
});
