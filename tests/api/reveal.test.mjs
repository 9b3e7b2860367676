// A role of the shop's own that sees contact data masked may be allowed to have one value shown, and each time is in the log of readings.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kContacts = {email: 'mado@example.jp', phone: '08012345678', postal_code: '1500001', prefecture: 13, city: '渋谷区', street: '神宮前1-2-3'};

onEachEngine('One masked value', (held) => {
  const as = (role) => new Client(held.server, role);
  let clerk, customer;

  before(async () => {
    const role = expectAnswer(await as('owner').post('/roles', {name: '窓口', rights: ['customer.read', 'customer.reveal']}), 201);
    expectAnswer(await as('owner').post('/staff', {login: 'mado', name: '窓口 花子', role: role.id}), 201);
    clerk = new Client(held.server, {token: await held.server.makeToken('mado')});
    customer = expectAnswer(await as('operator').post('/customers', {status: 'member', family_name: '窓口', ...kContacts}), 201);
  });
  const reveal = (body, who = clerk, more = {}) => who.post(`/customers/${customer.id}/reveal`, body, more);
  const logged = async () => expectAnswer(await as('admin').get(`/access-log?kind=reveal&customer=${customer.id}&limit=200`), 200).items;

  it('is shown as it is, and each time it is told whose, which and where', async () => {
    assert.equal(expectAnswer(await clerk.get(`/customers/${customer.id}`), 200).phone, '*****');
    assert.deepEqual(expectAnswer(await reveal({field: 'phone'}), 200), {field: 'phone', value: kContacts.phone});
    assert.equal(expectAnswer(await reveal({field: 'address'}), 200).value, '東京都渋谷区神宮前1-2-3');
    expectAnswer(await reveal({field: 'phone'}, clerk, {headers: {'otokui-screen': 'customers.id'}}), 200);
    const entries = await logged();
    assert.deepEqual(entries.map(({times, fields, customers}) => [times, fields, customers]), Array(3).fill([1, ['personal', 'contact'], 1]));
    assert.deepEqual(entries.map(({screen}) => screen), ['customers.id', 'POST /api/v1/customers/{customer}/reveal', 'POST /api/v1/customers/{customer}/reveal']);
    assert.equal(entries[0].actor.name, '窓口 花子');
    const asked = [];
    for (const {id} of entries) asked.push(expectAnswer(await as('admin').get(`/access-log/${id}`), 200).asked);
    assert.deepEqual(asked, [{field: 'phone'}, {field: 'address'}, {field: 'phone'}]);
  });

  it('is all there is: record, lists, search and sort stay as they are for this role', async () => {
    expectAnswer(await reveal({field: 'email'}), 200);
    assert.equal(expectAnswer(await clerk.get(`/customers/${customer.id}`), 200).email, '*****');
    const search = (body) => clerk.post('/customers/search', body);
    assert.equal(expectAnswer(await search({text: '窓口', columns: ['email', 'phone']}), 200).items[0].email, '*****');
    assert.equal(expectAnswer(await search({text: kContacts.email}), 200).total, 0);
    expectAnswer(await search({condition: {field: 'email', op: 'contains', value: 'mado'}}), 403, 'field.forbidden');
    expectAnswer(await search({sort: [{field: 'email', direction: 'asc'}]}), 403, 'field.forbidden');
    expectAnswer(await clerk.post('/exports/customers', {}), 403, 'forbidden');
  });

  it('is asked for by its field, of somebody there is, by who has the right; a refusal is no reading', async () => {
    const before = (await logged()).length;
    for (const field of ['family_name', 'points', 'x.nothing', 'password']) {
      const wrong = await reveal({field});
      expectAnswer(wrong, 422, 'reveal.invalid');
      assert.deepEqual(pointers(wrong), ['/field not_a_choice']);
    }
    const none = await reveal({fields: ['phone']});
    expectAnswer(none, 422, 'reveal.invalid');
    assert.deepEqual(pointers(none), ['/field required', '/fields unknown_field']);
    expectAnswer(await clerk.post('/customers/999999999/reveal', {field: 'phone'}), 404, 'customer.not_found');
    // No role as shipped has it: viewers see masks, all others see everything.
    for (const role of ['viewer', 'operator', 'admin', 'owner']) expectAnswer(await reveal({field: 'phone'}, as(role)), 403, 'forbidden');
    assert.equal((await logged()).length, before);
  });

  it('is read anew each time, with an Idempotency-Key as well, and has gone with the person', async () => {
    const before = (await logged()).length;
    const again = {headers: {'idempotency-key': 'mado-1'}};
    assert.equal(expectAnswer(await reveal({field: 'email'}, clerk, again), 200).value, kContacts.email);
    expectAnswer(await as('operator').patch(`/customers/${customer.id}`, {email: 'mado2@example.jp'}, '*'), 200);
    assert.equal(expectAnswer(await reveal({field: 'email'}, clerk, again), 200).value, 'mado2@example.jp');
    assert.equal((await logged()).length, before + 2);
    const {job} = expectAnswer(await as('owner').post(`/customers/${customer.id}/erase`, {number: customer.number}), 202);
    for (;;) {
      const {status} = expectAnswer(await as('owner').get(`/jobs/${job}`), 200);
      if (status === 'done') break;
      assert.ok(['queued', 'running'].includes(status), status);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(expectAnswer(await reveal({field: 'email'}, clerk, again), 200).value, null);
  });
});
