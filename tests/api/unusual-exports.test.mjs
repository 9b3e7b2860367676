// SECURITY P3: whoever takes out 5 times the usual raises an alert: in the log, in a list, and by mail in each reader's language.
import assert from 'node:assert/strict';
import {after, before, it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {MailPeer} from './support/smtp.mjs';

const kPeople = 1_000;

onEachEngine('Unusual exports', (held) => {
  const as = (role) => new Client(held.server, role);
  let peer;
  const finished = async (job) => {
    for (;;) {
      const seen = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const fetchAll = async (body = {}) => {
    const {job} = expectAnswer(await as('admin').post('/exports/customers', {columns: ['number', 'name'], ...body}), 202);
    await finished(job);
    const path = `/jobs/${job}/result`;
    assert.equal((await as('admin').get(path)).status, 200);
    return path;
  };
  const alerts = async (query = '') => expectAnswer(await as('admin').get(`/access-alerts${query}`), 200).items;

  before(async () => {
    peer = await MailPeer.start();
    const settings = {host: '127.0.0.1', port: peer.port, tls: 'none', sender: {name: '店', email: 'shop@example.jp'}, timeout_seconds: 5};
    expectAnswer(await as('admin').put('/settings/mail', settings, '*'), 200);
    const add = async (login, role, more = {}) => {
      const mail = peer.taken.length + 1;
      const {id} = expectAnswer(await as('owner').post('/staff', {login, name: login, role, email: `${login}@example.jp`, ...more}), 201);
      await peer.until(() => peer.taken.length === mail, `the link of ${login}`);
      return id;
    };
    await add('nihon', 'admin');
    await add('eigo', 'admin', {mail_language: 'en'});
    await add('mita', 'viewer');
    expectAnswer(await as('owner').patch(`/staff/${await add('teishi', 'admin')}`, {disabled: true}, '*'), 200);
    peer.taken.length = 0;
    const raw = `status,family_name\n${Array.from({length: kPeople}, (_, i) => `guest,客${i}`).join('\n')}\n`;
    const {job} = expectAnswer(await as('admin').request('post', '/imports/customers', {raw, type: 'text/csv'}), 202);
    assert.equal((await finished(job)).ok, kPeople);
  });
  after(() => peer?.stop());

  it('of a few rows raise nothing', async () => {
    await fetchAll({condition: {field: 'family_name', op: 'in', value: ['客1', '客2']}});
    assert.deepEqual(await alerts(), []);
  });

  it('stand in the log and in a list, and are told by mail to those who may read the log', async () => {
    const path = await fetchAll();
    await peer.until(() => peer.taken.length === 2, 'two mails');
    const to = (name) => peer.taken.find(({envelope}) => envelope.rcptTo[0].address === `${name}@example.jp`);
    assert.match(to('nihon').headers.subject, /通常より多い顧客データ/);
    assert.match(to('nihon').body, /admin さんのアカウント[^]*本日の出力: 1,002件[^]*通常の1日: 200件/);
    assert.match(to('eigo').headers.subject, /Unusually many customers exported/);
    assert.match(to('eigo').body, /account of admin[^]*Today: 1,002 rows/);

    const [alert, ...more] = await alerts('?unseen=true');
    assert.deepEqual(more, []);
    assert.deepEqual([alert.name, alert.taken, alert.usual, alert.earlier_days, alert.seen_at], ['admin', 1_002, 200, 0, null]);
    const entries = expectAnswer(await as('admin').get('/access-log?kind=download'), 200).items;
    assert.deepEqual(entries.map(({alert: raised}) => raised?.id ?? null), [alert.id, null]);
    assert.equal(expectAnswer(await as('admin').get(`/access-log/${alert.entry}`), 200).alert.id, alert.id);

    assert.equal((await as('admin').get(path)).status, 200);
    await fetchAll({condition: {field: 'family_name', op: 'is', value: '客3'}});
    assert.equal((await alerts())[0].taken, 1_003, 'the same file counts once a day');
    assert.equal(peer.taken.length, 2, 'one mail a person and day');
  });

  it('are taken note of once, by whoever may read the log', async () => {
    const [alert] = await alerts('?unseen=true');
    for (const role of ['viewer', 'operator']) {
      expectAnswer(await as(role).get('/access-alerts'), 403, 'forbidden');
      expectAnswer(await as(role).post(`/access-alerts/${alert.id}/seen`, {}), 403, 'forbidden');
    }
    expectAnswer(await as('owner').post('/access-alerts/4711/seen', {}), 404, 'access_alert.not_found');
    assert.equal(expectAnswer(await as('owner').post(`/access-alerts/${alert.id}/seen`, {}), 200).seen_by, 'owner');
    assert.equal(expectAnswer(await as('admin').post(`/access-alerts/${alert.id}/seen`, {}), 200).seen_by, 'owner');
    assert.deepEqual(await alerts('?unseen=true'), []);
    assert.equal((await alerts()).length, 1);
    expectAnswer(await as('admin').get('/access-alerts?unseen=maybe'), 422, 'query.invalid');
  });
});
