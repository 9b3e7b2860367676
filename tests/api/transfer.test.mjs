import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kCsv = [
  '氏名(姓),氏名(名),メールアドレス,電話番号,区分',
  '田中,花子,hanako@example.jp,080-1234-5678,会員',
  '鈴木,一郎,ichiro@example.jp,03-1234-5678,会員',
  '佐藤,次郎,hanako@example.jp,,会員',
  ',,,,会員',
].join('\r\n');
const kMap = encodeURIComponent('氏名(姓)=family_name,氏名(名)=given_name,メールアドレス=email,電話番号=phone,区分=status')
  .replaceAll('%3D', '=').replaceAll('%2C', ',');

onEachEngine('Import, export and jobs', (held) => {
  const as = (role) => new Client(held.server, role);
  async function finished(job) {
    for (;;) {
      const {body} = await as('admin').get(`/jobs/${job}`);
      if (['done', 'failed', 'cancelled'].includes(body.status)) return body;
      await pause(50);
    }
  }
  const start = async (query, raw = kCsv) =>
    expectAnswer(await as('admin').request('post', `/imports/customers?${query}`, {raw, type: 'text/csv'}), 202).job;
  const total = async () => (await as('admin').post('/customers/search', {limit: 0})).body.total;

  it('a dry run says what each row would do and changes nothing', async () => {
    const job = await finished(await start(`map=${kMap}&dry_run=true&on_error=skip`));
    assert.deepEqual([job.status, job.create, job.update, job.unchanged, job.error], ['done', 2, 0, 0, 2]);
    assert.equal(job.dry_run, true);
    assert.equal(await total(), 0);
    const rows = expectAnswer(await as('admin').get(`/jobs/${job.id}/rows?outcome=error`), 200).items;
    assert.deepEqual(rows.map((row) => row.line), [4, 5]);
    const all = expectAnswer(await as('admin').get(`/jobs/${job.id}/rows?limit=1`), 200);
    assert.ok(all.next_cursor);
    const applied = expectAnswer(await as('admin').post(`/jobs/${job.id}/apply`, {}), 202).job;
    const done = await finished(applied);
    assert.deepEqual([done.status, done.create, done.error], ['done', 2, 2]);
    assert.equal(await total(), 2);
    expectAnswer(await as('admin').post(`/jobs/${job.id}/apply`, {}), 409, 'job.already_applied');
    expectAnswer(await as('admin').post(`/jobs/${job.id}/cancel`, {}), 409, 'job.finished');
    const rejects = await as('admin').get(`/jobs/${applied}/rejects`);
    expectAnswer(rejects, 200);
    assert.ok(rejects.text.includes('佐藤'));
  });

  it('all or nothing refuses the whole file for one bad row', async () => {
    const before = await total();
    const job = await finished(await start(`map=${kMap}`, kCsv.replaceAll('@example.jp', '@example.com')));
    assert.equal(job.status, 'failed');
    assert.ok(job.problem.code);
    assert.equal(await total(), before);
  });

  it('FEATURES 18, 19: 購入総額 and 顧客購入回数 follow the orders whose payment is 売上完了, and no others', async () => {
    const buyer = expectAnswer(await as('admin').post('/customers', {family_name: '購入', phone: '0311112222', number: 'BUYER-1'}), 201);
    const orders = async (lines, mode) => {
      const raw = ['受注番号,顧客番号,受注日,決済状況,合計', ...lines].join('\n');
      const job = await finished(expectAnswer(await as('admin').request('post', `/imports/orders?mode=${mode}`, {raw, type: 'text/csv'}), 202).job);
      assert.equal(job.status, 'done', JSON.stringify(job.problem));
      const {items} = expectAnswer(await as('operator').post('/customers/search', {condition: {field: 'id', op: 'in', value: [buyer.id]}, columns: ['purchase_total', 'purchase_count']}), 200);
      return [items[0].purchase_total, items[0].purchase_count];
    };
    assert.deepEqual(await orders(['F-1,BUYER-1,2026-01-05,売上完了,3000', 'F-2,BUYER-1,2026-01-06,与信完了,500', 'F-3,BUYER-1,2026-01-07,取消完了,900'], 'create'), [3000, 1]);
    assert.deepEqual(await orders(['F-2,BUYER-1,2026-01-06,売上完了,500'], 'update'), [3500, 2]);
    assert.deepEqual(await orders(['F-1,BUYER-1,2026-01-05,返金済み,3000'], 'update'), [500, 1]);
    await as('admin').delete(`/customers/${buyer.id}`, '*');
  });

  it('export and import of the same is no change', async () => {
    const {job} = expectAnswer(await as('admin').post('/exports/customers', {encoding: 'utf-8-bom'}), 202);
    assert.equal((await finished(job)).status, 'done');
    const file = await as('admin').get(`/jobs/${job}/result`);
    expectAnswer(file, 200);
    assert.match(file.headers.get('content-disposition'), /^attachment/);
    const again = await finished(await start('mode=update', file.text));
    assert.deepEqual([again.status, again.create, again.update, again.error], ['done', 0, 0, 0]);
    assert.equal(again.unchanged, await total());
  });

  it('writes days as YYYY/MM/DD, and guards formulas unless told not to', async () => {
    const made = expectAnswer(await as('admin').post('/customers', {number: 'DAY-1', family_name: '日付', birth_date: '1985-04-03', registered_at: '2024-01-16T13:59:58+09:00', memo: '=1+1'}), 201);
    const exported = async (more) => {
      const condition = {field: 'number', op: 'is', value: 'DAY-1'};
      const {job} = expectAnswer(await as('admin').post('/exports/customers', {condition, columns: ['number', 'birth_date', 'registered_at', 'memo'], encoding: 'utf-8', ...more}), 202);
      assert.equal((await finished(job)).status, 'done');
      return (await as('admin').get(`/jobs/${job}/result`)).text.split('\r\n')[1];
    };
    assert.equal(await exported(), "DAY-1,1985/04/03,2024/01/16 13:59:58,'=1+1");
    assert.equal(await exported({guard_formulas: true}), await exported());
    assert.equal(await exported({guard_formulas: false}), 'DAY-1,1985/04/03,2024/01/16 13:59:58,=1+1');
    const words = ['export', 'customers', '--columns', 'memo', '--query', '{"field":"number","op":"is","value":"DAY-1"}', '--encoding', 'utf-8'];
    assert.equal((await held.server.command(words)).split('\r\n')[1], "'=1+1");
    assert.equal((await held.server.command([...words, '--no-guard-formulas'])).split('\r\n')[1], '=1+1');
    const refused = await as('admin').post('/exports/customers', {guard_formulas: 'no'});
    expectAnswer(refused, 422, 'body.invalid');
    assert.deepEqual(pointers(refused), ['/guard_formulas wrong_type']);
    await as('admin').delete(`/customers/${made.id}`, '*');
  });

  it('offers a sample of each kind that comes in as it is', async () => {
    const sample = async (kind) => {
      const answer = await as('admin').get(`/imports/${kind}/sample`);
      expectAnswer(answer, 200);
      assert.match(answer.headers.get('content-disposition'), new RegExp(`^attachment.*${kind}-sample\\.csv`));
      assert.match(answer.headers.get('content-type'), /^text\/csv/);
      return answer.text;
    };
    const tried = async (kind, query = '') =>
      finished(expectAnswer(await as('admin').request('post', `/imports/${kind}?${query}`, {raw: await sample(kind), type: 'text/csv'}), 202).job);
    const made = await tried('customers');
    assert.deepEqual([made.status, made.create, made.ignored_columns], ['done', 1, []]);
    for (const kind of ['addresses', 'orders', 'points']) {
      const job = await tried(kind, 'dry_run=true');
      assert.deepEqual([job.status, job.create + job.update, job.error, job.ignored_columns], ['done', 1, 0, []], kind);
    }
    expectAnswer(await as('admin').post(`/operations/${made.operation}/undo`, {}), 200);
    expectAnswer(await as('operator').get('/imports/customers/sample'), 403, 'forbidden');
    expectAnswer(await new Client(held.server).get('/imports/customers/sample'), 401);
    expectAnswer(await as('admin').get('/imports/letters/sample'), 404, 'import.kind_unknown');
    const raw = Buffer.from(await (await fetch(`${held.server.origin}/api/v1/imports/customers/sample`, {headers: {authorization: `Bearer ${held.server.tokens.admin}`}})).arrayBuffer());
    assert.deepEqual([...raw.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  });

  it('a preview names what the columns of its kind of file can be, and a check tells whether errors stop the whole', async () => {
    const raw = '受注番号,顧客番号,送料\nP-1,A,500\n';
    const preview = expectAnswer(await as('admin').request('post', '/imports/preview?kind=orders', {raw, type: 'text/csv'}), 201);
    assert.deepEqual(preview.columns.map(({field}) => field), ['number', 'customer_number', 'shipping_fee']);
    assert.deepEqual(preview.fields.find(({key}) => key === 'number').labels, {ja: '受注番号', en: 'Order number'});
    assert.equal((await finished(await start(`map=${kMap}&dry_run=true`))).on_error, 'all_or_nothing');
    assert.equal((await finished(await start(`map=${kMap}&dry_run=true&on_error=skip`))).on_error, 'skip');
  });

  it('a preview recognises the file and its upload can be imported', async () => {
    const preview = expectAnswer(
      await as('admin').request('post', '/imports/preview?kind=customers', {raw: kCsv, type: 'text/csv'}), 201);
    assert.equal(preview.encoding, 'utf-8');
    assert.equal(preview.delimiter, ',');
    assert.deepEqual(preview.rows[0].slice(0, 2), ['田中', '花子']);
    const mapping = {kind: 'customers', signature: preview.signature, columns: preview.columns};
    expectAnswer(await as('admin').put('/import-mappings', mapping), 200);
    const kept = expectAnswer(await as('admin').get(`/import-mappings?kind=customers&signature=${preview.signature}`), 200);
    assert.deepEqual(kept.items[0].columns, preview.columns);
    expectAnswer(await as('admin').get('/import-mappings?cursor=abc'), 422, 'cursor.invalid');
    const long = await as('admin').put('/import-mappings', {...mapping, signature: randomBytes(6000).toString('base64url')});
    assert.deepEqual(pointers(long), ['/signature too_long']);
    const answer = await as('admin').request('post', `/imports/customers?upload=${preview.upload}&map=${kMap}&dry_run=true&on_error=skip`, {raw: '', type: 'text/csv'});
    assert.equal((await finished(expectAnswer(answer, 202).job)).status, 'done');
    expectAnswer(await as('admin').request('post', `/imports/customers?upload=${'A'.repeat(22)}&map=${kMap}`, {raw: '', type: 'text/csv'}), 404, 'upload.not_found');
  });

  it('the command line tells a wrong call from a refusal, and leaves a file alone that it cannot write anew', async () => {
    const out = `${held.server.folder}/kept.csv`;
    writeFileSync(out, 'kept');
    const run = (...words) => held.server.command(words).then(() => 0, ({code}) => code);
    assert.equal(await run('export', 'nothing', '--out', out), 2);
    assert.equal(await run('export', 'customers', '--encoding', 'latin1', '--out', out), 2);
    assert.equal(await run('import', 'customers', out, '--mode', 'replace'), 2);
    assert.equal(await run('export', 'customers', '--columns', 'nothing', '--out', out), 1);
    assert.equal(readFileSync(out, 'utf8'), 'kept');
    assert.equal(await run('export', 'customers', '--out', out), 0);
    assert.notEqual(readFileSync(out, 'utf8'), 'kept');
    if (!existsSync('/dev/full')) return;
    assert.equal(await run('export', 'customers', '--out', '/dev/full'), 1);
  });

  it('the undo of a long import names what has changed since', async () => {
    const rows = Array.from({length: 120}, (_, i) => `U-${i},長い${i}`).join('\n');
    const made = await finished(expectAnswer(
      await as('admin').request('post', '/imports/customers', {raw: `顧客番号,姓\n${rows}\n`, type: 'text/csv'}), 202).job);
    const found = await as('operator').post('/customers/search', {condition: {field: 'number', op: 'is', value: 'U-7'}});
    const {id} = expectAnswer(found, 200).items[0];
    expectAnswer(await as('operator').patch(`/customers/${id}`, {company: '変更'}, '*'), 200);
    const undone = await finished(expectAnswer(await as('admin').post(`/operations/${made.operation}/undo`, {}), 202).job);
    assert.equal(undone.skipped, 1);
    const left = expectAnswer(await as('admin').get(`/jobs/${undone.id}/conflicts`), 200);
    assert.deepEqual(left.items.map(({kind, record, customer, customer_number, customer_name, field, before, after, now}) =>
      [kind, record, customer, customer_number, customer_name, field, before, after, now]),
    [['customer', id, id, 'U-7', '長い7', 'company', null, null, '変更']]);
    assert.equal(left.next_cursor, null);
    expectAnswer(await as('admin').get('/jobs/999999/conflicts'), 404, 'job.not_found');
    expectAnswer(await new Client(held.server).get(`/jobs/${undone.id}/conflicts`), 401);
  });

  it('jobs are listed; an unknown one is 404; a finished one cannot be cancelled', async () => {
    const {items} = expectAnswer(await as('admin').get('/jobs'), 200);
    assert.ok(items.length >= 4);
    const kinds = (query) => as('admin').get(`/jobs?${query}`).then((answer) => new Set(expectAnswer(answer, 200).items.map(({kind}) => kind)));
    assert.deepEqual([...await kinds('kind=import.customers')], ['import.customers']);
    assert.deepEqual([...await kinds('kind=export.orders&status=queued')], []);
    assert.ok(expectAnswer(await as('admin').get('/jobs?status=done'), 200).items.every(({status}) => status === 'done'));
    const {id} = expectAnswer(await as('operator').get('/me'), 200);
    assert.ok(expectAnswer(await as('admin').get(`/jobs?staff=${id}`), 200).items.every(({actor}) => actor.id === id));
    const wrong = expectAnswer(await as('admin').get('/jobs?kind=tea&status=tired'), 422, 'query.invalid');
    assert.deepEqual(wrong.errors.map(({pointer}) => pointer).sort(), ['/kind', '/status']);
    expectAnswer(await as('admin').get('/jobs/999999'), 404, 'job.not_found');
    expectAnswer(await as('admin').post(`/jobs/${items.at(-1).id}/cancel`, {}), 409, 'job.finished');
  });

  it('only customers who sign in need a mail address of their own, and one of the shop counts like a row before', async () => {
    const guests = await finished(await start(`map=${kMap}&dry_run=true&on_error=skip`, kCsv.replaceAll(',会員', ',ゲスト')));
    assert.deepEqual([guests.create, guests.error], [3, 1]);
    const again = await finished(await start(`map=${kMap}&dry_run=true&on_error=skip`));
    assert.deepEqual([again.create, again.error], [0, 4]);
  });

  it('whoever may not import may not apply a plan', async () => {
    const plan = await finished(await start(`map=${kMap}&dry_run=true&on_error=skip`));
    expectAnswer(await as('operator').post(`/jobs/${plan.id}/apply`, {}), 403, 'forbidden');
    expectAnswer(await as('operator').post('/jobs/999999/apply', {}), 404, 'job.not_found');
  });

  it('operators may neither import nor export', async () => {
    expectAnswer(await as('operator').request('post', '/imports/customers', {raw: kCsv, type: 'text/csv'}), 403, 'forbidden');
    expectAnswer(await as('operator').post('/exports/customers', {}), 403, 'forbidden');
  });

  it('only text/csv is taken', async () => {
    expectAnswer(await as('admin').request('post', '/imports/customers', {raw: '{}', type: 'application/json'}), 415);
  });
});
