import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Consent', (held) => {
  const as = (role) => new Client(held.server, role);
  const create = async (input) => expectAnswer(await as('operator').post('/customers', {family_name: '田中', ...input}), 201);
  const log = async (customer, query = '') => expectAnswer(await as('viewer').get(`/customers/${customer.id}/consents${query}`), 200).items;
  const words = (entries) => entries.map(({what, value, how, ground, current}) => [what, value, how, ground, current].join(' '));
  const get = async ({id}) => expectAnswer(await as('viewer').get(`/customers/${id}`), 200);

  it('FEATURES 77: the newsletter tick is preset by the sign-up, can be searched by, and each change is timestamped', async () => {
    const customer = await create({newsletter: true});
    const [entry] = await log(customer);
    assert.deepEqual(words([entry]), ['newsletter true api  true']);
    assert.ok(Math.abs(Date.parse(entry.at) - Date.now()) < 60_000);
    assert.equal(entry.ip, '127.0.0.1');
    assert.equal(entry.actor, 'operator');
    const search = async (value) =>
      expectAnswer(await as('viewer').post('/customers/search', {condition: {field: 'newsletter', op: 'is', value}, columns: ['number']}), 200).items.map(({id}) => id);
    assert.ok((await search(true)).includes(customer.id));
    const off = await as('operator').patch(`/customers/${customer.id}`, {newsletter: false}, '*');
    expectAnswer(off, 200);
    assert.ok(!(await search(true)).includes(customer.id));
    assert.deepEqual(words(await log(customer)), ['newsletter false api  true', 'newsletter true api  false']);
    expectAnswer(await as('operator').post(`/operations/${off.headers.get('otokui-operation')}/undo`, {}), 200);
    assert.equal((await log(customer)).length, 3);
    const page = expectAnswer(await as('viewer').get(`/customers/${customer.id}/consents?limit=2`), 200);
    assert.equal(page.items.length, 2);
    assert.equal((await log(customer, `?limit=2&cursor=${page.next_cursor}`)).length, 1);
    // A browser's form is staff, not API.
    const browser = await Client.signIn(held.server, 'operator');
    expectAnswer(await browser.patch(`/customers/${customer.id}`, {direct_mail: true}, '*'), 200);
    assert.deepEqual(words(await log(customer, '?what=direct_mail')), ['direct_mail true staff  true']);
  });

  it('is recorded with ground, way and address of the person', async () => {
    const customer = await create({newsletter: true});
    const path = `/customers/${customer.id}/consents`;
    const entry = expectAnswer(
      await as('operator').post(path, {what: 'newsletter', value: false, how: 'unsubscribe', ground: '配信停止リンク', ip: '198.51.100.9', at: '2026-01-02T03:04:05+09:00'}),
      201,
    );
    assert.deepEqual([entry.how, entry.ip, entry.at], ['unsubscribe', '198.51.100.9', '2026-01-02T03:04:05.000+09:00']);
    assert.equal((await get(customer)).newsletter, false);
    const refused = await as('operator').post(path, {what: 'cleaned', value: 'yes', how: 'bounce', at: '2999-01-01T00:00:00Z', colour: 1});
    expectAnswer(refused, 422, 'consent.invalid');
    assert.deepEqual(pointers(refused), ['/at in_the_future', '/colour unknown_field', '/how not_a_choice', '/value wrong_type']);
    expectAnswer(await as('viewer').post(path, {what: 'cleaned', value: true}), 403, 'forbidden');
    expectAnswer(await as('operator').get(`${path}?what=points`), 422, 'query.invalid');
    expectAnswer(await as('operator').get(`${path}?cursor=x`), 422, 'cursor.invalid');
    expectAnswer(await as('operator').get('/customers/4611686018427387904/consents'), 404, 'customer.not_found');
    assert.equal((await log(customer)).length, 2);
  });

  it('FEATURES 79: a bounce sets クリーニング済 with its reason, once; FEATURES 78: it is another tick than the newsletter', async () => {
    const customer = await create({email: 'bounces@example.jp', newsletter: true});
    const second = await create({email2: 'bounces@example.jp'});
    const bounce = (body) => as('admin').post('/bounces', body);
    assert.deepEqual(expectAnswer(await bounce({email: 'Bounces@Example.jp', reason: '550 5.1.1 no such user'}), 200), {cleaned: 2, already: 0, kept: 0});
    assert.deepEqual(expectAnswer(await bounce({email: 'bounces@example.jp', reason: '550 5.1.1 no such user'}), 200), {cleaned: 0, already: 2, kept: 0});
    assert.deepEqual(expectAnswer(await bounce({email: 'nobody@example.jp', reason: 'x'}), 200), {cleaned: 0, already: 0, kept: 0});
    const now = await get(customer);
    assert.deepEqual([now.cleaned, now.newsletter, (await get(second)).cleaned], [true, true, true]);
    assert.deepEqual(words(await log(customer, '?what=cleaned')), ['cleaned true bounce 550 5.1.1 no such user true']);
    const refused = await bounce({email: 'no mail', at: 'yesterday'});
    expectAnswer(refused, 422, 'bounce.invalid');
    assert.deepEqual(pointers(refused), ['/at not_a_moment', '/email not_an_email', '/reason required']);
    expectAnswer(await as('operator').post('/bounces', {email: 'a@example.jp', reason: 'x'}), 403, 'forbidden');
  });

  it('is part of a disclosure, and verify agrees', async () => {
    const customer = await create({outbound_call: true});
    const told = expectAnswer(await as('owner').get(`/customers/${customer.id}/disclosure`), 200);
    assert.equal(told.sections.find(({table}) => table === 'consent').rows.length, 1);
    for (const [format, type] of [['csv', 'text/csv'], ['html', 'text/html']]) {
      const written = await as('owner').get(`/customers/${customer.id}/disclosure?format=${format}`, {check: false});
      assert.equal(written.status, 200, written.text);
      assert.ok(written.headers.get('content-type').startsWith(type));
      for (const said of [customer.number, '同意']) assert.ok(written.text.includes(said), `${format}: ${said}`);
    }
    await held.server.command(['verify']);
  });
});
