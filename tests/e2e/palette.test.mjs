import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';
import {rows, shown, total} from './support/list.mjs';

const box = (page) => page.getByRole('combobox', {name: '顧客・画面へ移動'});
const options = (page) => page.getByRole('listbox', {name: '顧客・画面へ移動'}).getByRole('option');

async function openPalette(page) {
  await page.keyboard.press('Control+k');
  await box(page).waitFor();
}

atTheDesk('The palette', (held) => {
  it('jumps to a customer by number, mail, phone, its last four digits, name and order number', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const customer = await makeCustomer(held, page, {family_name: '飛先', given_name: '一郎', phone: '09087651397', email: 'tobisaki@example.jp'});
    const buyer = (await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'purchase_count', op: 'at_least', value: 1}, columns: ['name'], limit: 1})).body.items[0];
    const order = (await held.desk.api(page, 'GET', `/customers/${buyer.id}/purchases?limit=1`)).body.items[0].order_number;
    const jumps = [[customer.number, customer.id], ['tobisaki@example.jp', customer.id], ['090-8765-1397', customer.id], ['1397', customer.id], ['飛先 一郎', customer.id], [order, buyer.id]];
    for (const [text, id] of jumps) {
      await openPalette(page);
      await box(page).fill(text);
      await options(page).first().locator('mark').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/customers/${id}`);
    }
    await page.context().close();
  });

  it('leads to every screen one may see, and to the list of what was typed', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await openPalette(page);
    await options(page).filter({hasText: '操作履歴'}).waitFor();
    await expectSound(page, 'palette-ja-1280');
    await box(page).fill('新規');
    await options(page).filter({hasText: '顧客の新規作成'}).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await options(page).filter({hasText: '顧客の新規作成'}).click();
    await page.waitForURL('**/customers/new');
    await openPalette(page);
    await box(page).fill('田');
    await options(page).filter({hasText: '「田」を顧客一覧で検索'}).click();
    await shown(page);
    assert.match(page.url(), /\/customers\?s=[A-Za-z0-9_-]{16,}$/);
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {text: '田', limit: 0});
    assert.equal(await total(page), body.total);
    await page.context().close();
  });

  it('waits for the input method, closes on Escape and gives the focus back', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await rows(page).nth(2).focus();
    await openPalette(page);
    await compose(page, box(page), ['t', 'た', 'たなか'], '田中');
    await options(page).first().waitFor();
    await expectSound(page, 'palette-found-ja');
    await page.keyboard.press('Escape');
    await box(page).waitFor({state: 'detached'});
    await page.waitForFunction(() => document.activeElement === document.querySelectorAll('tbody tr')[2]);
    await page.context().close();
  });

  it('shows a viewer no screens that are closed to them, and masks nothing away that may be seen', async () => {
    const page = await held.open('/customers', {login: 'viewer'});
    await shown(page);
    await openPalette(page);
    await options(page).filter({hasText: 'ジョブ'}).or(options(page).filter({hasText: '顧客'})).first().waitFor();
    assert.equal(await options(page).filter({hasText: '新規作成'}).count(), 0);
    await box(page).fill('1397');
    await page.getByText('該当する顧客はいません').or(options(page).first()).first().waitFor();
    await page.context().close();
  });

  it('and the list are used by arrow keys: rows, and what stands in a row', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await rows(page).first().focus();
    await page.keyboard.press('ArrowDown');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    const inside = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(inside, '編集');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?edit=1$/);
    await page.getByRole('button', {name: '保存'}).waitFor();
    await page.context().close();
  });
});
