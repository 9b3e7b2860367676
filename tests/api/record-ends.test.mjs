// How a customer's record ends: mail that is sent no more, withdrawal, deletion, erasure.
import assert from 'node:assert/strict';
import {afterEach, beforeEach, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {MailPeer, refusal} from './support/smtp.mjs';

async function until(look, wanted, what) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > deadline) assert.fail(`never ${what}: ${JSON.stringify(seen)}`);
    await pause(50);
  }
}

onEachEngine('クリーニング済', (held) => {
  const as = (role) => new Client(held.server, role);
  let peer;
  let people = 0;
  const putSettings = async () => {
    const settings = {host: '127.0.0.1', port: peer.port, tls: 'none', sender: {name: '店', email: 'shop@example.jp'}, timeout_seconds: 5};
    expectAnswer(await as('admin').put('/settings/mail', settings, '*'), 200);
  };
  beforeEach(async () => {
    peer = await MailPeer.start();
    await putSettings();
  });
  afterEach(() => peer.stop());

  const create = async (input = {}) =>
    expectAnswer(await as('operator').post('/customers', {family_name: '洗', status: 'member', newsletter: true, email: `cleaned${++people}@example.jp`, ...input}), 201);
  const read = async ({id}) => expectAnswer(await as('operator').get(`/customers/${id}`), 200);
  const mails = async ({id}) => expectAnswer(await as('operator').get(`/customers/${id}/mails`), 200).items;
  const consents = async ({id}) => expectAnswer(await as('operator').get(`/customers/${id}/consents?what=cleaned`), 200).items;
  const patched = async ({id}, body) => expectAnswer(await as('operator').patch(`/customers/${id}`, body, '*'), 200);
  // Withdrawing is what the system itself writes to a customer about.
  const withdraw = async ({id}) => {
    const answer = await as('operator').post(`/customers/${id}/withdraw`, {});
    expectAnswer(answer, 200);
    return answer.headers.get('otokui-operation');
  };
  const comeBack = async (operation) => expectAnswer(await as('operator').post(`/operations/${operation}/undo`, {}), 200);
  const mailOf = (customer, status) => until(async () => (await mails(customer))[0], (mail) => mail?.status === status, status);
  const suppressed = async () => expectAnswer(await as('admin').get('/mails?status=suppressed&limit=200'), 200).items;
  const recipients = () => peer.taken.map(({envelope}) => envelope.rcptTo[0].address);

  it('FEATURES 78: whoever is ticked is written to no more, and the mail that was not sent is told and counted', async () => {
    const [ticked, other] = [await create({cleaned: true}), await create()];
    const counted = (await suppressed()).length;
    for (const customer of [ticked, other]) await withdraw(customer);
    await mailOf(other, 'sent');
    const [mail] = await mails(ticked);
    assert.deepEqual([mail.status, mail.cause, mail.attempts, mail.sent_at], ['suppressed', 'cleaned', 0, null]);
    const kept = await suppressed();
    assert.deepEqual([kept.length, kept[0].id], [counted + 1, mail.id]);
    assert.equal(expectAnswer(await as('operator').get(`/customers/${ticked.id}/counts`), 200).counts.mail, 1);
    expectAnswer(await as('admin').post(`/mails/${mail.id}/retry`, {}), 409, 'mail.recipient_cleaned');
    assert.deepEqual(recipients(), [other.email]);
    assert.equal((await read(other)).cleaned, false);
  });

  it('FEATURES 78: a mail that waits is not sent to whoever is ticked meanwhile, and is once the tick is lifted', async () => {
    const customer = await create();
    await peer.stop();
    await withdraw(customer);
    await until(async () => (await mails(customer))[0], (mail) => mail.cause === 'peer_down', 'found the peer dead');
    await patched(customer, {cleaned: true});
    peer = await MailPeer.start();
    await putSettings();
    const kept = await mailOf(customer, 'suppressed');
    assert.equal(kept.cause, 'cleaned');
    assert.deepEqual(recipients(), []);
    await patched(customer, {cleaned: false});
    expectAnswer(await as('admin').post(`/mails/${kept.id}/retry`, {}), 200);
    await mailOf(customer, 'sent');
    assert.deepEqual(recipients(), [customer.email]);
  });

  it('FEATURES 79: a reported bounce sets the tick with its reason, and the next mail is held back', async () => {
    const customer = await create();
    const operation = await withdraw(customer);
    await mailOf(customer, 'sent');
    await comeBack(operation);
    const reason = '5.1.1 mailbox does not exist';
    assert.equal(expectAnswer(await as('admin').post('/bounces', {email: customer.email, reason}), 200).cleaned, 1);
    assert.equal((await read(customer)).cleaned, true);
    assert.deepEqual((await consents(customer)).map(({value, how, ground, current}) => [value, how, ground, current]), [[true, 'bounce', reason, true]]);
    await withdraw(customer);
    assert.deepEqual((await mails(customer)).map(({status, cause}) => [status, cause]), [['suppressed', 'cleaned'], ['sent', null]]);
    assert.equal(peer.taken.length, 1);
  });

  it('FEATURES 79: the mail server that refuses an address for good sets the tick by itself; one that refuses the mail does not', async () => {
    const [customer, other] = [await create(), await create()];
    peer.will('recipient', refusal(550, '5.1.1 no such user'));
    const operation = await withdraw(customer);
    assert.equal((await mailOf(customer, 'failed')).cause, 'refused');
    const now = await read(customer);
    assert.deepEqual([now.cleaned, now.newsletter], [true, false]);
    const [entry] = await consents(customer);
    assert.deepEqual([entry.value, entry.how, entry.ground, entry.actor], [true, 'bounce', '550 5.1.1 no such user', 'system']);
    const found = await as('operator').post('/customers/search', {condition: {all: [{field: 'id', op: 'is', value: customer.id}, {field: 'cleaned', op: 'is', value: true}]}});
    assert.equal(expectAnswer(found, 200).total, 1);
    await comeBack(operation);
    await withdraw(customer);
    assert.deepEqual((await mails(customer)).map(({status, cause}) => [status, cause]), [['suppressed', 'cleaned'], ['failed', 'refused']]);

    peer.will('content', refusal(554, '5.6.0 looks like spam'));
    await withdraw(other);
    assert.equal((await mailOf(other, 'failed')).cause, 'refused');
    assert.equal((await read(other)).cleaned, false);
    assert.deepEqual(await consents(other), []);
    assert.deepEqual(peer.taken, []);
  });
});

