import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {Server} from './support/server.mjs';

onEachEngine('The rest', (held) => {
  const as = (role) => new Client(held.server, role);

  it('finds the places of a postal code', async () => {
    const found = expectAnswer(await as('viewer').get('/postal-codes/1500001'), 200);
    assert.deepEqual(found.items[0], {prefecture: 13, prefecture_name: '東京都', city: '渋谷区', town: '神宮前'});
    expectAnswer(await as('viewer').get('/postal-codes/0000000'), 404);
    assert.ok([404, 422].includes((await as('viewer').get('/postal-codes/12')).status));
  });

  it('finds the postal codes of an address, which stands in the body', async () => {
    const ask = async (body) => as('viewer').post('/postal-codes/search', body);
    const {items} = expectAnswer(await ask({prefecture: 13, city: '渋谷区', street: '神宮前１丁目２－３'}), 200);
    assert.deepEqual(items, [{code: '1500001', prefecture: 13, prefecture_name: '東京都', city: '渋谷区', town: '神宮前'}]);
    assert.deepEqual(expectAnswer(await ask({prefecture: 14, city: '箱根町', street: '元箱根5'}), 200).items.map(({code}) => code), ['2500522']);
    assert.deepEqual(expectAnswer(await ask({prefecture: 27, city: '渋谷区'}), 200).items, []);
    const refused = expectAnswer(await ask({prefecture: 48, city: '', street: 'あ'.repeat(201), town: 'x'}), 422);
    assert.deepEqual(refused.errors.map(({pointer}) => pointer).sort(), ['/city', '/prefecture', '/street', '/town']);
    assert.equal((await new Client(held.server).post('/postal-codes/search', {prefecture: 13, city: '渋谷区'})).status, 401);
  });

  it('every answer forbids caching, sniffing and framing', async () => {
    for (const answer of [await as('viewer').get('/me'), await new Client(held.server).get('/me'), await as('viewer').get('/nothing', {check: false})]) {
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      assert.equal(answer.headers.get('server')?.match(/[0-9]/) ?? null, null);
    }
  });

  it('problems speak the language asked for', async () => {
    const ja = await as('viewer').get('/customers/999999', {headers: {'accept-language': 'ja'}});
    const en = await as('viewer').get('/customers/999999', {headers: {'accept-language': 'en'}});
    assert.match(ja.body.detail, /[ぁ-ん]/);
    assert.doesNotMatch(en.body.detail, /[ぁ-ん]/);
  });

  it('tells that it is well', async () => {
    for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(held.server.origin + path)).status, 200);
    assert.equal((await fetch(`${held.server.origin}/metrics`)).status, 200);
  });

  it('does not start where other machines would reach it over plain HTTP, and says what to do', async () => {
    const elsewhere = Object.assign(new Server(), held.server, {database: `sqlite:${join(held.server.folder, 'elsewhere.db')}`});
    const config = join(held.server.folder, 'plain.toml');
    writeFileSync(config, 'public_url = "http://desk.example.jp"\n');
    for (const more of [[], ['--config', config]])
      await assert.rejects(elsewhere.command(['serve', '--listen', '0.0.0.0:0', ...more]), (error) => {
        assert.equal(error.code, 1);
        assert.match(error.message, /public_url.*config\.plain_http/);
        return true;
      });
  });

  it('sends news of a job to whoever may see it', async () => {
    const stop = new AbortController();
    const response = await fetch(`${held.server.origin}/api/v1/events`, {
      headers: {authorization: `Bearer ${held.server.tokens.admin}`},
      signal: stop.signal,
    });
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const {job} = expectAnswer(await as('admin').post('/exports/customers', {}), 202);
    let text = '';
    for await (const bytes of response.body) {
      text += Buffer.from(bytes).toString();
      if (text.includes(`"id":"${job}"`)) break;
    }
    assert.match(text, /event: job/);
    stop.abort();
  });
});
