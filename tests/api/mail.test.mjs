// Mails over a real SMTP server on this machine: every answer it may give, TLS, and a program that is killed meanwhile.
import assert from 'node:assert/strict';
import {afterEach, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {MailPeer, makeCertificate, refusal} from './support/smtp.mjs';

const certificate = makeCertificate();
const kSender = {name: 'お得意 [本店]', email: 'shop@example.jp'};

onEachEngine('Mail', (held) => {
  const as = (role) => new Client(held.server, role);
  const peers = [];

  async function startPeer(options) {
    const peer = await MailPeer.start(options);
    peers.push(peer);
    return peer;
  }
  afterEach(async () => {
    for (const peer of peers.splice(0)) await peer.stop();
  });

  async function putSettings(peer, more = {}) {
    const settings = {host: '127.0.0.1', port: peer.port, tls: 'none', sender: kSender, timeout_seconds: 5, ...more};
    return expectAnswer(await as('admin').put('/settings/mail', settings, '*'), 200);
  }
  async function test(to = 'hanako@example.jp') {
    return expectAnswer(await as('admin').post('/settings/mail/test', {to}), 200);
  }
  async function queue(to = 'hanako@example.jp') {
    return expectAnswer(await as('admin').post('/settings/mail/test', {to, queue: true}), 202).mail;
  }
  async function mailIn(id, wanted, what) {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const mail = expectAnswer(await as('admin').get(`/mails/${id}`), 200);
      if (wanted(mail)) return mail;
      if (Date.now() > deadline) assert.fail(`mail ${id} never ${what}: ${JSON.stringify(mail)}`);
      await pause(50);
    }
  }
  const sent = (id) => mailIn(id, (mail) => mail.status === 'sent', 'was sent');

  it('is not set up at first and says so', async () => {
    const shown = expectAnswer(await as('admin').get('/settings/mail'), 200);
    assert.equal(shown.host, null);
    assert.equal(shown.version, 1);
    expectAnswer(await as('admin').post('/settings/mail/test', {to: 'hanako@example.jp'}), 409, 'mail.not_set_up');
  });

  it('brings a member of staff the link to his password, and shows it to nobody else', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    const person = {login: 'posted', name: '郵便 花子', role: 'operator', email: 'posted@example.jp'};
    const added = expectAnswer(await as('owner').post('/staff', person), 201);
    assert.equal(added.link, null);
    assert.equal(added.link_mailed, true);
    await peer.until(() => peer.taken.length === 1, 'the mail');
    assert.deepEqual(peer.taken[0].envelope.rcptTo.map(({address}) => address), ['posted@example.jp']);
    const secret = /\/password#([A-Za-z0-9_-]+)/.exec(peer.taken[0].body)[1];
    expectAnswer(await new Client(held.server).post('/password', {token: secret, password: 'nagai-himitsu-no-kotoba'}), 200);
    await peer.until(() => peer.taken.length === 2, 'the mail that tells of the new password');
  });

  it('settings: every wrong field at once, stale ones refused, the password never shown', async () => {
    const wrong = await as('admin').put(
      '/settings/mail',
      {host: 'a b', port: 0, tls: 'ssl', sender: {name: 'x\r\nBcc: b@example.jp', email: 'nobody'}, reply_to: 'a@b\nc', more: 1},
      '*',
    );
    expectAnswer(wrong, 422, 'settings.invalid');
    assert.deepEqual(pointers(wrong), [
      '/host bad_character',
      '/more unknown_field',
      '/port out_of_range',
      '/reply_to not_an_email',
      '/sender/email not_an_email',
      '/sender/name bad_character',
      '/tls not_a_choice',
    ]);
    const elsewhere = {host: 'mail.example.jp', port: 25, tls: 'none'};
    const plain = await as('admin').put('/settings/mail', elsewhere, '*');
    assert.deepEqual(pointers(plain), ['/tls plain_not_allowed']);
    const peer = await startPeer();
    const put = await putSettings(peer, {user: 'otokui', password: 'geheim-4711'});
    assert.equal(put.password_set, true);
    assert.ok(!JSON.stringify(put).includes('geheim'));
    expectAnswer(await as('admin').put('/settings/mail', elsewhere, put.version + 1), 422);
    const stale = await as('admin').put('/settings/mail', {...elsewhere, tls: 'starttls'}, put.version + 1);
    expectAnswer(stale, 412, 'settings.stale');
    expectAnswer(await as('admin').put('/settings/mail', elsewhere), 428);
  });

  it('a test mail arrives whole, and the answer is in the peer\'s words', async () => {
    const peer = await startPeer();
    await putSettings(peer, {reply_to: 'desk@example.jp'});
    const answer = await test();
    assert.equal(answer.delivered, true);
    assert.match(answer.answer, /^250 /);
    assert.equal(peer.taken.length, 1);
    const {headers, body, envelope} = peer.taken[0];
    assert.equal(headers.from, 'お得意 [本店] <shop@example.jp>');
    assert.equal(headers.to, 'hanako@example.jp');
    assert.equal(headers['reply-to'], 'desk@example.jp');
    assert.equal(headers.subject, 'テストメール');
    assert.match(headers['message-id'], /^<[\w-]{24}@example\.jp>$/);
    assert.ok(!Number.isNaN(Date.parse(headers.date)));
    assert.match(body, /正しく行われています/);
    assert.equal(envelope.mailFrom.address, 'shop@example.jp');
    assert.deepEqual(envelope.rcptTo.map((to) => to.address), ['hanako@example.jp']);
  });

  it('a refused test mail says at which stage and with which words', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('recipient', refusal(550, '5.1.1 no such user'));
    assert.deepEqual(await test(), {delivered: false, stage: 'recipient', answer: '550 5.1.1 no such user'});
    peer.will('sender', refusal(553, '5.7.1 sender not allowed'));
    assert.deepEqual(await test(), {delivered: false, stage: 'sender', answer: '553 5.7.1 sender not allowed'});
    peer.will('content', refusal(554, '5.6.0 spam'));
    assert.deepEqual(await test(), {delivered: false, stage: 'content', answer: '554 5.6.0 spam'});
    await peer.stop();
    peers.pop();
    const dead = await test();
    assert.equal(dead.stage, 'connect');
    assert.match(dead.answer, /connect/i);
  });

  it('signs in, and a wrong password is the peer\'s own refusal', async () => {
    const peer = await startPeer({allowInsecureAuth: true});
    await putSettings(peer, {user: 'otokui', password: 'geheim'});
    assert.equal((await test()).delivered, true);
    assert.deepEqual(peer.asked[0], {stage: 'auth', user: 'otokui', password: 'geheim'});
    peer.will('auth', refusal(535, '5.7.8 wrong credentials'));
    const refused = await test();
    assert.equal(refused.stage, 'auth');
    assert.match(refused.answer, /^535 /);
    assert.ok(!refused.answer.includes('geheim'));
  });

  it('headers cannot be injected', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    for (const to of ['a@example.jp\r\nBcc: b@example.jp', 'a@example.jp>\r\nRCPT TO:<b@example.jp', 'a@example.jp, b@example.jp', '"a\n"@example.jp'])
      for (const queued of [false, true]) {
        const answer = await as('admin').post('/settings/mail/test', {to, queue: queued});
        expectAnswer(answer, 422, 'settings.invalid');
        assert.deepEqual(pointers(answer), ['/to not_an_email']);
      }
    const subject = await as('admin').patch('/mail-templates/1', {subject: 'x\r\nBcc: b@example.jp'}, '*');
    expectAnswer(subject, 422, 'template.invalid');
    assert.deepEqual(peer.asked, []);
  });

  it('STARTTLS: with the certificate it was given, never without TLS', async () => {
    const peer = await startPeer({...certificate});
    await putSettings(peer, {tls: 'starttls'});
    const unknown = await test();
    assert.equal(unknown.delivered, false);
    assert.match(unknown.answer, /certificate/);
    assert.deepEqual(peer.asked, []);
    await putSettings(peer, {tls: 'starttls', ca_certificate: certificate.cert, user: 'otokui', password: 'geheim'});
    assert.equal((await test()).delivered, true);
    assert.equal(peer.taken[0].secure, true);
    const plain = await startPeer({disabledCommands: ['STARTTLS']});
    await putSettings(plain, {tls: 'starttls', user: 'otokui', password: 'geheim'});
    assert.equal((await test()).delivered, false);
    assert.deepEqual(plain.asked, []);
  });

  it('implicit TLS: the name must fit the certificate', async () => {
    const peer = await startPeer({...certificate, secure: true});
    await putSettings(peer, {tls: 'implicit', ca_certificate: certificate.cert});
    assert.equal((await test()).delivered, true);
    await putSettings(peer, {host: 'localhost', tls: 'implicit', ca_certificate: certificate.cert});
    assert.equal((await test()).delivered, false);
  });

  it('the outbox sends, and keeps what was sent', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    const mail = await sent(await queue());
    assert.match(mail.answer, /^250 /);
    assert.equal(mail.attempts, 1);
    assert.equal(mail.subject, 'テストメール');
    assert.match(mail.body_text, /正しく行われています/);
    assert.equal(`<${mail.message_id}>`, peer.taken[0].headers['message-id']);
    // A viewer learns nothing of mails to staff and others.
    expectAnswer(await as('viewer').get(`/mails/${mail.id}`), 404, 'mail.not_found');
    const listed = expectAnswer(await as('admin').get('/mails?status=sent&limit=1'), 200);
    assert.equal(listed.items[0].id, mail.id);
    expectAnswer(await as('admin').post(`/mails/${mail.id}/retry`, {}), 409, 'mail.already_sent');
    expectAnswer(await as('admin').get('/mails?status=lost'), 422, 'query.invalid');
  });

  it('many mails go over one connection', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    const ids = [];
    peer.will('connect', (done) => peer.until(() => ids.length === 5, 'five mails').then(() => done()));
    for (let i = 0; i < 5; ++i) ids.push(await queue(`m${i}@example.jp`));
    peer.tell();
    for (const id of ids) await sent(id);
    assert.equal(peer.connections, 1);
  });

  it('451 is tried again after a pause, by itself', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('recipient', refusal(451, '4.7.1 try later'));
    const id = await queue();
    const waiting = await mailIn(id, (mail) => mail.cause === 'waiting', 'waited');
    assert.equal(waiting.status, 'queued');
    assert.equal(waiting.answer, '451 4.7.1 try later');
    assert.ok(Date.parse(waiting.next_attempt_at) > Date.parse(waiting.created_at));
    assert.equal((await sent(id)).attempts, 2);
    assert.equal(peer.taken.length, 1);
  });

  it('a waiting mail is sent at once by hand', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('content', refusal(452, '4.3.1 full'));
    const id = await queue();
    const waiting = await mailIn(id, (mail) => mail.cause === 'waiting', 'waited');
    expectAnswer(await as('admin').post(`/mails/${id}/retry`, {}), 200);
    const mail = await sent(id);
    assert.equal(mail.retried_by, 'admin');
    assert.ok(Date.parse(mail.sent_at) < Date.parse(waiting.next_attempt_at));
  });

  it('550 is failed for good and visible', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('recipient', refusal(550, '5.1.1 no such user'));
    const id = await queue('nobody@example.jp');
    const mail = await mailIn(id, ({status}) => status === 'failed', 'failed');
    assert.equal(mail.cause, 'refused');
    assert.equal(mail.answer, '550 5.1.1 no such user');
    const failed = expectAnswer(await as('admin').get('/mails?status=failed'), 200);
    assert.equal(failed.items[0].id, id);
    assert.ok(expectAnswer(await as('admin').get('/settings/mail'), 200).state.failed >= 1);
    expectAnswer(await as('admin').post(`/mails/${id}/retry`, {}), 200);
    await sent(id);
  });

  it('a slow answer is waited for, a silent peer is not', async () => {
    const peer = await startPeer();
    await putSettings(peer, {timeout_seconds: 3});
    peer.will('content', (done) => setTimeout(done, 1500));
    assert.equal((await sent(await queue())).attempts, 1);
    await putSettings(peer, {timeout_seconds: 1});
    peer.will('recipient', () => {});
    const silent = await mailIn(await queue(), (mail) => mail.cause === 'waiting', 'gave up waiting');
    assert.match(silent.answer, /time/i);
    assert.equal(silent.status, 'queued');
    expectAnswer(await as('admin').post(`/mails/${silent.id}/retry`, {}), 200);
    await sent(silent.id);
  });

  it('a connection cut in the middle is tried again', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('recipient', 'cut');
    const before = await sent(await queue('cut1@example.jp'));
    assert.equal(before.attempts, 2);
    peer.will('content', 'cut');
    const within = await mailIn(await queue('cut2@example.jp'), (mail) => mail.cause === 'waiting', 'was cut');
    expectAnswer(await as('admin').post(`/mails/${within.id}/retry`, {}), 200);
    await sent(within.id);
    assert.deepEqual(peer.taken.map((mail) => mail.headers.to), ['cut1@example.jp', 'cut2@example.jp']);
  });

  it('a dead peer holds the queue, says so, and is asked again after its settings are saved', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    await peer.stop();
    peers.pop();
    const ids = [await queue('a@example.jp'), await queue('b@example.jp')];
    await mailIn(ids[0], (mail) => mail.cause === 'peer_down', 'found the peer dead');
    const {state} = expectAnswer(await as('admin').get('/settings/mail'), 200);
    assert.equal(state.waiting, 2);
    assert.ok(state.down_since);
    assert.match(state.answer, /connect/i);
    const alive = await startPeer();
    await putSettings(alive);
    for (const id of ids) await sent(id);
    assert.equal(expectAnswer(await as('admin').get('/settings/mail'), 200).state.down_since, null);
  });

  it('kill -9 before the peer has the mail: it is sent once', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    let reached = false;
    peer.will('recipient', () => {
      reached = true;
      peer.tell();
    });
    const id = await queue('killed1@example.jp');
    await peer.until(() => reached, 'the mail reached the peer');
    await held.server.stop('SIGKILL');
    await held.server.serve();
    assert.equal((await sent(id)).attempts, 2);
    assert.equal(peer.taken.length, 1);
  });

  it('kill -9 while the peer says yes: it is never lost, and the second has the same Message-ID', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    peer.will('content', (done) => void held.server.stop('SIGKILL').then(() => done()));
    const id = await queue('killed2@example.jp');
    await peer.until(() => peer.taken.length === 1, 'the peer took it');
    await held.server.serve();
    await sent(id);
    assert.equal(peer.taken.length, 2);
    assert.equal(peer.taken[0].headers['message-id'], peer.taken[1].headers['message-id']);
  });

  it('a clean stop puts what it was sending back', async () => {
    const peer = await startPeer();
    await putSettings(peer);
    let reached = false;
    peer.will('recipient', (done) => {
      reached = true;
      peer.tell();
      setTimeout(done, 1000);
    });
    const id = await queue('stopped@example.jp');
    await peer.until(() => reached, 'the mail reached the peer');
    await held.server.stop();
    await held.server.serve();
    await sent(id);
    assert.equal(peer.taken.length, 1);
  });

  it('templates: list, edit, preview, refusals with their place', async () => {
    const {items} = expectAnswer(await as('admin').get('/mail-templates'), 200);
    assert.deepEqual([...new Set(items.map((item) => item.name))], [
      'password_reset',
      'new_place_sign_in',
      'factor_changed',
      'member_confirmation',
      'withdrawal',
      'unusual_export',
    ]);
    const edited = expectAnswer(
      await as('admin').patch('/mail-templates/9', {subject: '退会 {{customer_name}}', body_html: '<p>{{customer_name}}</p>'}, 1),
      200,
    );
    assert.equal(edited.edited, true);
    expectAnswer(await as('admin').patch('/mail-templates/9', {subject: 'x'}, 1), 412, 'template.stale');
    expectAnswer(await as('admin').patch('/mail-templates/9', {subject: 'x'}), 428);
    expectAnswer(await as('admin').patch('/mail-templates/99', {subject: 'x'}, '*'), 404, 'template.not_found');
    const wrong = await as('admin').patch(
      '/mail-templates/9',
      {body_text: 'a\n {{nobody}}{{{customer_name}}}{{&at}}{{>x}}{{=<% %>=}}', body_html: '{{#at}}'},
      '*',
    );
    expectAnswer(wrong, 422, 'template.invalid');
    assert.deepEqual(pointers(wrong), [
      '/body_html template.not_a_list',
      '/body_html template.unclosed_section',
      '/body_text template.delimiters',
      '/body_text template.partial',
      '/body_text template.raw_value',
      '/body_text template.raw_value',
      '/body_text template.unknown_variable',
    ]);
    assert.match(wrong.body.errors.find((error) => error.code === 'template.unknown_variable').detail, /2行目の2文字目/);
    const preview = expectAnswer(await as('admin').post('/mail-templates/9/preview', {subject: '{{customer_name}}様'}), 200);
    assert.equal(preview.subject, '鈴木 一郎様');
    assert.equal(preview.body_html, '<p>鈴木 一郎</p>');
    const back = expectAnswer(await as('admin').patch('/mail-templates/9', {subject: null, body_html: null}, '*'), 200);
    assert.equal(back.edited, false);
  });

  it('nobody but those who may', async () => {
    const nobody = new Client(held.server);
    for (const path of ['/mails', '/mails/1', '/mail-templates', '/settings/mail', '/customers/1/mails'])
      expectAnswer(await nobody.get(path), 401);
    expectAnswer(await as('operator').get('/mails'), 403, 'forbidden');
    expectAnswer(await as('operator').get('/settings/mail'), 403, 'forbidden');
    expectAnswer(await as('viewer').get('/customers/999/mails'), 404, 'customer.not_found');
  });
});
