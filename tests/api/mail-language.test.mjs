// In which language the system writes to staff: each one's own, else the shop's.
import assert from 'node:assert/strict';
import {after, before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {kPassword} from './support/server.mjs';
import {MailPeer} from './support/smtp.mjs';

onEachEngine('The language of mails', (held) => {
  const as = (role) => new Client(held.server, role);
  let peer;
  /** The mail that follows what `act` does. */
  const mailOf = async (act) => {
    const before = peer.taken.length;
    await act();
    await peer.until(() => peer.taken.length === before + 1, 'a mail');
    return peer.taken.at(-1);
  };
  const add = (login, more = {}) => () => as('owner').post('/staff', {login, name: login, role: 'operator', email: `${login}@example.jp`, ...more}).then((answer) => expectAnswer(answer, 201));
  const setShop = async (part) => {
    const {version, ...now} = expectAnswer(await as('admin').get('/settings/general'), 200);
    return expectAnswer(await as('admin').put('/settings/general', {...now, shop_name: '青葉茶舗', ...part}, version), 200);
  };

  before(async () => {
    peer = await MailPeer.start();
    const settings = {host: '127.0.0.1', port: peer.port, tls: 'none', sender: {name: '店', email: 'shop@example.jp'}, timeout_seconds: 5};
    expectAnswer(await as('admin').put('/settings/mail', settings, '*'), 200);
  });
  after(() => peer?.stop());

  it('is the shop’s for who has chosen none, and Japanese at first', async () => {
    assert.equal((await setShop({})).language, 'ja');
    assert.match((await mailOf(add('hajime'))).headers.subject, /パスワードの再設定/);
    assert.equal((await setShop({language: 'en'})).language, 'en');
    assert.match((await mailOf(add('tsugi'))).headers.subject, /Set a new password/);
    const {language: _, ...absent} = await setShop({});
    assert.equal((await setShop(absent)).language, 'en', 'absent: as it was');
    const wrong = await as('admin').put('/settings/general', {...absent, language: 'fr'}, '*');
    expectAnswer(wrong, 422, 'settings.invalid');
    assert.deepEqual(pointers(wrong), ['/language not_a_choice']);
    await setShop({language: 'ja'});
  });

  it('is what an administrator sets for a member', async () => {
    assert.match((await mailOf(add('eigo', {mail_language: 'en'}))).headers.subject, /Set a new password/);
    const eigo = (await as('owner').get('/staff')).body.items.find(({login}) => login === 'eigo');
    assert.equal(eigo.mail_language, 'en');
    const changed = await as('owner').patch(`/staff/${eigo.id}`, {mail_language: null}, eigo.version);
    assert.equal(expectAnswer(changed, 200).mail_language, null);
    assert.match((await mailOf(() => as('owner').post(`/staff/${eigo.id}/link`, {}))).headers.subject, /パスワードの再設定/);
    for (const body of [{mail_language: 'fr'}, {mail_language: 'JA'}]) {
      const wrong = await as('owner').patch(`/staff/${eigo.id}`, body, '*');
      expectAnswer(wrong, 422, 'staff.invalid');
      assert.deepEqual(pointers(wrong), ['/mail_language not_a_choice']);
    }
    const {changes} = expectAnswer(await as('owner').get(`/operations/${changed.headers.get('otokui-operation')}`), 200);
    assert.deepEqual(changes.map(({field, before: was, after: is}) => [field, was, is]), [['mail_language', 'en', null]]);
    expectAnswer(await as('owner').post(`/operations/${changed.headers.get('otokui-operation')}/undo`, {}), 200);
    assert.equal(expectAnswer(await as('owner').get(`/staff/${eigo.id}`), 200).mail_language, 'en');
  });

  it('is what a person sets for himself, with his session alone', async () => {
    const people = (await as('owner').get('/staff')).body.items;
    const operator = people.find(({login}) => login === 'operator');
    expectAnswer(await as('owner').patch(`/staff/${operator.id}`, {email: 'operator@example.jp'}, operator.version), 200);
    expectAnswer(await as('operator').put('/me/mail-language', {mail_language: 'en'}), 409, 'session.not_a_session');
    const browser = await Client.signIn(held.server, 'operator');
    const me = expectAnswer(await browser.get('/me'), 200);
    assert.deepEqual([me.mail_language, me.shop_language], [null, 'ja']);
    const put = await browser.put('/me/mail-language', {mail_language: 'en'});
    assert.deepEqual(expectAnswer(put, 200), {mail_language: 'en'});
    assert.ok(put.headers.get('otokui-operation'));
    assert.equal(expectAnswer(await browser.get('/me'), 200).mail_language, 'en');
    const told = await mailOf(async () => {
      const answer = await browser.put('/me/password', {password: kPassword, new_password: `${kPassword}！`});
      expectAnswer(answer, 200);
      browser.take(answer);
    });
    assert.match(told.headers.subject, /How you sign in was changed/);
    assert.match(told.body, /- The password[^]*Time: \d{4}\/\d\d\/\d\d \d\d:\d\d\r?\n/);
    assert.deepEqual(expectAnswer(await browser.put('/me/mail-language', {mail_language: null}), 200), {mail_language: null});
    for (const [body, wrong] of [[{}, '/mail_language required'], [{mail_language: 'fr'}, '/mail_language not_a_choice'], [{mail_language: ''}, '/mail_language not_a_choice'], [{mail_language: 1}, '/mail_language wrong_type']]) {
      const answer = await browser.put('/me/mail-language', body);
      expectAnswer(answer, 422, 'staff.invalid');
      assert.deepEqual(pointers(answer), [wrong]);
    }
    expectAnswer(await new Client(held.server).put('/me/mail-language', {mail_language: 'en'}), 401);
  });
});
