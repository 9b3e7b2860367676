// The rules a write can break. Each refuses with its status, its code, the field where there is one and a sentence in the language
// that was asked for, and everything stands as it stood.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {openSql} from './support/postgres.mjs';

const kMissing = '4611686018427387904';
const kSentence = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  en: /^(?=.*[A-Za-z]{2})[\x20-\x7e]+$/,
};
const kLanguages = Object.keys(kSentence);

const patch = (path, body, more) => ({method: 'patch', path, body, ...more});
const post = (path, body = {}, more = {}) => ({method: 'post', path, body, ...more});
const remove = (path) => ({method: 'delete', path});
const customer = (id, body, more) => patch(`/customers/${id}`, body, more);
const points = (id, delta, more, sender) => post(`/customers/${id}/points`, {delta, kind: delta < 0 ? 'manual_deduct' : 'manual_grant', ...more}, sender);

// What is tried (`t`: what is there, see below), the status, the code and the field with its own code.
const kActs = [
  ['a block without a reason', (t) => customer(t.member, {blocked: true}), 422, 'customer.invalid', '/block_reasons block.reason_required'],
  ['a block that loses its last reason', (t) => customer(t.blocked, {block_reasons: []}), 422, 'customer.invalid', '/block_reasons block.reason_required'],
  ['reasons for who is not blocked', (t) => customer(t.member, {block_reasons: [t.reason]}), 422, 'customer.invalid', '/block_reasons block.not_blocked'],
  ['a retired block reason', (t) => customer(t.member, {blocked: true, block_reasons: [t.retired]}), 422, 'customer.invalid', '/block_reasons block.reason_retired'],
  ['a level for a guest', (t) => customer(t.guest, {level: t.level}), 422, 'customer.invalid', '/level level.not_a_member'],
  ['a fixed level for a guest', (t) => customer(t.guest, {level_fixed: true}), 422, 'customer.invalid', '/level_fixed level.not_a_member'],
  ['a level that is not defined', (t) => customer(t.member, {level: kMissing}), 422, 'customer.invalid', '/level not_a_choice'],
  ['a special type for a guest', (t) => customer(t.guest, {special_type: t.type}), 422, 'customer.invalid', '/special_type special_type.not_a_member'],
  ['a special type for who has withdrawn', (t) => customer(t.left, {special_type: t.type}), 422, 'customer.invalid', '/special_type special_type.not_a_member'],
  ['a status that does not follow', (t) => customer(t.member, {status: 'guest'}), 422, 'customer.invalid', '/status status.not_reachable'],
  ['FEATURES 80: the same group twice', (t) => customer(t.member, {groups: [t.group, t.group]}), 422, 'customer.invalid', '/groups duplicate'],
  ['an own field outside its options', (t) => customer(t.member, {'x.size': 'xl'}), 422, 'customer.invalid', '/x.size not_a_choice'],
  ['an own number outside its range', (t) => customer(t.member, {'x.shoe': 41}), 422, 'customer.invalid', '/x.shoe out_of_range'],
  ['a day that does not exist', (t) => customer(t.member, {birth_date: '2026-02-31'}), 422, 'customer.invalid', '/birth_date no_such_day'],
  ['a day its era did not reach', (t) => customer(t.member, {birth_date: '昭和65年2月1日'}), 422, 'customer.invalid', '/birth_date outside_era'],
  ['a birth to come', (t) => customer(t.member, {birth_date: '2999-01-01'}), 422, 'customer.invalid', '/birth_date in_the_future'],
  ['nothing left to know a customer by', (t) => customer(t.guest, {family_name: null}), 422, 'customer.invalid', '/family_name one_of_required'],
  ['a field of an older version', (t) => customer(t.member, {memo: '遅れて'}, {version: 99}), 412, 'customer.stale'],
  ['a change of who is deleted', (t) => customer(t.gone, {memo: '後から'}), 409, 'customer.deleted'],
  ['another customer number', (t) => customer(t.member, {number: 'OTHER'}), 422, 'customer.invalid', '/number read_only'],
  ['a customer number that is taken', () => post('/customers', {family_name: '別', number: 'REFUSE-1'}), 409, 'customer.number_taken', '/number taken'],
  ['a mail address that is taken', (t) => customer(t.tied, {email: 'Member@refused.example.jp'}), 409, 'customer.email_taken', '/email taken'],
  ['a moment to come given back', (t) => post(`/customers/${t.member}/restore-fields`, {as_of: '2999-01-01T00:00:00+09:00', fields: ['memo']}), 422, 'as_of.in_future', '/as_of in_future'],
  ['an older version of an address', (t) => patch(`/customers/${t.member}/addresses/${t.address}`, {label: '遅れて'}, {version: 99}), 412, 'address.stale'],
  ['a phone number in an address that is none', (t) => patch(`/customers/${t.member}/addresses/${t.address}`, {phone: '12'}), 422, 'address.invalid', '/phone not_a_phone'],
  ['withdrawing who has withdrawn', (t) => post(`/customers/${t.left}/withdraw`), 409, 'customer.already_withdrawn'],
  ['withdrawing who is no member', (t) => post(`/customers/${t.guest}/withdraw`), 409, 'customer.not_a_member'],
  ['withdrawing who has an unsettled order', (t) => post(`/customers/${t.tied}/withdraw`), 409, 'customer.has_ties'],
  ['the same by the status', (t) => customer(t.tied, {status: 'withdrawn'}), 409, 'customer.has_ties'],
  ['deleting who has an unsettled order', (t) => remove(`/customers/${t.tied}`), 409, 'customer.has_ties'],
  ['erasing who has an unsettled order', (t) => post(`/customers/${t.tied}/erase`, {number: 'REFUSE-2'}), 409, 'customer.has_ties'],
  ['erasing under another number', (t) => post(`/customers/${t.member}/erase`, {number: 'REFUSE-2'}), 422, 'erase.invalid', '/number number_differs'],
  ['erasing who is erased', (t) => post(`/customers/${t.erased}/erase`, {number: 'REFUSE-3'}), 409, 'customer.erased'],
  ['restoring who is erased', (t) => post(`/customers/${t.erased}/restore`), 409, 'customer.erased'],
  ['restoring who is not deleted', (t) => post(`/customers/${t.member}/restore`), 409, 'customer.not_deleted'],
  ['a disclosure in a form there is not', (t) => ({method: 'get', path: `/customers/${t.member}/disclosure?format=pdf`}), 422, 'query.invalid', '/format not_a_choice'],
  ['points below zero', (t) => points(t.member, -11), 409, 'points.not_enough', '/delta not_enough'],
  ['points over the ceiling of the role', (t) => points(t.member, 1001, {}, {who: 'operator'}), 403, 'points.over_ceiling', '/delta over_ceiling'],
  ['points of the wrong sign', (t) => points(t.member, 5, {kind: 'manual_deduct'}), 422, 'points.invalid', '/delta wrong_sign'],
  ['points until a day that does not exist', (t) => points(t.member, 5, {expires_at: '2027-02-31'}), 422, 'points.invalid', '/expires_at not_a_date'],
  ['points until yesterday', (t) => points(t.member, 5, {expires_at: '2020-01-01'}), 422, 'points.invalid', '/expires_at in_the_past'],
  ['points for a guest', (t) => points(t.guest, 5), 409, 'points.not_a_member'],
  ['cancelling points that were used', (t) => post(`/points/${t.granted}/cancel`), 409, 'points.consumed'],
  ['deleting a point kind in use', (t) => remove(`/point-kinds/${t.kind}`), 409, 'point_kind.in_use'],
  ['changing the code of a type in use', (t) => patch(`/special-types/${t.type}`, {code: 'NEW'}), 409, 'special_type.code_in_use', '/code in_use'],
  ['a code that another type has', () => post('/special-types', {name: '別の種別', code: 'STAFF'}), 409, 'special_type.code_taken', '/code taken'],
  ['deleting a special type in use', (t) => remove(`/special-types/${t.type}`), 409, 'master.in_use'],
  ['deleting a label in use', (t) => remove(`/labels/${t.label}`), 409, 'master.in_use'],
  ['deleting a block reason in use', (t) => remove(`/block-reasons/${t.reason}`), 409, 'master.in_use'],
  ['deleting the default group', (t) => remove(`/groups/${t.defaultGroup}`), 409, 'group.is_default'],
  ['an older version of a master', (t) => patch(`/labels/${t.label}`, {name: '遅れて'}, {version: 99}), 412, 'master.stale'],
  ['a name that another label has', () => post('/labels', {name: 'VIP'}), 409, 'master.name_taken', '/name taken'],
  ['a colour that is none', (t) => patch(`/labels/${t.label}`, {color: 'red'}), 422, 'master.invalid', '/color not_a_color'],
  ['one customer twice into a group', (t) => post(`/groups/${t.group}/members`, {add: [t.guest, t.guest]}), 422, 'group_members.invalid', '/add/1 duplicate'],
  ['into a group and out of it by conditions', (t) => post(`/groups/${t.group}/members`, {add: {text: '別'}, remove: {text: '別'}}), 422, 'group_members.invalid', '/remove not_together'],
  ['changing the code of a used coupon', (t) => patch(`/coupons/${t.coupon}`, {code: 'NEW'}), 409, 'coupon.code_in_use', '/code in_use'],
  ['deleting a used coupon', (t) => remove(`/coupons/${t.coupon}`), 409, 'coupon.in_use'],
  ['cancelling a use of a coupon there is not', () => post(`/coupon-uses/${kMissing}/cancel`), 404, 'coupon_use.not_found'],
  ['cancelling a use of a coupon twice', (t) => post(`/coupon-uses/${t.cancelled}/cancel`), 409, 'coupon_use.cancelled'],
  ['shutting oneself out by an address', () => ({method: 'put', path: '/settings/security', body: {allowed_networks: ['192.0.2.0/24'], totp_roles: []}}), 409, 'settings.locks_out', '/allowed_networks locks_out'],
];

