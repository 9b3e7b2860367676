// A form that is sent twice does its work once; one that was refused is judged anew.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk} from './support/desk.mjs';

atTheDesk('A form sent again', (held) => {
  const found = async (page, name) => (await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'name', op: 'contains', value: name}})).body.total;

  it('makes one customer when the answer to the first time was lost', async () => {
    const page = await held.open('/customers/new');
    await page.getByRole('textbox', {name: '姓', exact: true}).fill('二度送信');
    const keys = [];
    await page.route('**/api/v1/customers', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.fallback();
      await route.fetch(); // it is done, and nobody is told
      return route.abort();
    });
    await page.keyboard.press('Control+s');
    await page.locator('form').getByRole('alert').getByText('サーバーに接続できません').first().waitFor();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/customers\/\d+$/);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(await found(page, '二度送信'), 1);
    await page.context().close();
  });

  it('goes through once what it was refused for is put right', async () => {
    const page = await held.open('/customers');
    const email = `fusagari${Date.now()}@example.jp`;
    const other = await makeCustomer(held, page, {email});
    await page.goto('/customers/new');
    await page.getByRole('combobox', {name: 'ステータス', exact: true}).click();
    await page.getByRole('option', {name: '会員', exact: true}).click();
    await page.getByRole('textbox', {name: '姓', exact: true}).fill('再送信');
    await page.getByRole('textbox', {name: 'メールアドレス', exact: true}).fill(email);
    await page.keyboard.press('Control+s');
    await page.locator('form').getByRole('alert').getByRole('button').first().waitFor();
    const freed = await held.desk.api(page, 'PATCH', `/customers/${other.id}`, {email: `akita${Date.now()}@example.jp`}, {'If-Match': '*'});
    assert.equal(freed.status, 200);
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/customers\/\d+$/);
    assert.equal(await found(page, '再送信'), 1);
    await page.context().close();
  });
});
