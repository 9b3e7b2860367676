import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {kPassword} from './support/server.mjs';

onEachEngine('Sessions', (held) => {
  const signIn = (login) => Client.signIn(held.server, login);

  it('signs in, tells who I am, and signs out', async () => {
    const client = await signIn('operator');
    const me = expectAnswer(await client.get('/me'), 200);
    assert.equal(me.login, 'operator');
    assert.ok(me.rights.includes('customer.edit'));
    assert.ok(!me.rights.includes('import'));
    assert.equal(me.csrf_token, client.csrf);
    assert.equal(me.session.current, true);
    expectAnswer(await client.delete('/session'), 204);
    expectAnswer(await client.get('/me'), 401);
  });

  it('answers unknown login and wrong password alike', async () => {
    const nobody = new Client(held.server);
    const wrong = await nobody.post('/session', {login: 'viewer', password: 'not the password'});
    const unknown = await nobody.post('/session', {login: 'nobody', password: 'not the password'});
    expectAnswer(wrong, 401, 'session.refused');
    expectAnswer(unknown, 401, 'session.refused');
    const apart = ({request_id, ...rest}) => rest;
    assert.deepEqual(apart(wrong.body), apart(unknown.body));
  });

  it('names missing and unknown fields', async () => {
    const answer = await new Client(held.server).post('/session', {login: 'owner', role: 'owner'});
    expectAnswer(answer, 422);
    assert.deepEqual(pointers(answer), ['/password required', '/role unknown_field']);
  });

  it('hides the cookie from scripts and other sites', async () => {
    const answer = await new Client(held.server).post('/session', {login: 'viewer', password: kPassword});
    const cookie = answer.headers.getSetCookie()[0];
    assert.match(cookie, /^sid=[A-Za-z0-9_-]{43}; /);
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('refuses a change without the CSRF token or from another origin', async () => {
    const client = await signIn('operator');
    const change = {body: {density: 'compact'}};
    const without = await client.request('put', '/me/preferences', {...change, headers: {'x-csrf-token': 'A'.repeat(43)}});
    expectAnswer(without, 403, 'csrf.token');
    const foreign = await client.request('put', '/me/preferences', {...change, headers: {origin: 'https://evil.example'}});
    expectAnswer(foreign, 403, 'csrf.origin');
    expectAnswer(await client.request('put', '/me/preferences', change), 200);
  });

  it('lists and ends my sessions', async () => {
    const here = await signIn('admin');
    const there = await signIn('admin');
    const sessions = expectAnswer(await here.get('/staff/me/sessions'), 200).items;
    assert.equal(sessions.length, 2);
    assert.deepEqual(sessions.map((session) => session.current), [false, true]);
    expectAnswer(await here.delete(`/staff/me/sessions/${sessions[0].id}`), 204);
    expectAnswer(await there.get('/me'), 401);
    expectAnswer(await here.delete(`/staff/me/sessions/${sessions[0].id}`), 404, 'session.not_found');
    await signIn('admin');
    expectAnswer(await here.delete('/staff/me/sessions'), 204);
    assert.equal((await here.get('/staff/me/sessions')).body.items.length, 1);
  });

  it('lets an operator see no sessions of others', async () => {
    const client = await signIn('operator');
    expectAnswer(await client.get('/staff/1/sessions'), 403, 'forbidden');
  });

  it('confirms a factor for cookie sessions only', async () => {
    const client = await signIn('viewer');
    expectAnswer(await client.post('/session/confirm', {password: 'wrong password'}), 401, 'session.refused');
    assert.ok(expectAnswer(await client.post('/session/confirm', {password: kPassword}), 200).fresh_until);
    const token = new Client(held.server, 'viewer');
    expectAnswer(await token.post('/session/confirm', {password: kPassword}), 409, 'session.not_a_session');
  });

  it('changes the password: other sessions end, this one gets a new cookie', async () => {
    await held.server.command(['staff', 'add', '--login', 'saburo', '--role', 'viewer', '--password-stdin'], `${kPassword}\n`);
    const here = await signIn('saburo');
    const there = await signIn('saburo');
    const before = here.cookie;
    const weak = await here.put('/me/password', {password: kPassword, new_password: 'qwerty123456'});
    expectAnswer(weak, 422, 'staff.invalid');
    assert.deepEqual(pointers(weak), ['/new_password password_common']);
    const changed = await here.put('/me/password', {password: kPassword, new_password: '雪の朝にみそ汁をあたためる'});
    expectAnswer(changed, 200);
    here.take(changed);
    assert.notEqual(here.cookie, before);
    expectAnswer(await here.get('/me'), 200);
    expectAnswer(await there.get('/me'), 401);
  });

  it('keeps preferences of each person', async () => {
    const client = await signIn('viewer');
    const chosen = {language: 'en', density: 'compact', week_start: 'monday', columns: ['number', 'name'], widths: {name: 180}};
    expectAnswer(await client.put('/me/preferences', chosen), 200);
    assert.deepEqual(expectAnswer(await client.get('/me/preferences'), 200), chosen);
    assert.equal((await client.get('/me')).body.language, 'en');
    const wrong = await client.put('/me/preferences', {density: 'huge', week_start: 'friday', widths: {name: 'wide'}, page_size: 7, columns: ['a', 'a']});
    expectAnswer(wrong, 422);
    assert.deepEqual(pointers(wrong), ['/columns duplicate', '/density not_a_choice', '/page_size not_a_choice', '/week_start not_a_choice', '/widths wrong_type']);
    assert.deepEqual((await client.get('/me/preferences')).body, chosen);
  });

  // The last scenario: it uses up tries of this address.
  it('delays an account after five failures, and only that one', async () => {
    const nobody = new Client(held.server);
    for (let i = 0; i < 5; ++i)
      expectAnswer(await nobody.post('/session', {login: 'owner', password: 'wrong password'}), 401, 'session.refused');
    const delayed = await nobody.post('/session', {login: 'owner', password: kPassword});
    expectAnswer(delayed, 429, 'session.delayed');
    assert.ok(Number(delayed.headers.get('retry-after')) >= 1);
    await signIn('viewer');
  });
});
