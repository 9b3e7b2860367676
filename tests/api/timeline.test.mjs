import assert from 'node:assert/strict';
import {it} from 'node:test';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

onEachEngine('Timeline', (held) => {
  const as = (role) => new Client(held.server, role);
  const finished = async (job) => {
    for (;;) {
      const answer = expectAnswer(await as('admin').get(`/jobs/${job}`), 200);
      if (!['queued', 'running'].includes(answer.status)) return answer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('everything that happened to a customer is one stream, page by page, by kind and by right', async () => {
    const {id, number} = expectAnswer(await as('operator').post('/customers', {family_name: '青木'}), 201);
    expectAnswer(await as('operator').patch(`/customers/${id}`, {phone: '0312345678'}, 1), 200);
    expectAnswer(await as('operator').post(`/customers/${id}/addresses`, {label: '実家'}), 201);
    const csv = `受注番号,顧客番号,受注日,決済状況,合計\nT-1,${number},2024-01-05 10:00:00,売上完了,3000\n`;
    const {job} = expectAnswer(await as('admin').request('post', '/imports/orders', {raw: csv, type: 'text/csv'}), 202);
    assert.equal((await finished(job)).ok, 1);
    const all = expectAnswer(await as('operator').get(`/customers/${id}/timeline`), 200);
    assert.equal(all.next_cursor, null);
    const titles = all.items.map(({kind, title}) => `${kind} ${title.ja}`);
    assert.equal(titles.at(-1), 'order 受注 T-1');
    assert.ok(titles.includes('record 顧客の変更: 電話番号'), titles.join());
    assert.ok(titles.includes('address お届け先の登録'), titles.join());
    const paged = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await as('operator').get(`/customers/${id}/timeline?limit=1&cursor=${cursor}`), 200);
      paged.push(...page.items);
      if (!page.next_cursor) break;
      cursor = page.next_cursor;
    }
    assert.deepEqual(paged, all.items);
    const orders = expectAnswer(await as('operator').get(`/customers/${id}/timeline?kinds=order,payment`), 200);
    assert.deepEqual(orders.items.map(({number: of}) => of), ['T-1']);
    assert.deepEqual(orders.kinds, all.kinds);
    const log = expectAnswer(await as('owner').get(`/access-log?customer=${id}`), 200);
    assert.ok(log.items.some(({kind}) => kind === 'timeline'));
  });

  it('what is asked wrongly is refused', async () => {
    const {id} = expectAnswer(await as('operator').post('/customers', {family_name: '青木'}), 201);
    const answer = await as('operator').get(`/customers/${id}/timeline?kinds=dance`);
    expectAnswer(answer, 422, 'query.invalid');
    assert.deepEqual(pointers(answer), ['/kinds not_a_choice']);
    expectAnswer(await as('operator').get(`/customers/${id}/timeline?cursor=1_x`), 422, 'cursor.invalid');
    expectAnswer(await as('operator').get(`/customers/${id}/timeline?limit=0`), 422, 'query.invalid');
    expectAnswer(await as('operator').get('/customers/999999/timeline'), 404, 'customer.not_found');
    expectAnswer(await new Client(held.server).get(`/customers/${id}/timeline`), 401);
  });
});
