import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {kPassword} from './support/server.mjs';

onEachEngine('Staff', (held) => {
  const as = (role) => new Client(held.server, role);
  const add = async (login, role = 'viewer') =>
    expectAnswer(await as('owner').post('/staff', {login, name: '鈴木 次郎', role}), 201);

  it('is listed newest first, in pages', async () => {
    const first = expectAnswer(await as('admin').get('/staff?limit=3'), 200);
    assert.deepEqual(first.items.map((person) => person.login), ['owner', 'admin', 'operator']);
    const second = expectAnswer(await as('admin').get(`/staff?limit=3&cursor=${first.next_cursor}`), 200);
    assert.deepEqual(second.items.map((person) => person.login), ['viewer']);
    assert.equal(second.next_cursor, null);
    expectAnswer(await as('admin').get('/staff?cursor=abc'), 422, 'query.invalid');
  });

  it('is added with a link that sets a password once', async () => {
    const jiro = await add('jiro');
    assert.equal(jiro.has_password, false);
    const [page, token] = jiro.link.split('#');
    assert.equal(page, `${held.server.origin}/password`);
    const nobody = new Client(held.server);
    const short = await nobody.post('/password', {token, password: 'short'});
    expectAnswer(short, 422, 'staff.invalid');
    assert.deepEqual(pointers(short), ['/password too_short']);
    assert.equal(expectAnswer(await nobody.post('/password', {token, password: kPassword}), 200).login, 'jiro');
    await Client.signIn(held.server, 'jiro');
    expectAnswer(await nobody.post('/password', {token, password: kPassword}), 422, 'link.invalid');
  });

  it('refuses a taken login, wrong fields and unknown roles', async () => {
    expectAnswer(await as('owner').post('/staff', {login: 'owner', name: 'x', role: 'viewer'}), 409, 'staff.login_taken');
    const wrong = await as('owner').post('/staff', {login: 'A B', name: '', role: 'viewer'});
    expectAnswer(wrong, 422, 'staff.invalid');
    assert.deepEqual(pointers(wrong), ['/login bad_character', '/name required']);
    const role = await as('owner').post('/staff', {login: 'x', name: 'x', role: 'king'});
    assert.deepEqual(pointers(role), ['/role not_a_choice']);
    const long = await as('owner').post('/staff', {login: 'x', name: 'x', role: randomBytes(6000).toString('base64')});
    assert.deepEqual(pointers(long), ['/role not_a_choice']);
  });

  it('is changed under If-Match, and a stale change shows both values', async () => {
    const saburo = await add('saburo');
    const path = `/staff/${saburo.id}`;
    expectAnswer(await as('owner').patch(path, {name: '三郎'}), 428, 'header.if_match_required');
    const changed = await as('owner').patch(path, {name: '三郎'}, saburo.version);
    assert.equal(expectAnswer(changed, 200).name, '三郎');
    assert.equal(changed.headers.get('etag'), `"${changed.body.version}"`);
    assert.match(changed.headers.get('otokui-operation'), /^[0-9]+$/);
    const stale = await as('owner').patch(path, {name: '四郎'}, saburo.version);
    expectAnswer(stale, 412, 'staff.stale');
    assert.equal(stale.body.current.name, '三郎');
    assert.deepEqual(stale.body.sent, {name: '四郎'});
    expectAnswer(await as('owner').patch(path, {name: '四郎'}, '*'), 200);
    expectAnswer(await as('owner').patch('/staff/999999', {name: 'x'}, '*'), 404, 'staff.not_found');
    const nulls = await as('owner').patch(path, {name: null, role: null, disabled: null}, '*');
    expectAnswer(nulls, 422, 'staff.invalid');
  });

  it('ends all sessions of whoever is disabled or gets another role', async () => {
    const shiro = await add('shiro', 'operator');
    const link = expectAnswer(await as('owner').post(`/staff/${shiro.id}/link`, {}), 201).link;
    await new Client(held.server).post('/password', {token: link.split('#')[1], password: kPassword});
    const session = await Client.signIn(held.server, 'shiro');
    expectAnswer(await as('owner').patch(`/staff/${shiro.id}`, {role: 'viewer'}, '*'), 200);
    expectAnswer(await session.get('/me'), 401);
    const again = await Client.signIn(held.server, 'shiro');
    expectAnswer(await as('owner').patch(`/staff/${shiro.id}`, {disabled: true}, '*'), 200);
    expectAnswer(await again.get('/me'), 401);
    expectAnswer(await as('owner').post(`/staff/${shiro.id}/link`, {}), 409, 'staff.disabled');
    expectAnswer(await new Client(held.server).post('/session', {login: 'shiro', password: kPassword}), 401, 'session.refused');
  });

  it('leaves owners to owners, and never without one', async () => {
    const people = (await as('owner').get('/staff')).body.items;
    const owner = people.find((person) => person.login === 'owner');
    expectAnswer(await as('admin').patch(`/staff/${owner.id}`, {name: 'x'}, '*'), 403, 'staff.owner_only');
    expectAnswer(await as('admin').post(`/staff/${owner.id}/link`, {}), 403, 'staff.owner_only');
    expectAnswer(await as('admin').post('/staff', {login: 'goro', name: 'x', role: 'owner'}), 403, 'staff.owner_only');
    const admin = people.find((person) => person.login === 'admin');
    expectAnswer(await as('admin').patch(`/staff/${admin.id}`, {role: 'owner'}, '*'), 403, 'staff.owner_only');
    expectAnswer(await as('owner').patch(`/staff/${owner.id}`, {role: 'admin'}, '*'), 409, 'staff.last_owner');
    expectAnswer(await as('owner').patch(`/staff/${owner.id}`, {disabled: true}, '*'), 409, 'staff.last_owner');
  });

  it('holds a change of role from the next request of a token on', async () => {
    const roku = await add('roku', 'admin');
    const made = expectAnswer(await as('owner').post('/tokens', {name: 'x', staff: roku.id}), 201);
    const client = new Client(held.server, {token: made.token});
    expectAnswer(await client.get('/staff'), 200);
    expectAnswer(await as('owner').patch(`/staff/${roku.id}`, {role: 'viewer'}, '*'), 200);
    expectAnswer(await client.get('/staff'), 403, 'forbidden');
  });
});

