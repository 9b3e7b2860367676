// 操作履歴: what was done, narrowed to what one looks for.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

atTheDesk('操作履歴', (held) => {
  const list = (page, name = '操作履歴') => page.getByRole('region', {name});
  const kinds = (page, name = '内容') => page.getByRole('combobox', {name, exact: true});
  const told = async (page, name) => new Set(await list(page, name).locator('tbody tr td:nth-child(2)').allInnerTexts());
  const choose = async (page, name) => {
    await kinds(page).click();
    await page.getByRole('option', {name, exact: true}).click();
    await page.keyboard.press('Escape');
  };

  it('is narrowed to several kinds of operations in words, which stand in the address, and back', async () => {
    const page = await held.open('/operations');
    const customer = await makeCustomer(held, page);
    const api = async (...asked) => assert.ok((await held.desk.api(page, ...asked)).status < 300);
    await api('POST', `/customers/${customer.id}/memos`, {title: '電話の件', body: '折り返す'});
    await api('PATCH', `/customers/${customer.id}`, {company: '青葉商店'}, {'If-Match': '*'});
    await api('POST', `/customers/${customer.id}/withdraw`, {});
    await page.goto('/operations');
    await list(page).getByRole('link').first().waitFor();
    assert.ok((await told(page)).size > 2);
    await kinds(page).click();
    const offered = await page.getByRole('option').allInnerTexts();
    assert.ok(offered.includes('退会') && offered.includes('メモの登録'), offered.join());
    assert.ok(!offered.includes('顧客の復元'), 'what nobody has done yet is no choice');
    await page.keyboard.press('Escape');

    await choose(page, 'メモの登録');
    await page.waitForURL(/kinds=memo\.create$/);
    await list(page).getByRole('cell', {name: '顧客の変更'}).first().waitFor({state: 'detached'});
    assert.deepEqual([...(await told(page))], ['メモの登録']);
    await choose(page, '退会');
    await page.waitForURL(/kinds=memo\.create(,|%2C)customer\.withdraw$/);
    await list(page).getByRole('cell', {name: '退会', exact: true}).first().waitFor();
    assert.deepEqual([...(await told(page))].sort(), ['メモの登録', '退会'].sort());
    await expectSound(page, 'operations-kinds-ja-1280');

    await page.reload(); // the address is what is shared
    await list(page).getByRole('link').first().waitFor();
    assert.deepEqual([...(await told(page))].sort(), ['メモの登録', '退会'].sort());
    await page.getByRole('button', {name: '条件クリア'}).first().click();
    await list(page).getByRole('cell', {name: '顧客の変更'}).first().waitFor();
    assert.ok(!page.url().includes('kinds'));
    await page.context().close();

    const english = await held.open('/operations?kinds=memo.create,customer.withdraw', {language: 'en', size: {width: 1920, height: 1080}, scheme: 'dark'});
    await list(english, 'Operations').getByRole('link').first().waitFor();
    assert.deepEqual([...(await told(english, 'Operations'))].sort(), ['Customer withdrawn', 'Memo written']);
    await english.getByText('Customer withdrawn').first().waitFor();
    await expectSound(english, 'operations-kinds-en-1920-dark');
    await english.context().close();
  });
});
