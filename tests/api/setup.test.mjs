import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {kPassword} from './support/server.mjs';

onEachEngine(
  'Setting up an empty shop',
  (held) => {
    const input = (more = {}) => ({
      token: held.server.output.match(/\/setup#([A-Za-z0-9_-]{43})/)?.[1],
      shop_name: '青葉茶舗',
      sender: {name: '青葉茶舗', email: 'info@aoba-cha.example.jp'},
      login: 'hanako',
      name: '青木 花子',
      password: kPassword,
      ...more,
    });

    it('says that it is needed, and prints a link', async () => {
      const answer = await new Client(held.server).get('/setup');
      assert.equal(expectAnswer(answer, 200).needed, true);
      assert.ok(input().token, held.server.output);
    });

    it('names every wrong field at once and sets nothing up', async () => {
      const nobody = new Client(held.server);
      const wrong = await nobody.post('/setup', input({login: 'Hanako', password: 'short', shop_name: '', sender: {name: 'x', email: 'y'}}));
      expectAnswer(wrong, 422);
      assert.deepEqual(pointers(wrong), [
        '/login bad_character',
        '/password too_short',
        '/sender/email not_an_email',
        '/shop_name required',
      ].sort());
      assert.equal((await nobody.get('/setup')).body.needed, true);
    });

    it('refuses a wrong token', async () => {
      const answer = await new Client(held.server).post('/setup', input({token: 'A'.repeat(43)}));
      expectAnswer(answer, 422, 'link.invalid');
    });

    it('makes the owner, signs in, and works once', async () => {
      const owner = new Client(held.server);
      const used = input();
      const answer = await owner.post('/setup', used);
      const me = expectAnswer(answer, 201);
      assert.equal(me.role, 'owner');
      assert.equal(me.shop_name, '青葉茶舗');
      owner.take(answer);
      assert.equal(expectAnswer(await owner.get('/settings/general'), 200).sender.email, 'info@aoba-cha.example.jp');
      assert.equal((await owner.get('/setup')).body.needed, false);
      expectAnswer(await new Client(held.server).post('/setup', used), 409, 'setup.done');
      await Client.signIn(held.server, 'hanako');
    });
  },
  {people: false},
);