onEachEngine('API tokens', (held) => {
  const as = (role) => new Client(held.server, role);

  it('are made, shown once, listed without their secret, and revoked', async () => {
    const made = await as('owner').post('/tokens', {name: '倉庫', scopes: ['customer.read', 'order.read']});
    const token = expectAnswer(made, 201);
    assert.match(token.token, /^otk_/);
    const listed = expectAnswer(await as('owner').get('/tokens'), 200).items.find((item) => item.id === token.id);
    assert.deepEqual(listed.scopes, ['customer.read', 'order.read']);
    assert.equal(listed.token, undefined);
    const client = new Client(held.server, {token: token.token});
    assert.deepEqual(expectAnswer(await client.get('/me'), 200).rights, ['customer.read', 'order.read']);
    expectAnswer(await client.get('/tokens'), 403, 'forbidden');
    expectAnswer(await as('owner').delete(`/tokens/${token.id}`), 204);
    expectAnswer(await client.get('/me'), 401, 'token.invalid');
    expectAnswer(await as('owner').delete(`/tokens/${token.id}`), 404, 'token.not_found');
  });

  it('need known scopes and an end that lies ahead', async () => {
    const wrong = await as('owner').post('/tokens', {name: '', scopes: ['customer.fly'], expires_at: '2001-01-01T00:00:00Z'});
    expectAnswer(wrong, 422, 'token.invalid');
    assert.deepEqual(pointers(wrong), ['/expires_at out_of_range', '/name required', '/scopes not_a_choice']);
    expectAnswer(await as('owner').post('/tokens', {name: 'x', staff: '999999'}), 404, 'staff.not_found');
  });

  it('never work when garbled, and a wrong one is not overruled by a cookie', async () => {
    for (const token of ['otk_', `otk_${'A'.repeat(43)}`, held.server.tokens.owner.slice(0, -1), 'x'])
      expectAnswer(await new Client(held.server, {token}).get('/me'), 401, 'token.invalid');
    const session = await Client.signIn(held.server, 'viewer');
    expectAnswer(await session.get('/me', {headers: {authorization: 'Bearer otk_x'}}), 401, 'token.invalid');
    expectAnswer(await session.get('/me', {headers: {authorization: 'Basic eDp5'}}), 401, 'token.invalid');
  });

  it('made by the command line are narrowed by its scopes', async () => {
    const token = await held.server.makeToken('owner', ['--scopes', 'customer.read,export']);
    const me = expectAnswer(await new Client(held.server, {token}).get('/me'), 200);
    assert.deepEqual(me.rights, ['customer.read', 'export']);
  });
});

