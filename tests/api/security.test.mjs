// Roles made in the shop, one-time passwords, allowed addresses, fresh factors.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {kPassword} from './support/server.mjs';
import {codeOf} from './support/totp.mjs';

onEachEngine('Roles', (held) => {
  const as = (role) => new Client(held.server, role);
  const make = async (name, rights, points_ceiling = null) => expectAnswer(await as('owner').post('/roles', {name, rights, points_ceiling}), 201);

  it('as shipped are listed first and stay as they are', async () => {
    const listed = expectAnswer(await as('admin').get('/roles'), 200).items;
    assert.deepEqual(listed.slice(0, 4).map((role) => role.id), ['viewer', 'operator', 'admin', 'owner']);
    assert.equal(listed[1].points_ceiling, 1000);
    expectAnswer(await as('owner').patch('/roles/admin', {name: 'x'}, '*'), 409, 'role.built_in');
    expectAnswer(await as('owner').delete('/roles/admin', '*'), 409, 'role.built_in');
    expectAnswer(await as('owner').get('/roles/4711'), 404, 'role.not_found');
    const rights = expectAnswer(await as('viewer').get('/rights'), 200).items;
    assert.ok(rights.every((right) => right.label.ja && right.label.en && right.area_label.ja));
  });

  it('are made, given, changed under If-Match and deleted when nobody has them', async () => {
    const role = await make('受付', ['customer.read', 'points.edit'], 500);
    const jiro = expectAnswer(await as('owner').post('/staff', {login: 'uketsuke', name: '受付 次郎', role: role.id}), 201);
    assert.equal(jiro.role, role.id);
    assert.deepEqual(jiro.role_name, {ja: '受付', en: '受付'});
    const token = await held.server.makeToken('uketsuke');
    const me = expectAnswer(await new Client(held.server, {token}).get('/me'), 200);
    assert.deepEqual(me.rights, ['customer.read', 'points.edit']);
    assert.equal(me.points_ceiling, 500);
    expectAnswer(await as('owner').patch(`/roles/${role.id}`, {name: '窓口'}), 428);
    const changed = expectAnswer(await as('owner').patch(`/roles/${role.id}`, {rights: ['customer.read']}, role.version), 200);
    assert.deepEqual(changed.rights, ['customer.read']);
    assert.deepEqual(expectAnswer(await new Client(held.server, {token}).get('/me'), 200).rights, ['customer.read']);
    expectAnswer(await as('owner').patch(`/roles/${role.id}`, {name: '窓口'}, role.version), 412, 'role.stale');
    const used = await as('owner').delete(`/roles/${role.id}`, '*');
    expectAnswer(used, 409, 'role.in_use');
    assert.deepEqual(used.body.staff, ['受付 次郎']);
    expectAnswer(await as('owner').delete(`/staff/${jiro.id}`, '*'), 204);
    expectAnswer(await as('owner').delete(`/roles/${role.id}`, '*'), 204);
  });

  it('name every wrong field and a taken name', async () => {
    const wrong = await as('owner').post('/roles', {name: '', rights: ['customer.fly'], points_ceiling: -1, king: true});
    expectAnswer(wrong, 422, 'role.invalid');
    assert.deepEqual(pointers(wrong), ['/king unknown_field', '/name required', '/points_ceiling out_of_range', '/rights not_a_choice']);
    await make('監査', ['history.read']);
    expectAnswer(await as('owner').post('/roles', {name: '監査', rights: ['history.read']}), 409, 'role.name_taken');
    expectAnswer(await as('owner').post('/roles', {name: 'x', rights: ['owner.edit']}), 422, 'role.invalid');
  });

  it('are no way to more rights than one has', async () => {
    const chief = await make('主任', ['staff.read', 'staff.edit', 'customer.read']);
    expectAnswer(await as('owner').post('/staff', {login: 'shunin', name: '主任', role: chief.id}), 201);
    const client = new Client(held.server, {token: await held.server.makeToken('shunin')});
    expectAnswer(await client.post('/roles', {name: '輸出', rights: ['export']}), 403, 'staff.more_rights');
    expectAnswer(await client.post('/staff', {login: 'x', name: 'x', role: 'admin'}), 403, 'staff.more_rights');
    const admin = (await client.get('/staff')).body.items.find((person) => person.login === 'admin');
    for (const attempt of [
      client.post(`/staff/${admin.id}/link`, {}),
      client.patch(`/staff/${admin.id}`, {email: 'me@example.jp'}, '*'),
      client.delete(`/staff/${admin.id}`, '*'),
      client.delete(`/staff/${admin.id}/totp`),
      client.delete(`/staff/${admin.id}/sessions`),
    ])
      expectAnswer(await attempt, 403, 'staff.more_rights');
    expectAnswer(await as('admin').post('/roles', {name: '抹消', rights: ['customer.erase']}), 403, 'staff.more_rights');
  });

  it('without contact.read show masks', async () => {
    const created = expectAnswer(await as('owner').post('/customers', {status: 'member', family_name: '山田', given_name: '花', email: 'yamada@example.jp', phone: '0312345678'}), 201);
    const role = await make('閲覧のみ', ['customer.read']);
    expectAnswer(await as('owner').post('/staff', {login: 'masked', name: '伏せ字', role: role.id}), 201);
    const client = new Client(held.server, {token: await held.server.makeToken('masked')});
    const seen = expectAnswer(await client.get(`/customers/${created.id}`), 200);
    assert.equal(seen.email, '*****');
    assert.equal(seen.phone, '*****');
    assert.equal(seen.name, '山田 花');
    expectAnswer(await client.post('/customers/search', {condition: {field: 'email', op: 'is', value: 'yamada@example.jp'}}), 403);
  });
});