// Rows of a file of customers: what is wrong, the cells, the column and its code.
const kColumns = ['number', 'family_name', 'status', 'birth_date', 'level', 'special_type', 'blocked', 'block_reasons', 'groups', 'x.size'];
const kRows = [
  ['a day that does not exist', {birth_date: '2026-02-31'}, 'birth_date', 'no_such_day'],
  ['a day its era did not reach', {birth_date: '昭和65年2月1日'}, 'birth_date', 'outside_era'],
  ['a level for a guest', {level: 'ゴールド'}, 'level', 'level.not_a_member'],
  ['a special type for who has withdrawn', {status: '退会', special_type: '社員販売'}, 'special_type', 'special_type.not_a_member'],
  ['a block without a reason', {blocked: 'はい'}, 'block_reasons', 'block.reason_required'],
  ['a retired block reason', {blocked: 'はい', block_reasons: '旧理由'}, 'block_reasons', 'block.reason_retired'],
  ['the same group twice', {groups: '友の会|友の会'}, 'groups', 'duplicate'],
  ['an own field outside its options', {'x.size': '特大'}, 'x.size', 'not_a_choice'],
  ['a status that does not follow', {number: 'REFUSE-1', status: 'ゲスト'}, 'status', 'status.not_reachable'],
  ['a withdrawal with an unsettled order', {number: 'REFUSE-2', status: '退会'}, 'status', 'has_ties'],
  ['a deleted customer', {number: 'REFUSE-4', status: 'ゲスト'}, 'number', 'customer_deleted'],
];