onEachEngine('Settings', (held) => {
  const as = (role) => new Client(held.server, role);

  it('are read and replaced under If-Match', async () => {
    const before = await as('admin').get('/settings/general');
    expectAnswer(before, 200);
    const wanted = {...before.body, shop_name: '白樺商店', sender: {name: '白樺商店', email: 'info@shirakaba.example.jp'}};
    expectAnswer(await as('admin').put('/settings/general', wanted), 428);
    const after = await as('admin').put('/settings/general', wanted, before.body.version);
    assert.equal(expectAnswer(after, 200).shop_name, '白樺商店');
    assert.equal((await as('viewer').get('/me')).body.shop_name, '白樺商店');
    const again = {...wanted, shop_name: '別の店'};
    if (after.body.version !== before.body.version)
      expectAnswer(await as('admin').put('/settings/general', again, before.body.version), 412, 'settings.stale');
  });

  it('name every wrong field', async () => {
    const wrong = await as('owner').put(
      '/settings/general',
      {shop_name: '', public_url: 'ftp://x', sender: {name: '', email: 'a@b@c'}, mail_unique: 'maybe'},
      '*',
    );
    expectAnswer(wrong, 422, 'settings.invalid');
    assert.deepEqual(pointers(wrong), [
      '/mail_unique not_a_choice',
      '/public_url not_a_url',
      '/sender/email not_an_email',
      '/sender/name required',
      '/shop_name required',
    ]);
  });

  it('are taken back, and the customers follow', async () => {
    const before = expectAnswer(await as('admin').get('/settings/general'), 200);
    const put = async (mail_unique) => {
      const answer = await as('admin').put('/settings/general', {...before, mail_unique}, '*');
      expectAnswer(answer, 200);
      return answer.headers.get('otokui-operation');
    };
    await put('login');
    const undo = await put('off');
    const twin = {status: 'member', family_name: '双子', email: 'twin@example.jp'};
    expectAnswer(await as('owner').post('/customers', twin), 201);
    const second = expectAnswer(await as('owner').post('/customers', twin), 201);
    // Two members with one address stand in the way of the stricter rule.
    expectAnswer(await as('admin').post(`/operations/${undo}/undo`, {}), 409, 'customer.email_taken');
    expectAnswer(await as('owner').delete(`/customers/${second.id}`, '*'), 204);
    expectAnswer(await as('admin').post(`/operations/${undo}/undo`, {}), 200);
    assert.equal(expectAnswer(await as('admin').get('/settings/general'), 200).mail_unique, 'login');
    expectAnswer(await as('owner').post('/customers', twin), 409, 'customer.email_taken');
  });

  it('of another name do not exist', async () => {
    expectAnswer(await as('owner').get('/settings/secret'), 404, 'settings.not_found');
  });
});