onEachEngine('Members', (held) => {
  const as = (role) => new Client(held.server, role);

  it('have kana and mail, and go with their login while histories keep the name', async () => {
    const made = expectAnswer(await as('owner').post('/staff', {login: 'hana', name: '花', kana: 'はな', email: 'Hana@Example.JP', role: 'viewer'}), 201);
    assert.equal(made.kana, 'ハナ');
    assert.equal(made.email, 'hana@example.jp');
    const wrong = await as('owner').patch(`/staff/${made.id}`, {kana: '花', email: 'x'}, '*');
    assert.deepEqual(pointers(wrong), ['/email not_an_email', '/kana not_kana']);
    assert.equal(expectAnswer(await as('owner').patch(`/staff/${made.id}`, {email: null}, '*'), 200).email, null);
    const token = await held.server.makeToken('hana');
    expectAnswer(await as('owner').delete(`/staff/${made.id}`), 428);
    expectAnswer(await as('owner').delete(`/staff/${made.id}`, made.version), 412, 'staff.stale');
    expectAnswer(await as('owner').delete(`/staff/${made.id}`, '*'), 204);
    expectAnswer(await as('owner').get(`/staff/${made.id}`), 404, 'staff.not_found');
    expectAnswer(await new Client(held.server, {token}).get('/me'), 401, 'token.invalid');
    expectAnswer(await as('owner').post('/staff', {login: 'hana', name: '別の花', role: 'viewer'}), 201);
    const owner = (await as('owner').get('/staff')).body.items.find((person) => person.login === 'owner');
    expectAnswer(await as('owner').delete(`/staff/${owner.id}`, '*'), 409, 'staff.last_owner');
  });

  it('sign out everywhere, with or without this device', async () => {
    const here = await Client.signIn(held.server, 'viewer');
    const there = await Client.signIn(held.server, 'viewer');
    expectAnswer(await here.delete('/staff/me/sessions?current=maybe'), 422, 'query.invalid');
    expectAnswer(await here.delete('/staff/me/sessions?current=true'), 204);
    expectAnswer(await here.get('/me'), 401);
    expectAnswer(await there.get('/me'), 401);
  });
});

