import assert from 'node:assert/strict';

let made = 0;

/** A customer of the test's own, so that tests do not meet each other's changes. */
export async function makeCustomer(held, page, input = {}) {
  made += 1;
  const {status, body} = await held.desk.api(page, 'POST', '/customers', {
    status: 'member',
    family_name: '試験',
    given_name: `花子${made}`,
    family_kana: 'シケン',
    given_kana: 'ハナコ',
    email: `shiken${made}.${Date.now()}@example.jp`,
    phone: '0312345678',
    ...input,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}
