import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Membership', (held) => {
  const as = (role) => new Client(held.server, role);
  let options;
  let made = 0;
  before(async () => {
    await held.server.command(['demo', '--customers', '30', '--seed', '7']);
    options = Object.fromEntries(
      expectAnswer(await as('admin').get('/catalogue'), 200).fields.map((field) => [field.key, field.options]));
  });
  const id = (field, name) => options[field].find((option) => option.labels.ja === name).value;
  const create = async (input = {}) =>
    expectAnswer(await as('admin').post('/customers', {family_name: '田中', email: `m${++made}@example.jp`, status: 'member', ...input}), 201);
  const change = (customer, body, role = 'admin') =>
    as(role).patch(`/customers/${customer.id}`, body, customer.version);
  const codes = (answer) => answer.body.errors.map(({pointer, code}) => `${pointer} ${code}`);
  const unchanged = async (customer) => {
    const {adjusted, ...rest} = customer;
    assert.deepEqual(expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200), rest);
  };

  it('FEATURES 80: a customer has several groups; the same one twice is refused', async () => {
    const customer = await create({groups: [id('groups', '友の会'), id('groups', '法人')]});
    assert.deepEqual(customer.groups_names, ['友の会', '法人']);
    const twice = await change(customer, {groups: [id('groups', '友の会'), id('groups', '友の会')]});
    expectAnswer(twice, 422, 'customer.invalid');
    assert.deepEqual(codes(twice), ['/groups duplicate']);
    assert.ok(twice.body.errors[0].detail);
    await unchanged(customer);
  });

  it('FEATURES 74: only a defined level is taken, and its change has a line in the history', async () => {
    const customer = await create({level: id('level', 'シルバー')});
    const unknown = await change(customer, {level: '999'});
    assert.deepEqual(codes(unknown), ['/level not_a_choice']);
    const changed = expectAnswer(await change(customer, {level: id('level', 'ゴールド'), level_fixed: true}), 200);
    assert.equal(changed.level_name, 'ゴールド');
    const {items} = expectAnswer(await as('admin').get(`/customers/${customer.id}/history`), 200);
    const line = items[0].changes.find(({field}) => field === 'level');
    assert.deepEqual([line.before, line.after], ['シルバー', 'ゴールド']);
  });

  it('a level is for members, a special type neither for guests nor for who has left', async () => {
    const level = id('level', 'ゴールド');
    const type = id('special_type', '社員販売');
    for (const status of ['visitor', 'guest', 'provisional', 'withdrawn']) {
      const answer = await as('admin').post('/customers', {family_name: '田中', status, level, special_type: type});
      expectAnswer(answer, 422, 'customer.invalid');
      assert.deepEqual(codes(answer), ['/level level.not_a_member', '/special_type special_type.not_a_member']);
    }
    const member = await create({level, special_type: type});
    const gone = expectAnswer(await as('admin').post(`/customers/${member.id}/withdraw`, {}), 200);
    assert.deepEqual([gone.level, gone.special_type, gone.status], [null, null, 'withdrawn']);
    const late = await change(gone, {special_type: type});
    assert.deepEqual(codes(late), ['/special_type special_type.not_a_member']);
  });

  it('FEATURES 86: a block without a reason fails with a message at the field', async () => {
    const customer = await create();
    const answer = await change(customer, {blocked: true});
    expectAnswer(answer, 422, 'customer.invalid');
    assert.deepEqual(codes(answer), ['/block_reasons block.reason_required']);
    assert.match(answer.body.errors[0].detail, /理由/);
    await unchanged(customer);
    const reasons = [id('block_reasons', '受取拒否'), id('block_reasons', '転売目的')];
    const blocked = expectAnswer(await change(customer, {blocked: true, block_reasons: reasons}), 200);
    assert.deepEqual(blocked.block_reasons_names, ['受取拒否', '転売目的']);
    const lifted = expectAnswer(await change(blocked, {blocked: false}), 200);
    assert.deepEqual(lifted.block_reasons, []);
  });

  it('an operator blocks, but sets no level', async () => {
    const customer = await create({level: id('level', 'シルバー')});
    const answer = await change(customer, {level: id('level', 'ゴールド')}, 'operator');
    expectAnswer(answer, 403, 'field.forbidden');
    assert.deepEqual(pointers(answer), ['/level forbidden']);
    const body = {level: customer.level, blocked: true, block_reasons: [id('block_reasons', '迷惑行為')], alert: '電話は午前中'};
    const changed = expectAnswer(await change(customer, body, 'operator'), 200);
    assert.deepEqual([changed.blocked, changed.alert, changed.level_name], [true, '電話は午前中', 'シルバー']);
    const catalogue = expectAnswer(await as('operator').get('/catalogue'), 200);
    const editable = (key) => catalogue.fields.find((field) => field.key === key).editable;
    assert.deepEqual([editable('level'), editable('blocked'), editable('labels')], [false, true, true]);
  });

  it('FEATURES 91: of two edits at once the second is refused and nothing of the first is lost', async () => {
    const customer = await create({labels: [id('labels', 'VIP')]});
    const [one, two] = await Promise.all([
      change(customer, {labels: [id('labels', '卸')]}), change(customer, {labels: [id('labels', '休眠')]}, 'operator')]);
    assert.deepEqual([one.status, two.status].sort(), [200, 412]);
    const kept = expectAnswer(await as('admin').get(`/customers/${customer.id}`), 200);
    assert.deepEqual(kept.labels_names, (one.status === 200 ? one : two).body.labels_names);
  });

  it('FEATURES 82: the device of the registration is kept and found', async () => {
    const customer = await create();
    assert.equal(customer.device, 'api');
    assert.deepEqual(codes(await change(customer, {device: 'pc'})), ['/device read_only']);
    const query = {all: [{field: 'device', op: 'in', value: ['api']}, {field: 'id', op: 'is', value: customer.id}]};
    assert.equal(expectAnswer(await as('admin').post('/customers/search', {condition: query}), 200).total, 1);
  });

  it('look-alikes of somebody on the block list are named, and who blocked and why is told', async () => {
    const like = {family_name: '黒木', given_name: '太郎', postal_code: '1500001', phone: '0355556666'};
    const suspect = await create(like);
    const {items: none} = expectAnswer(await as('viewer').get(`/customers/${suspect.id}/related?kind=blocked_look_alike`), 200);
    assert.deepEqual(none, []);
    const blocked = await create({...like, phone: '0377778888', blocked: true, block_reasons: [id('block_reasons', '受取拒否')]});
    const {items} = expectAnswer(await as('viewer').get(`/customers/${suspect.id}/related?kind=blocked_look_alike`), 200);
    assert.deepEqual(items.map((item) => [item.id, item.alike, item.block_reasons_names]), [[blocked.id, ['name', 'postal_code'], ['受取拒否']]]);
    expectAnswer(await as('viewer').get(`/customers/${suspect.id}/related?kind=other`), 422, 'query.invalid');
    expectAnswer(await as('viewer').get('/customers/999999/related?kind=blocked_look_alike'), 404, 'customer.not_found');
    const why = expectAnswer(await as('viewer').get(`/customers/${blocked.id}/block/why`), 200);
    assert.deepEqual(why.reasons.map(({name, action}) => [name, typeof action]), [['受取拒否', 'string']]);
    assert.equal(why.set_by.actor, 'admin');
    const {items: log} = expectAnswer(await as('admin').get(`/access-log?customer=${blocked.id}`), 200);
    assert.ok(log.some((entry) => entry.kind === 'open' && entry.actor.name === 'viewer'));
  });

  async function finished(job) {
    for (;;) {
      const {body} = await as('admin').get(`/jobs/${job}`);
      if (['done', 'failed', 'cancelled'].includes(body.status)) return body;
      await pause(50);
    }
  }

  it('FEATURES 75, 76: a judging is previewed, applied as it was found, and leaves whoever is ticked', async () => {
    const gold = id('level', 'ゴールド');
    const free = await create({level: gold});
    const fixed = await create({level: gold, level_fixed: true});
    expectAnswer(await as('operator').post('/levels/judge', {dry_run: true}), 403);
    const bad = await as('admin').post('/levels/judge', {date: '2026-02-31'});
    expectAnswer(bad, 422, 'level.judge_invalid');
    assert.deepEqual(pointers(bad), ['/date not_a_date']);
    const {job} = expectAnswer(await as('admin').post('/levels/judge', {dry_run: true}), 202);
    assert.equal((await finished(job)).status, 'done');
    const judgement = expectAnswer(await as('admin').get(`/levels/judge/${job}`), 200);
    assert.equal(judgement.transitions.reduce((sum, one) => sum + one.count, 0), judgement.moved);
    const {items} = expectAnswer(await as('admin').get(`/levels/judge/${job}/moves?limit=200`), 200);
    assert.equal(items.length, judgement.moved);
    const found = items.find((item) => item.customer === free.id);
    assert.deepEqual([found.from_name, found.total, found.count], ['ゴールド', 0, 0]);
    assert.equal(items.some((item) => item.customer === fixed.id), false);
    await unchanged(free);
    const applied = expectAnswer(await as('admin').post(`/levels/judge/${job}/apply`, {}), 202);
    const done = await finished(applied.job);
    assert.deepEqual([done.status, done.kind, done.ok], ['done', 'level.judge', judgement.moved]);
    assert.notEqual(expectAnswer(await as('admin').get(`/customers/${free.id}`), 200).level, gold);
    assert.equal(expectAnswer(await as('admin').get(`/customers/${fixed.id}`), 200).level, gold);
    expectAnswer(await as('admin').post(`/levels/judge/${job}/apply`, {}), 409, 'job.already_applied');
    const why = expectAnswer(await as('viewer').get(`/customers/${free.id}/level/why`), 200);
    assert.equal(why.level, why.would_be);
    assert.equal(why.set_by.kind, 'level.judge');
    expectAnswer(await as('admin').get('/levels/judge/999999'), 404, 'level.no_judgement');
    // The command does the same and finds nothing left to do.
    const printed = await held.server.command(['levels', 'judge']);
    assert.equal(JSON.parse(printed.trim().split('\n').at(-1)).moved, 0);
    await assert.rejects(held.server.command(['levels', 'judge', '--date', '2026-02-31']), /existing day/);
  });

  it('FEATURES 94: who withdraws is told by mail, in the same act', async () => {
    const member = await create({email: 'leaves@example.jp', given_name: '花子', newsletter: true});
    const gone = expectAnswer(await as('operator').post(`/customers/${member.id}/withdraw`, {reason: '本人の希望'}), 200);
    assert.deepEqual([gone.status, gone.newsletter, gone.email], ['withdrawn', false, 'leaves@example.jp']);
    const {items} = expectAnswer(await as('operator').get(`/customers/${member.id}/mails`), 200);
    assert.equal(items.length, 1);
    assert.match(items[0].subject, /退会/);
    const silent = expectAnswer(await as('admin').post('/customers', {family_name: '林', status: 'member', phone: '0311110000'}), 201);
    expectAnswer(await as('operator').post(`/customers/${silent.id}/withdraw`, {}), 200);
    assert.deepEqual(expectAnswer(await as('operator').get(`/customers/${silent.id}/mails`), 200).items, []);
  });

  it('FEATURES 60, 62: the member ID is the mail or an own one as the shop sets it, shown and searched, without loss', async () => {
    const own = `K-${++made}00`;
    const mail = `id${made}@example.jp`;
    const member = await create({member_id: own, email: mail});
    const found = async (value) =>
      expectAnswer(await as('operator').post('/customers/search', {condition: {all: [{field: 'member_id', op: 'is', value}]}, columns: ['member_id']}), 200)
        .items.map((row) => [row.id, row.member_id]);
    const settings = expectAnswer(await as('admin').get('/settings/customer'), 200);
    assert.deepEqual(await found(own), [[member.id, own]]);
    const mails = expectAnswer(await as('admin').put('/settings/customer', {...settings, member_id: 'mail'}, settings.version), 200);
    assert.deepEqual(await found(mail), [[member.id, mail]]);
    assert.deepEqual(await found(own), []);
    assert.equal(expectAnswer(await as('viewer').get(`/customers/${member.id}`), 200).member_id, '*****');
    assert.equal(expectAnswer(await as('operator').get(`/customers/${member.id}`), 200).member_id, mail);
    assert.deepEqual(codes(await change(member, {member_id: 'x'})), ['/member_id member_id.is_mail']);
    expectAnswer(await as('admin').put('/settings/customer', {...mails, member_id: 'own'}, mails.version), 200);
    assert.deepEqual(await found(own), [[member.id, own]]);
    const {adjusted, ...rest} = member;
    assert.deepEqual(expectAnswer(await as('operator').get(`/customers/${member.id}`), 200), rest);
    for (const key of ['member_id', 'level', 'registered_at', 'updated_at']) assert.ok(key in rest);
  });

  it('FEATURES 85: the block list can be switched off', async () => {
    const customer = await create();
    const settings = expectAnswer(await as('admin').get('/settings/features'), 200);
    const off = expectAnswer(
      await as('admin').put('/settings/features', {...settings, block_list: false}, settings.version), 200);
    const catalogue = expectAnswer(await as('admin').get('/catalogue'), 200);
    assert.equal(catalogue.fields.some((field) => ['blocked', 'block_reasons'].includes(field.key)), false);
    const answer = await change(customer, {blocked: true, block_reasons: [id('block_reasons', '受取拒否')]});
    assert.deepEqual(codes(answer), ['/blocked feature_off', '/block_reasons feature_off']);
    expectAnswer(await as('admin').put('/settings/features', {...off, block_list: true}, off.version), 200);
  });
});