onEachEngine('One-time passwords', (held) => {
  const nobody = () => new Client(held.server);
  const add = async (login, role = 'operator') => {
    await held.server.command(['staff', 'add', '--login', login, '--role', role, '--password-stdin'], `${kPassword}\n`);
    return Client.signIn(held.server, login);
  };
  const turnOn = async (client) => {
    const seed = expectAnswer(await client.post('/me/totp', {}), 201);
    assert.match(seed.uri, /^otpauth:\/\/totp\//);
    const used = codeOf(seed.secret);
    const on = await client.post('/me/totp/confirm', {otp: used});
    expectAnswer(on, 200);
    client.cookie = on.headers.getSetCookie()[0].split(';')[0];
    client.csrf = on.body.csrf_token;
    return {secret: seed.secret, used, codes: on.body.recovery_codes};
  };

  it('are set up, asked for after the right password alone, and each works once', async () => {
    const client = await add('totp1');
    const other = await Client.signIn(held.server, 'totp1');
    expectAnswer(await client.post('/me/totp/confirm', {otp: '000000'}), 409, 'totp.not_begun');
    const {secret, used, codes} = await turnOn(client);
    expectAnswer(await other.get('/me'), 401);
    assert.equal(codes.length, 10);
    assert.deepEqual(expectAnswer(await client.get('/me/totp'), 200), {enabled: true, required: false, recovery_codes_left: 10});
    assert.equal((await client.get('/me')).body.totp, true);
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: 'wrong password'}), 401, 'session.refused');
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: kPassword}), 401, 'session.otp_required');
    // The code that turned it on is used up; the next step's is not.
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: kPassword, otp: used}), 401, 'session.otp_refused');
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: kPassword, otp: codes[0].toLowerCase()}), 201);
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: kPassword, otp: codes[0]}), 401, 'session.otp_refused');
    expectAnswer(await nobody().post('/session', {login: 'totp1', password: kPassword, otp: codeOf(secret, 1)}), 201);
  });

  it('can be shown to confirm, be turned off, and be removed by an administrator', async () => {
    const client = await add('totp2');
    const {codes} = await turnOn(client);
    expectAnswer(await client.post('/session/confirm', {otp: codes[1]}), 200);
    const both = await client.post('/session/confirm', {otp: codes[2], password: kPassword});
    assert.deepEqual(pointers(both), ['/otp one_of_required']);
    const renewed = expectAnswer(await client.post('/me/totp/recovery-codes', {}), 201).recovery_codes;
    assert.ok(!renewed.includes(codes[3]));
    const off = await client.delete('/me/totp');
    expectAnswer(off, 204);
    assert.match(off.headers.getSetCookie()[0], /^sid=/);
    await Client.signIn(held.server, 'totp2');
    const third = await add('totp3');
    await turnOn(third);
    const id = (await third.get('/me')).body.id;
    expectAnswer(await new Client(held.server, 'admin').delete(`/staff/${id}/totp`), 204);
    await Client.signIn(held.server, 'totp3');
    expectAnswer(await new Client(held.server, 'admin').delete(`/staff/${id}/totp`), 409, 'totp.off');
    expectAnswer(await new Client(held.server, 'admin').post('/me/totp', {}), 409, 'session.not_a_session');
  });

  it('required by a role leave nothing but their setup', async () => {
    const role = expectAnswer(await new Client(held.server, 'owner').post('/roles', {name: '二段階', rights: ['customer.read', 'job.read']}), 201);
    const client = await add('totp4', role.id);
    const security = expectAnswer(await new Client(held.server, 'owner').get('/settings/security'), 200);
    expectAnswer(await new Client(held.server, 'owner').put('/settings/security', {...security, totp_roles: [role.id]}, '*'), 200);
    const me = expectAnswer(await client.get('/me'), 200);
    assert.equal(me.must_set_up_totp, true);
    assert.deepEqual(me.rights, []);
    for (const path of ['/jobs', '/catalogue', '/customers/1', '/rights', '/staff/me/sessions', '/openapi.json'])
      expectAnswer(await client.get(path), 403, 'session.totp_setup_required');
    await turnOn(client);
    expectAnswer(await client.get('/jobs'), 200);
    expectAnswer(await client.delete('/me/totp'), 409, 'totp.required');
    expectAnswer(await new Client(held.server, 'owner').put('/settings/security', {allowed_networks: [], totp_roles: []}, '*'), 200);
  });
});

onEachEngine('Allowed addresses', (held) => {
  it('refuse sign-in and sessions from elsewhere, and no list that shuts its author out', async () => {
    const owner = await Client.signIn(held.server, 'owner');
    const put = (allowed_networks) => owner.put('/settings/security', {allowed_networks, totp_roles: []}, '*');
    const wrong = await put(['192.0.2.7/24', 'x', '192.0.2.0/24']);
    assert.deepEqual(pointers(wrong), ['/allowed_networks/0 not_a_network', '/allowed_networks/1 not_a_network']);
    expectAnswer(await put(['192.0.2.0/24']), 409, 'settings.locks_out');
    expectAnswer(await put(['127.0.0.0/8', '2001:db8::/32']), 200);
    expectAnswer(await owner.get('/me'), 200);
    const token = new Client(held.server, 'owner');
    const unseen = await token.put('/settings/security', {allowed_networks: ['192.0.2.0/24'], totp_roles: []}, '*');
    expectAnswer(unseen, 409, 'settings.locks_out');
  });

  it('are opened again from the shell', async () => {
    await held.server.command(['staff', 'allow-everywhere']);
    const security = expectAnswer(await new Client(held.server, 'owner').get('/settings/security'), 200);
    assert.deepEqual(security.allowed_networks, []);
    const printed = await held.server.command(['staff', 'reset', '--login', 'viewer']);
    assert.match(printed, /\/password#[A-Za-z0-9_-]{43}/);
  });
});
