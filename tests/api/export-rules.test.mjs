// SECURITY P3: what a shop asks before personal data leave it as a file, and how long the file lies there.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kHour = 3_600_000;

onEachEngine('Rules of exports', (held) => {
  const as = (role) => new Client(held.server, role);
  const set = async (values) => expectAnswer(await as('admin').patch('/settings/exports', values, '*'), 200);
  const ended = async (job) => {
    for (;;) {
      const seen = expectAnswer(await as('owner').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const start = async (body, who = as('admin')) => ended(expectAnswer(await who.post('/exports/customers', body), 202).job);

  before(async () => {
    for (const family_name of ['青木', '森', '田中']) expectAnswer(await as('operator').post('/customers', {family_name}), 201);
  });

  it('as shipped asks for nothing and keeps files for a day', async () => {
    const job = await start({});
    assert.equal(job.status, 'done');
    assert.ok(Math.abs(Date.parse(job.expires_at) - Date.parse(job.finished_at) - 24 * kHour) < kHour / 60);
  });

  it('files are kept as long as the setting says, up to seven days', async () => {
    await set({keep_hours: 168});
    const job = await start({});
    assert.ok(Math.abs(Date.parse(job.expires_at) - Date.parse(job.finished_at) - 168 * kHour) < kHour / 60);
    for (const keep_hours of [0, 169]) {
      const wrong = await as('admin').patch('/settings/exports', {keep_hours}, '*');
      expectAnswer(wrong, 422, 'settings.invalid');
      assert.deepEqual(pointers(wrong), ['/keep_hours out_of_range']);
    }
    await set({keep_hours: 24});
  });

  it('guarded: no export without a reason, which stands in the log', async () => {
    await set({guard: true, guard_rows: 0});
    for (const body of [{}, {reason: ' 　'}, {reason: null}]) {
      const refused = await as('admin').post('/exports/customers', body);
      expectAnswer(refused, 422, 'body.invalid');
      assert.deepEqual(pointers(refused), ['/reason required']);
    }
    assert.deepEqual(pointers(await as('admin').post('/exports/customers', {reason: 'あ'.repeat(1001)})), ['/reason too_long']);
    assert.equal((await start({reason: '棚卸しの照合'})).status, 'done');
    const [entry] = expectAnswer(await as('owner').get('/access-log?kind=export'), 200).items;
    assert.equal(expectAnswer(await as('owner').get(`/access-log/${entry.id}`), 200).asked.reason, '棚卸しの照合');
    // A browser that has just signed in has shown a factor.
    assert.equal((await start({reason: '照合'}, await Client.signIn(held.server, 'admin'))).status, 'done');
  });

  it('guarded: nobody writes more rows on a day than the limit, whatever the kind of file', async () => {
    const written = expectAnswer(await as('owner').get('/jobs'), 200).items.filter(({status}) => status === 'done').reduce((rows, {ok}) => rows + ok, 0);
    await set({guard: true, guard_rows: written + 4});
    assert.equal((await start({reason: '照合'})).status, 'done', 'three more');
    const refused = await start({reason: '照合'});
    assert.deepEqual([refused.status, refused.problem.code, refused.has_result], ['failed', 'export.too_many_rows', false]);
    assert.match(refused.problem.detail.ja, new RegExp(`${written + 4}件`));
    assert.equal((await start({reason: '照合', text: '青木'})).status, 'done', 'the last one that is allowed');
    assert.equal((await start({reason: '照合'}, as('owner'))).status, 'done', 'another person has a measure of his own');
    await set({guard: false});
    assert.equal((await start({})).status, 'done');
  });

  it('a narrowed token needs the scope', async () => {
    const {token} = expectAnswer(await as('owner').post('/tokens', {name: '読むだけ', scopes: ['customer.read', 'job.read']}), 201);
    const narrowed = new Client(held.server, {token});
    expectAnswer(await narrowed.post('/exports/customers', {}), 403, 'forbidden');
    const {job} = expectAnswer(await as('owner').post('/exports/customers', {}), 202);
    await ended(job);
    expectAnswer(await narrowed.get(`/jobs/${job}/result`), 403, 'forbidden');
  });
});
