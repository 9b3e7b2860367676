import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {makeCustomer} from './support/customers.mjs';
import {rows, search, shown} from './support/list.mjs';

atTheDesk('The rows of the customer list', (held) => {
  it('has buttons in each row for detail, edit, purchases, points and deletion of its customer, by mouse and by keyboard (A16, A17)', async () => {
    const page = await held.open('/customers', {size: {width: 1920, height: 1080}});
    await shown(page);
    const customer = await makeCustomer(held, page, {family_name: '行操作'});
    const guest = await makeCustomer(held, page, {family_name: '行操作', status: 'guest'});
    await page.getByRole('textbox', {name: '検索語'}).fill('行操作');
    await search(page, () => page.keyboard.press('Enter'));
    const row = (one) => rows(page).filter({hasText: one.number});
    for (const [words, path, tab] of [['詳細', '', '基本情報'], ['編集', '?edit=1', '基本情報'], ['購入', '/purchases', '購入履歴'], ['ポイント', '/points', 'ポイント履歴']]) {
      const act = row(customer).getByRole('link', {name: `${words}: `});
      const box = await act.boundingBox();
      assert.ok(box && box.x + box.width <= 1920, `${words} is in sight without scrolling sideways`);
      await act.click();
      await page.waitForURL(`**/customers/${customer.id}${path}`);
      await page.getByRole('tab', {name: tab, selected: true}).waitFor();
      await page.goBack();
      await shown(page);
    }
    assert.equal(await row(guest).getByRole('link', {name: 'ポイント: '}).count(), 0, 'a guest holds no points');
    await expectSound(page, 'list-acts-ja-1920');
    await row(customer).focus();
    for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '削除');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', {name: '顧客の削除'});
    await dialog.getByText(customer.number, {exact: false}).waitFor();
    await dialog.getByRole('button', {name: '削除する'}).click();
    await row(customer).waitFor({state: 'detached'});
    await page.getByRole('alert').filter({hasText: '顧客を削除しました'}).getByRole('button', {name: '元に戻す'}).click();
    await row(customer).waitFor();
    await page.context().close();
  });

  it('exports whom one ticked, the deleted too', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const customer = await makeCustomer(held, page, {family_name: '消出力'});
    await held.desk.api(page, 'DELETE', `/customers/${customer.id}`, undefined, {'If-Match': '*'});
    await page.getByText('削除済みのみ').click();
    await page.getByRole('textbox', {name: '検索語'}).fill('消出力');
    await search(page, () => page.keyboard.press('Enter'));
    await rows(page).first().getByRole('checkbox').check();
    await page.getByRole('region', {name: '1件を選択中'}).getByRole('button', {name: 'CSV出力'}).click();
    const dialog = page.getByRole('dialog', {name: 'CSV出力'});
    await dialog.getByRole('button', {name: '出力する', exact: true}).click();
    await dialog.getByText('1件', {exact: true}).waitFor();
    await page.context().close();
  });
});
