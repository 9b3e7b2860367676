import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('The rest', (held) => {
  const as = (role) => new Client(held.server, role);

  it('finds the places of a postal code', async () => {
    const found = expectAnswer(await as('viewer').get('/postal-codes/1500001'), 200);
    assert.deepEqual(found.items[0], {prefecture: 13, prefecture_name: '東京都', city: '渋谷区', town: '神宮前'});
    expectAnswer(await as('viewer').get('/postal-codes/0000000'), 404);
    assert.ok([404, 422].includes((await as('viewer').get('/postal-codes/12')).status));
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