onEachEngine('The end of a record', (held) => {
  const as = (role) => new Client(held.server, role);
  let people = 0;
  const create = async (input = {}) =>
    expectAnswer(await as('operator').post('/customers', {family_name: '終', status: 'member', number: `END-${++people}`, email: `end${people}@example.jp`, ...input}), 201);
  const read = async ({id}) => expectAnswer(await as('owner').get(`/customers/${id}`), 200);
  const finished = async (answer) => {
    const {job} = expectAnswer(answer, 202);
    return until(async () => expectAnswer(await as('owner').get(`/jobs/${job}`), 200), ({status}) => !['queued', 'running'].includes(status), 'ended');
  };
  const importFile = async (path, lines) => finished(await as('admin').request('post', path, {raw: lines.join('\n'), type: 'text/csv'}));
  let orders = 0;
  /** Orders of these payment states; answers their numbers. */
  const buy = async ({number}, states) => {
    const made = states.map((state) => [`TIE-${++orders}`, state]);
    const lines = made.map(([order, state]) => `${order},${number},2026-01-05,${state},1000,終 太郎,大阪市北区梅田1-1`);
    const job = await importFile('/imports/orders', ['受注番号,顧客番号,受注日,決済状況,合計,お届け先氏名,お届け先住所', ...lines]);
    assert.equal(job.status, 'done', JSON.stringify(job.problem));
    return made.map(([order]) => order);
  };
  const settle = async (numbers) => {
    const job = await importFile('/imports/orders?mode=update', ['受注番号,決済状況', ...numbers.map((number) => `${number},売上完了`)]);
    assert.equal(job.status, 'done', JSON.stringify(job.problem));
  };
  const rowsOf = async (job) =>
    expectAnswer(await as('admin').get(`/jobs/${job.id}/rows`), 200).items.map(({outcome, errors}) => [outcome, ...errors.map(({column, code}) => `${column} ${code}`)]);

  it('FEATURES 95: deleting is refused while orders are unsettled and names them; settled or cancelled ones hold nobody', async () => {
    const customer = await create();
    const open = await buy(customer, ['未決済', '与信完了', '審査中']);
    await buy(customer, ['売上完了', '取消完了', '返金済み']);
    const stood = await read(customer);
    const refused = await as('admin').delete(`/customers/${customer.id}`, customer.version);
    const {ties, detail} = expectAnswer(refused, 409, 'customer.has_ties');
    assert.deepEqual(ties.map(({kind, number}) => [kind, number]), open.map((number) => ['order', number]));
    for (const number of open) assert.ok(detail.includes(number), detail);
    const {items} = expectAnswer(await as('admin').get(`/customers/${customer.id}/orders`), 200);
    assert.deepEqual(ties.map(({id}) => id), open.map((number) => items.find((order) => order.number === number).id));
    assert.deepEqual(await read(customer), stood);
    await settle(open);
    expectAnswer(await as('admin').delete(`/customers/${customer.id}`, '*'), 204);
    const gone = await read(customer);
    assert.deepEqual([gone.deleted, gone.delete_cause, gone.purchase_total, gone.purchase_count], ['yes', 'staff', 4000, 4]);
    assert.equal(expectAnswer(await as('admin').get(`/customers/${customer.id}/orders`), 200).items.length, 6);
  });

  for (const [act, mode, outcome, column, line, header] of [
    ['withdraws', 'update', 'update', 'ステータス', (number) => `${number},退会`, '顧客番号,ステータス'],
    ['deletes', 'control', 'delete', 'コントロールカラム', (number) => `d,${number}`, 'コントロールカラム,顧客番号'],
  ])
    it(`FEATURES 95: a file ${act} nobody whose orders are unsettled, and says so in the row`, async () => {
      const [free, tied] = [await create(), await create()];
      const open = await buy(tied, ['未決済']);
      const stood = [await read(free), await read(tied)];
      const send = () => importFile(`/imports/customers?mode=${mode}`, [header, line(free.number), line(tied.number)]);
      const refused = await send();
      assert.equal(refused.status, 'failed', JSON.stringify(refused));
      assert.deepEqual(await rowsOf(refused), [[outcome], ['error', `${column} has_ties`]]);
      assert.deepEqual([await read(free), await read(tied)], stood);
      await settle(open);
      const done = await send();
      assert.deepEqual([done.status, done[outcome]], ['done', 2], JSON.stringify(done));
    });

  it('FEATURES 95: granted coupons end with the record, by whatever door, and come back with the restore', async () => {
    const {id: coupon} = expectAnswer(await as('admin').post('/coupons', {name: '限定', code: 'END', discount: 'amount', value: 100, customer_limited: true}), 201);
    const [byHand, byFile, erased] = [await create(), await create(), await create()];
    expectAnswer(await as('admin').post(`/coupons/${coupon}/grants`, {customers: [byHand.id, byFile.id, erased.id]}), 200);
    const stateOf = async ({id}) => expectAnswer(await as('admin').get(`/customers/${id}/coupons`), 200).items[0].state;
    expectAnswer(await as('admin').delete(`/customers/${byHand.id}`, '*'), 204);
    const job = await importFile('/imports/customers?mode=control', ['コントロールカラム,顧客番号', `d,${byFile.number}`]);
    assert.deepEqual([job.status, job.delete], ['done', 1], JSON.stringify(job));
    assert.equal((await finished(await as('owner').post(`/customers/${erased.id}/erase`, {number: erased.number}))).status, 'done');
    const ends = {byHand: await stateOf(byHand), byFile: await stateOf(byFile), erased: await stateOf(erased)};
    assert.deepEqual(ends, {byHand: 'revoked', byFile: 'revoked', erased: 'revoked'});
    for (const customer of [byHand, byFile]) {
      expectAnswer(await as('admin').post(`/customers/${customer.id}/restore`, {}), 200);
      assert.equal(await stateOf(customer), 'live');
    }
  });

  it('FEATURES 95: erasing asks for the number and for settled orders, and leaves the figures without the person', async () => {
    const words = {family_name: '消去谷', given_name: '桃次郎', family_kana: 'ショウキョダニ', given_kana: 'モモジロウ', email: 'shoukyo@example.jp', phone: '0455551234', street: '忘却町7-7', company: '忘却商会', memo: '秘密の覚え', alert: '声が似た弟'};
    const customer = await create({...words, postal_code: '2200001', prefecture: 14, city: '横浜市西区', birth_date: '1985-04-03', sex: 'male', newsletter: true});
    const path = `/customers/${customer.id}`;
    expectAnswer(await as('operator').post(`${path}/addresses`, {label: '実家', family_name: '消去谷', street: '忘却町8'}), 201);
    expectAnswer(await as('operator').post(`${path}/memos`, {title: '消去谷様', body: '電話した'}), 201);
    expectAnswer(await as('operator').patch(path, {phone: '0455559876'}, '*'), 200);
    const open = await buy(customer, ['売上完了', '未決済']);
    const erase = (body) => as('owner').post(`${path}/erase`, body);
    for (const [body, fault] of [[{}, '/number required'], [{number: 'END-0'}, '/number number_differs']]) {
      const answer = await erase(body);
      expectAnswer(answer, 422, 'erase.invalid');
      assert.deepEqual(pointers(answer), [fault]);
    }
    const tied = expectAnswer(await erase({number: customer.number}), 409, 'customer.has_ties');
    assert.deepEqual(tied.ties.map(({number}) => number), [open[1]]);
    expectAnswer(await as('admin').post(`${path}/erase`, {number: customer.number}), 403, 'forbidden');
    await settle(open.slice(1));
    const before = await read(customer);
    assert.deepEqual([before.family_name, before.deleted, before.purchase_total], ['消去谷', 'no', 2000]);
    const lines = async () => expectAnswer(await as('owner').get(`${path}/orders`), 200).items.map(({number, total, payment_status}) => [number, total, payment_status]);
    const bought = await lines();

    assert.equal((await finished(await erase({number: customer.number, reason: '本人の求め'}))).status, 'done');
    const left = await read(customer);
    assert.ok(left.erased_at);
    for (const key of [...Object.keys(words), 'name', 'kana', 'postal_code', 'city', 'birth_date', 'age', 'sex']) assert.equal(left[key], null, key);
    assert.equal(left.address, left.prefecture_name, 'where he lived is told no nearer than the figures need');
    assert.deepEqual([left.deleted, left.number, left.purchase_total, left.purchase_count], ['yes', customer.number, 2000, 2]);
    assert.deepEqual(await lines(), bought);
    const traces = ['消去谷', '桃次郎', 'ショウキョ', 'shoukyo', '0455551234', '0455559876', '忘却', '秘密の覚え', '声が似た', '電話した', '終 太郎', '梅田'];
    for (const list of ['', '/addresses', '/memos', '/history', '/timeline', '/orders', '/purchases', '/mails', '/consents', '/points', '/coupons', '/disclosure']) {
      const {status, text} = await as('owner').get(path + list);
      assert.equal(status, 200, list);
      for (const trace of traces) assert.ok(!text.includes(trace), `${trace} in ${list}: ${text}`);
    }
    for (const text of ['消去谷', 'shoukyo@example.jp', '0455559876']) {
      const condition = {field: 'deleted', op: 'in', value: ['no', 'yes']};
      assert.equal(expectAnswer(await as('owner').post('/customers/search', {text, condition}), 200).total, 0, text);
    }
    expectAnswer(await erase({number: customer.number}), 409, 'customer.erased');
    expectAnswer(await as('owner').post(`${path}/restore`, {}), 409, 'customer.erased');
  });

  it('the books agree afterwards', async () => {
    assert.match(await held.server.command(['verify']), /the books agree/);
  });
});
