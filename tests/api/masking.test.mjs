// Who sees contact data masked cannot find them out either: not by condition, box, sort or count, not from a list, a file, a
// history or a job, and not from what a refusal says.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kContacts = {
  email: 'himitsu.hanako@example.jp', email2: 'ura.hanako@example.com', phone: '08098765432', fax: '0398765432',
  postal_code: '1500001', city: '渋谷区', street: '神宮前９丁目', building: '青葉荘２０３',
};
// Pieces of them that appear nowhere else.
const kSecrets = ['himitsu', 'ura.hanako', '98765432', '1500001', '渋谷区', '神宮前', '青葉荘'];
const kMasked = ['email', 'email2', 'phone', 'fax', 'postal_code', 'city', 'street', 'building', 'address'];
// All an operator and an administrator may do, but for seeing contact data.
const kScopes = ['customer.read', 'customer.edit', 'customer.delete', 'order.read', 'history.read', 'operation.undo', 'job.read', 'import', 'export'];

onEachEngine('Who sees contact data masked', (held) => {
  const as = (role) => new Client(held.server, role);
  let viewer, masked, customer, address, guest;

  before(async () => {
    viewer = as('viewer');
    const made = expectAnswer(await as('owner').post('/tokens', {name: 'masked', scopes: kScopes}), 201);
    masked = new Client(held.server, {token: made.token});
    customer = expectAnswer(await as('operator').post('/customers', {status: 'member', family_name: '覆面', given_name: '花子', prefecture: 13, ...kContacts}), 201);
    guest = expectAnswer(await as('operator').post('/customers', {status: 'guest', family_name: '来客'}), 201);
    const {email: _, email2: __, ...place} = kContacts;
    address = expectAnswer(await as('operator').post(`/customers/${customer.id}/addresses`, {family_name: '覆面', prefecture: 13, ...place}), 201);
    const order = ['number,ordered_at,customer_id,payment_status,total,product_name,quantity,unit_price', `H-1,2026-11-01,${customer.id},captured,1000,煎茶,1,1000`].join('\n');
    const started = await as('admin').request('post', '/imports/orders', {raw: `${order}\n`, type: 'text/csv', check: false});
    if (started.status === 202) await ended(started.body.job);
    const reason = `550 5.1.1 <${kContacts.email}>: no such user`;
    expectAnswer(await as('admin').post('/bounces', {email: kContacts.email, reason}), 200);
  });

  const ended = async (job) => {
    for (;;) {
      const seen = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
    }
  };
  const secretsIn = (answer) => kSecrets.filter((secret) => answer.text.includes(secret));
  const expectBlind = (answer, status) => {
    if (status) assert.equal(answer.status, status, answer.text);
    assert.deepEqual(secretsIn(answer), [], answer.text);
    return answer.body;
  };
  const search = (who, body) => who.post('/customers/search', body);

  it('is told apart from who sees them', async () => {
    const seen = await as('operator').get(`/customers/${customer.id}`);
    for (const secret of kSecrets) assert.ok(seen.text.includes(secret) || secret === '神宮前' || secret === '青葉荘', secret);
    assert.ok(secretsIn(await as('operator').get(`/customers/${customer.id}/history`)).length > 4);
  });

  it('reads no contact anywhere', async () => {
    for (const who of [viewer, masked]) {
      const record = expectBlind(await who.get(`/customers/${customer.id}`), 200);
      for (const key of kMasked) assert.equal(record[key], '*****', key);
      assert.equal(record.prefecture, 13, 'the prefecture stays');
      for (const below of ['addresses', `addresses/${address.id}`, 'orders', 'purchases', 'history', 'timeline', 'consents', 'memos', 'coupons', 'points'])
        expectBlind(await who.get(`/customers/${customer.id}/${below}`), 200);
      const {items} = expectBlind(await who.get('/operations'), 200);
      for (const {id} of items.slice(0, 5)) expectBlind(await who.get(`/operations/${id}`), 200);
      expectBlind(await search(who, {columns: ['name', ...kMasked]}), 200);
      expectBlind(await search(who, {}), 200);
    }
  });

  it('finds none by a condition, nested, negated or in a list, and by no sort', async () => {
    const {fields} = expectAnswer(await as('operator').get('/catalogue'), 200);
    const operators = new Map(fields.map(({key, operators: mine}) => [key, mine]));
    const value = (op) => (op === 'in' ? ['9'] : op.endsWith('empty') ? undefined : '9');
    for (const who of [viewer, masked])
      for (const key of kMasked) {
        for (const op of operators.get(key) ?? ['contains']) {
          const leaf = {field: key, op, value: value(op)};
          for (const condition of [leaf, {none: [{any: [leaf]}]}, {all: [{field: 'name', op: 'contains', value: '覆面'}, {none: [leaf]}]}]) {
            expectAnswer(await search(who, {condition}), 403, 'field.forbidden');
            expectAnswer(await search(who, {condition, limit: 0}), 403, 'field.forbidden');
          }
        }
        const sorted = await search(who, {sort: [{field: key, direction: 'asc'}]});
        if (fields.find((field) => field.key === key).sortable) expectAnswer(sorted, 403, 'field.forbidden');
        else expectAnswer(sorted, 422, 'body.invalid');
        const leaf = {field: key, op: 'empty'};
        expectAnswer(await who.post('/searches', {condition: leaf}), 403, 'field.forbidden');
      }
    for (const condition of [{field: 'email', op: 'empty'}, {none: [{field: 'phone', op: 'contains', value: '9'}]}])
      expectAnswer(await masked.post('/exports/customers', {condition, columns: ['number']}), 403, 'field.forbidden');
  });

  it('finds none by the one box, neither in search nor count nor export', async () => {
    const words = ['himitsu', 'himitsu.hanako@example.jp', 'ura.hanako', '08098765432', '080-9876-5432', '5432', '1500001', '150-0001', '渋谷', '神宮前', '青葉荘'];
    for (const who of [viewer, masked])
      for (const word of words) {
        assert.equal(expectAnswer(await search(who, {text: word}), 200).total, 0, word);
        assert.equal(expectAnswer(await search(who, {text: `覆面 ${word}`}), 200).total, 0, word);
        assert.equal(expectAnswer(await search(who, {condition: {none: [{text: word}]}, limit: 0}), 200).total, 2, `not ${word}`);
      }
    assert.equal(expectAnswer(await search(as('operator'), {text: 'himitsu'}), 200).total, 1);
    assert.equal(expectAnswer(await search(viewer, {text: '覆面'}), 200).total, 1);
  });

  it('finds none through the login of a member, which is the mail', async () => {
    for (const who of [viewer, masked]) {
      assert.notEqual(expectAnswer(await who.get(`/customers/${customer.id}`), 200).member_id, kContacts.email);
      const answer = await search(who, {condition: {field: 'member_id', op: 'contains', value: 'himitsu'}});
      if (answer.status === 200) assert.equal(answer.body.total, 0, answer.text);
      else expectAnswer(answer, 403, 'field.forbidden');
      expectBlind(await search(who, {columns: ['member_id'], text: '覆面'}), 200);
    }
  });

  it('brings in no list of mails or phones', async () => {
    for (const who of [viewer, masked])
      for (const kind of ['email', 'phone']) {
        const answer = await who.request('post', `/lists?kind=${kind}`, {raw: `${kContacts[kind]}\n`, type: 'text/plain', check: false});
        assert.ok([403, 404].includes(answer.status), answer.text);
      }
  });

  it('sees none when a write is refused, and cannot write over what it does not see', async () => {
    const path = `/customers/${customer.id}`;
    expectBlind(await masked.patch(path, {memo: 'x'}, 999), 412);
    expectBlind(await masked.delete(path, 999), 412);
    expectBlind(await masked.patch(`${path}/addresses/${address.id}`, {label: 'x'}, 999), 412);
    expectBlind(await masked.delete(`${path}/addresses/${address.id}`, 999), 412);
    for (const key of ['email', 'phone', 'street']) {
      const answer = await masked.patch(path, {[key]: kContacts[key]}, '*');
      expectAnswer(answer, 403, 'field.forbidden');
      assert.deepEqual(answer.body.errors.map(({pointer}) => pointer), [`/${key}`]);
    }
    expectAnswer(await masked.patch(`${path}/addresses/${address.id}`, {street: 'x'}, '*'), 403, 'field.forbidden');
    // Whether a mail address is taken would be told by the clash.
    expectAnswer(await masked.patch(`/customers/${guest.id}`, {status: 'member', email: kContacts.email}, '*'), 403, 'field.forbidden');
    for (const body of [{status: 'member', family_name: '試し', email: kContacts.email}, {family_name: '試し', phone: '0311112222'}, {family_name: '試し', street: 'x'}]) {
      const answer = await masked.post('/customers', body);
      expectAnswer(answer, 403, 'field.forbidden');
      assert.deepEqual(answer.body.errors.map(({pointer}) => pointer), [`/${Object.keys(body).at(-1)}`]);
    }
    expectAnswer(await masked.post(`/customers/${guest.id}/addresses`, {family_name: '試し', city: '渋谷区'}), 403, 'field.forbidden');
    expectBlind(await masked.patch(path, {memo: '覚え書き'}, '*'), 200);
    assert.equal(expectAnswer(await as('operator').get(path), 200).phone, kContacts.phone);
    expectAnswer(await viewer.patch(path, {email: kContacts.email}, '*'), 403, 'forbidden');
    expectAnswer(await viewer.post('/customers', {email: kContacts.email}), 403, 'forbidden');
  });

  it('sees none in what keeps an operation from being undone', async () => {
    const path = `/customers/${customer.id}`;
    const first = await as('operator').patch(path, {phone: '08011112222'}, '*');
    await as('operator').patch(path, {phone: kContacts.phone}, '*');
    const answer = await masked.post(`/operations/${first.headers.get('otokui-operation')}/undo`, {});
    expectBlind(answer, 409);
    assert.equal(answer.body.code, 'operation.changed_since');
    assert.ok(!answer.text.includes('11112222'));
    assert.deepEqual(answer.body.conflicts.map(({field, now, expected}) => [field, now, expected]), [['phone', '*****', '*****']]);
    const plain = await as('operator').post(`/operations/${first.headers.get('otokui-operation')}/undo`, {});
    assert.equal(plain.body.conflicts[0].now, kContacts.phone);
  });

  it('fetches no file that was written for other eyes', async () => {
    const mine = expectAnswer(await masked.post('/exports/customers', {columns: ['name', ...kMasked]}), 202);
    await ended(mine.job);
    expectBlind(await masked.get(`/jobs/${mine.job}/result`), 200);
    const plain = expectAnswer(await as('admin').post('/exports/customers', {columns: ['name', 'email']}), 202);
    await ended(plain.job);
    assert.ok((await as('admin').get(`/jobs/${plain.job}/result`)).text.includes('himitsu'));
    expectAnswer(await masked.get(`/jobs/${plain.job}/result`), 403, 'forbidden');
  });

  it('sees none in the rows and rejects of an import of somebody else', async () => {
    const raw = `id,family_name,email,phone\n${customer.id},覆面,himitsu2@example.jp,08098765432\n,誰か,not a mail himitsu,08098765432\n`;
    const started = expectAnswer(await as('admin').request('post', '/imports/customers?mode=upsert&on_error=skip&dry_run=true', {raw, type: 'text/csv'}), 202);
    await ended(started.job);
    expectBlind(await masked.get(`/jobs/${started.job}/rows`), 200);
    expectBlind(await masked.get(`/jobs/${started.job}`), 200);
    expectAnswer(await masked.get(`/jobs/${started.job}/rejects`), 403, 'forbidden');
    assert.ok((await as('admin').get(`/jobs/${started.job}/rejects`)).text.includes('himitsu'));
  });

  it('imports no contact data, whose clash would tell who has them', async () => {
    const told = async (mode, raw) => {
      const started = expectAnswer(await masked.request('post', `/imports/customers?mode=${mode}&on_error=skip&dry_run=true`, {raw, type: 'text/csv'}), 202);
      const job = await ended(started.job);
      if (job.problem?.detail) details.push(job.problem.detail);
      return [job.status, job.problem?.code];
    };
    const details = [];
    for (const mail of [kContacts.email, 'nobody@example.jp']) {
      assert.deepEqual(await told('create', `status,family_name,email\nmember,試し,${mail}\n`), ['failed', 'field.forbidden']);
      assert.deepEqual(await told('update', `email,family_name\n${mail},試し\n`), ['failed', 'field.forbidden']);
    }
    assert.equal((await told('create', 'status,family_name\nguest,試し\n'))[0], 'done');
    // The columns are named as the file names them.
    assert.deepEqual(await told('create', 'ステータス,姓,E-mail,電話番号\nゲスト,試し,,\n'), ['failed', 'field.forbidden']);
    assert.match(details.at(-1).ja, /「E-mail」「電話番号」/);
    assert.match(details.at(-1).en, /“E-mail”, “電話番号”/);
  });

  it('is not helped by an odd spelling of a field', async () => {
    for (const field of ['EMAIL', 'email ', 'email_text', 'street_text', 'mail_key', 'customer.email'])
      assert.equal((await search(viewer, {condition: {field, op: 'contains', value: 'himitsu'}})).status, 422, field);
  });
});