function expectSentences(answer, language) {
  assert.equal(answer.headers.get('content-language'), language);
  assert.match(answer.body.detail ?? '', kSentence[language]);
  for (const {pointer, detail} of answer.body.errors ?? []) assert.match(detail, kSentence[language], `${pointer} of ${answer.text}`);
}

onEachEngine('A rule', (held) => {
  const as = (role) => new Client(held.server, role);
  const t = {};
  const made = async (path, body) => expectAnswer(await as('owner').post(path, body), 201).id;
  const person = (body) => made('/customers', {family_name: '規則', ...body});
  const finished = async (answer) => {
    const {job} = expectAnswer(answer, 202);
    for (;;) {
      const seen = expectAnswer(await as('owner').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
      await pause(20);
    }
  };
  const importFile = async (path, raw) => finished(await as('owner').request('post', path, {raw, type: 'text/csv'}));

  before(async () => {
    t.level = await made('/levels', {name: 'ゴールド'});
    t.type = await made('/special-types', {name: '社員販売', code: 'STAFF'});
    t.reason = await made('/block-reasons', {name: '転売目的'});
    t.retired = await made('/block-reasons', {name: '旧理由', retired: true});
    t.label = await made('/labels', {name: 'VIP'});
    t.group = await made('/groups', {name: '友の会'});
    t.defaultGroup = (await as('owner').get('/groups')).body.items.find((group) => group.is_default).id;
    await made('/form-fields', {key: 'size', labels: {ja: 'サイズ', en: 'Size'}, type: 'select', options: [{code: 's', labels: {ja: '小'}}, {code: 'm', labels: {ja: '中'}}]});
    await made('/form-fields', {key: 'shoe', labels: {ja: '靴', en: 'Shoe'}, type: 'number', minimum: 10, maximum: 40});
    t.member = await person({status: 'member', number: 'REFUSE-1', email: 'member@refused.example.jp', level: t.level, special_type: t.type, labels: [t.label], groups: [t.group], 'x.size': 'm', memo: '前'});
    t.blocked = await person({status: 'member', blocked: true, block_reasons: [t.reason]});
    t.guest = await person({});
    t.left = await person({status: 'withdrawn'});
    t.tied = await person({status: 'member', number: 'REFUSE-2', email: 'tied@refused.example.jp'});
    t.erased = await person({number: 'REFUSE-3'});
    t.gone = await person({number: 'REFUSE-4'});
    expectAnswer(await as('owner').delete(`/customers/${t.gone}`, '*'), 204);
    t.address = await made(`/customers/${t.member}/addresses`, {label: '自宅'});
    t.kind = await made('/point-kinds', {name: 'お詫び', kind: 'manual_grant'});
    t.granted = await made(`/customers/${t.member}/points`, {delta: 30, kind: 'manual_grant', point_kind: t.kind});
    await made(`/customers/${t.member}/points`, {delta: -20, kind: 'manual_deduct'});
    t.coupon = await made('/coupons', {name: '春', code: 'HARU', discount: 'amount', value: 100});
    await made(`/coupons/${t.coupon}/uses`, {customer: t.member, order_number: 'X-1', amount: 100});
    t.cancelled = await made(`/coupons/${t.coupon}/uses`, {customer: t.member, order_number: 'X-2', amount: 100});
    expectAnswer(await as('owner').post(`/coupon-uses/${t.cancelled}/cancel`, {}), 200);
    assert.equal((await importFile('/imports/orders', '受注番号,顧客番号,受注日,決済状況,合計\nTIE-1,REFUSE-2,2026-01-05,未決済,3000\n')).status, 'done');
    assert.equal((await finished(await as('owner').post(`/customers/${t.erased}/erase`, {number: 'REFUSE-3'}))).status, 'done');
  });

  const kLogs = ['/operations?limit=1', '/jobs?limit=1'];
  /** Everything an act could have touched. */
  const look = async (more = kLogs) => {
    const people = ['member', 'blocked', 'guest', 'left', 'tied', 'erased', 'gone'].map((who) => `/customers/${t[who]}`);
    const masters = ['/labels', '/groups', '/levels', '/special-types', '/block-reasons', '/point-kinds', '/coupons', '/settings/security'];
    const lists = ['points', 'addresses', 'coupons', 'history'].map((list) => `/customers/${t.member}/${list}`);
    const paths = [...people, ...masters, ...lists, ...more];
    const seen = await Promise.all(paths.map(async (path) => [path, expectAnswer(await as('owner').get(path), 200)]));
    return {...Object.fromEntries(seen), total: expectAnswer(await as('owner').post('/customers/search', {limit: 0}), 200).total};
  };
  const send = ({who = 'owner', method, path, body, version}, language) =>
    as(who).request(method, path, {body, headers: {'accept-language': language, 'if-match': version ? `"${version}"` : '*'}});

  for (const [what, ask, status, code, fault] of kActs)
    it(`refuses ${what}: ${fault ?? code}`, async () => {
      const stood = await look();
      for (const language of kLanguages) {
        const answer = await send(ask(t), language);
        expectAnswer(answer, status, code);
        assert.deepEqual(pointers(answer), fault ? [fault] : []);
        expectSentences(answer, language);
      }
      assert.deepEqual(await look(), stood);
    });

  it('refuses each wrong row of a file with its column, and with it the whole', async () => {
    const stood = await look([]);
    const lines = kRows.map(([, cells], i) => kColumns.map((column) => cells[column] ?? {number: `ROW-${i}`, family_name: '行'}[column] ?? '').join(','));
    const job = await importFile('/imports/customers?mode=upsert', [kColumns.join(','), ...lines].join('\n'));
    assert.deepEqual([job.status, job.error], ['failed', kRows.length], JSON.stringify(job));
    for (const language of kLanguages) {
      assert.match(job.problem.detail[language], kSentence[language]);
      const rows = await as('owner').get(`/jobs/${job.id}/rows?outcome=error`, {headers: {'accept-language': language}});
      const told = expectAnswer(rows, 200).items.map(({errors}, i) => [kRows[i][0], errors.map(({column, code}) => `${column} ${code}`)]);
      assert.deepEqual(told, kRows.map(([what, , column, code]) => [what, [`${column} ${code}`]]));
      for (const {errors} of rows.body.items) for (const {code, detail} of errors) assert.match(detail, kSentence[language], code);
    }
    assert.deepEqual(await look([]), stood);
  });

  it('takes one of several edits at once, and tells the others what stands', async () => {
    const {version} = expectAnswer(await as('owner').get(`/customers/${t.guest}`), 200);
    const answers = await Promise.all(Array.from({length: 6}, (_, i) => send(customer(t.guest, {memo: `${i}番目`}, {version}), kLanguages[i % 2])));
    const [taken, ...others] = answers.toSorted((one, other) => one.status - other.status);
    assert.equal(expectAnswer(taken, 200).version, version + 1);
    for (const answer of others) {
      assert.equal(expectAnswer(answer, 412, 'customer.stale').current.memo, taken.body.memo);
      expectSentences(answer, answer.headers.get('content-language'));
    }
    const now = expectAnswer(await as('owner').get(`/customers/${t.guest}`), 200);
    assert.deepEqual([now.memo, now.version], [taken.body.memo, version + 1]);
  });
});

onEachEngine('A rule of how many', (held) => {
  const as = (role) => new Client(held.server, role);
  /** Past the program: what it would take a million rows to come to. */
  const write = async (statement) => {
    if (held.server.engine === 'postgres') {
      const sql = openSql(held.server.database);
      await sql.ask(statement);
      return sql.close();
    }
    const database = new DatabaseSync(join(held.server.folder, 'otokui.db'));
    database.exec(`PRAGMA busy_timeout = 5000; ${statement}`);
    database.close();
  };
  const refuses = async (paths, ask, status, code, fault) => {
    const look = () => Promise.all(paths.map(async (path) => expectAnswer(await as('admin').get(path), 200)));
    const stood = await look();
    for (const language of kLanguages) {
      const answer = await as('admin').post(...ask, {headers: {'accept-language': language}});
      expectAnswer(answer, status, code);
      assert.deepEqual(pointers(answer), fault ? [fault] : []);
      expectSentences(answer, language);
    }
    assert.deepEqual(await look(), stood);
  };

  it('refuses to judge levels while there is none', async () => {
    await refuses(['/levels', '/jobs?limit=1'], ['/levels/judge', {}], 409, 'level.none');
  });

  it('refuses a 201st point kind', async () => {
    const add = async (name) => expectAnswer(await as('admin').post('/point-kinds', {name, kind: 'manual_grant'}), 201);
    for (let i = 0; i < 200; i += 20) await Promise.all(Array.from({length: 20}, (_, j) => add(`区分${i + j}`)));
    await refuses(['/point-kinds'], ['/point-kinds', {name: '余り', kind: 'manual_grant'}], 409, 'point_kind.too_many');
  });

  it('refuses points that no balance can hold', async () => {
    const {id} = expectAnswer(await as('admin').post('/customers', {family_name: '満', status: 'member'}), 201);
    expectAnswer(await as('admin').post(`/customers/${id}/points`, {delta: 1, kind: 'manual_grant'}), 201);
    await write(`UPDATE point_lot SET granted = 999999999999, remaining = 999999999999 WHERE customer_id = ${id}`);
    const paths = [`/customers/${id}`, `/customers/${id}/points`, `/customers/${id}/points/lots`];
    await refuses(paths, [`/customers/${id}/points`, {delta: 1, kind: 'manual_grant'}], 409, 'points.too_many', '/delta out_of_range');
  });
});
