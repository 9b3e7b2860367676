// What a right of its own guards at the record stays guarded where no form is filled in: by undo, and by the plan of somebody else's
// file. And an erasure reaches what lies sealed.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kScopes = ['customer.read', 'customer.edit', 'history.read', 'operation.undo', 'job.read', 'import'];

onEachEngine('What a right of its own guards', (held) => {
  const owner = () => new Client(held.server, 'owner');
  let masked, narrow;
  let made = 0;

  before(async () => {
    const bearer = async (name, scopes) => new Client(held.server, {token: expectAnswer(await owner().post('/tokens', {name, scopes}), 201).token});
    masked = await bearer('masked', kScopes);
    narrow = await bearer('narrow', [...kScopes, 'contact.read']);
  });

  const create = async (input = {}) => {
    made += 1;
    return expectAnswer(await owner().post('/customers', {status: 'member', family_name: '扉', given_name: `${made}`, email: `tobira${made}@example.jp`, phone: '0312345678', ...input}), 201);
  };
  const read = async (customer) => expectAnswer(await owner().get(`/customers/${customer.id}`), 200);
  const patched = async (customer, body) => {
    const answer = await owner().patch(`/customers/${customer.id}`, body, '*');
    expectAnswer(answer, 200);
    return answer.headers.get('otokui-operation');
  };
  const ended = async (job) => {
    for (;;) {
      const seen = expectAnswer(await owner().get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(seen.status)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('is not taken back by who may not set it', async () => {
    const level = expectAnswer(await owner().post('/levels', {name: '扉の段'}), 201);
    const cases = [[narrow, {status: 'withdrawn'}, 'status'], [narrow, {level: level.id}, 'level_id'], [masked, {phone: '0698765432'}, 'phone']];
    for (const [who, body, column] of cases) {
      const customer = await create();
      const operation = await patched(customer, body);
      const refused = await who.post(`/operations/${operation}/undo`);
      expectAnswer(refused, 403, 'field.forbidden');
      assert.ok(pointers(refused).includes(`/${column} forbidden`), refused.text);
      assert.ok(!refused.text.includes('98765432'));
      assert.equal((await read(customer)).version, customer.version + 1);
      expectAnswer(await owner().post(`/operations/${operation}/undo`), 200);
    }
    const operation = await patched(await create(), {given_name: '別'});
    expectAnswer(await masked.post(`/operations/${operation}/undo`), 200);
  });

  it('is not done by the plan of who may', async () => {
    const customer = await create();
    const plan = async (path, file) => {
      const {job} = expectAnswer(await owner().request('post', path, {raw: file, type: 'text/csv'}), 202);
      assert.equal((await ended(job)).status, 'done');
      return job;
    };
    const deleting = await plan('/imports/customers?mode=control&dry_run=true', `control,顧客番号\nd,${customer.number}\n`);
    const calling = await plan('/imports/customers?mode=update&dry_run=true', `顧客番号,電話番号\n${customer.number},0455556666\n`);
    for (const [who, job] of [[narrow, deleting], [masked, calling]]) expectAnswer(await who.post(`/jobs/${job}/apply`), 403, 'forbidden');
    const still = await read(customer);
    assert.deepEqual([still.deleted, still.phone], ['no', customer.phone]);
    const {job} = expectAnswer(await owner().post(`/jobs/${calling}/apply`), 202);
    assert.equal((await ended(job)).status, 'done');
    assert.equal((await read(customer)).phone, '0455556666');
  });

  it('and what an answer kept for a retry told goes with the person, 要注意 too', async () => {
    const headers = {'idempotency-key': 'tobira'};
    const body = {status: 'member', family_name: '消扉', given_name: '花子', email: 'kietobira@example.jp', alert: '長男は090-1111-2222'};
    const customer = expectAnswer(await owner().post('/customers', body, {headers}), 201);
    const {job} = expectAnswer(await owner().post(`/customers/${customer.id}/erase`, {number: customer.number}), 202);
    assert.equal((await ended(job)).status, 'done');
    const again = await owner().post('/customers', body, {headers});
    expectAnswer(again, 409, 'idempotency.erased');
    assert.ok(!again.text.includes('消扉') && !again.text.includes('kietobira'));
    assert.equal((await read(customer)).alert, null);
    expectAnswer(await owner().post(`/customers/${customer.id}/addresses`, {family_name: '消扉'}), 409, 'customer.deleted');
    await held.server.command(['verify']);
  });

  it('and nothing comes in behind an erasure that runs', async () => {
    for (let round = 0; round < 5; round += 1) {
      const customer = await create({family_name: '後扉'});
      const writers = Array.from({length: 3}, async () => {
        for (;;) {
          const answer = await owner().post(`/customers/${customer.id}/addresses`, {family_name: '後扉', street: '裏口'});
          if (![201, 503].includes(answer.status)) return answer; // busy is no answer: it comes again
        }
      });
      const {job} = expectAnswer(await owner().post(`/customers/${customer.id}/erase`, {number: customer.number}), 202);
      assert.equal((await ended(job)).status, 'done');
      for (const answer of await Promise.all(writers)) assert.ok([409, 422].includes(answer.status), answer.text);
      const left = await owner().get(`/customers/${customer.id}/addresses`);
      for (const word of ['後扉', '裏口']) assert.ok(!left.text.includes(word), left.text);
    }
  });
});
