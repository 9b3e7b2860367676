// The two ways to leave: withdrawal and deletion.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf, dialogOf, kEnglish, undo} from './support/record.mjs';

atTheDesk('A customer who leaves', (held) => {
  const {buy, read} = apiOf(held);

  it('FEATURES 95: deletion stops at what is not settled and names it; キャンセル leaves everything, the act can be taken back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {family_name: '未決済'});
    const orders = Array.from({length: 7}, (_, at) => `OPEN-${at + 1}`);
    await buy(page, customer, orders, '与信完了');
    await page.goto(`/customers/${customer.id}`);
    const before = await read(page, customer);
    const ask = async () => {
      await page.getByRole('button', {name: 'その他の操作'}).click();
      await page.getByRole('menuitem', {name: '削除', exact: true}).click();
      await dialogOf(page).getByText(`（${customer.number}）を削除します。`).waitFor();
    };
    const go = dialogOf(page).getByRole('button', {name: '削除する'});
    await ask();
    await go.click();
    const refusal = dialogOf(page).getByRole('alert');
    await refusal.getByText('決済が完了していない受注').first().waitFor();
    assert.deepEqual(await refusal.getByRole('link').allInnerTexts(), [...orders.slice(0, 5), 'すべて表示']);
    await refusal.getByText('ほか2件').waitFor();
    assert.deepEqual(await read(page, customer), before);
    await expectSound(page, 'delete-refused-ja-1280');
    await refusal.getByRole('link', {name: 'OPEN-3'}).click();
    await page.waitForURL((url) => url.pathname === `/customers/${customer.id}/purchases` && url.searchParams.get('order') === 'OPEN-3');
    await page.getByRole('row').filter({hasText: 'OPEN-3'}).waitFor();
    await dialogOf(page).waitFor({state: 'detached'});

    await ask();
    await go.click();
    await refusal.waitFor();
    await buy(page, customer, orders, '売上完了', 'update');
    const settled = await read(page, customer);
    await dialogOf(page).getByRole('button', {name: 'キャンセル'}).click();
    await dialogOf(page).waitFor({state: 'detached'});
    await ask();
    assert.equal(await refusal.count(), 0, 'what was refused before is not told of a new question');
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({state: 'detached'});
    assert.deepEqual(await read(page, customer), settled);

    await ask();
    await go.click();
    await page.getByText('顧客を削除しました').waitFor();
    await page.getByText('に削除されています').waitFor();
    assert.equal((await read(page, customer)).deleted, 'yes');
    await expectSound(page, 'deleted-ja-1280');
    await undo(page, '顧客を削除しました');
    await page.getByText('に削除されています').waitFor({state: 'detached'});
    const back = await read(page, customer);
    assert.deepEqual({...back, version: 0, updated_at: ''}, {...settled, version: 0, updated_at: ''});
    await page.context().close();
  });

  it('FEATURES 94, 95: in English, a withdrawal stops at what is not settled; both acts leave everything when they are cancelled', async () => {
    const page = await held.open('/customers', kEnglish);
    const customer = await makeCustomer(held, page);
    await buy(page, customer, ['LEAVE-1'], '未決済');
    await page.goto(`/customers/${customer.id}`);
    const act = async (name, title) => {
      await page.getByRole('button', {name: 'More acts'}).click();
      await page.getByRole('menuitem', {name, exact: true}).click();
      const dialog = page.getByRole('dialog', {name: title});
      await dialog.waitFor();
      return dialog;
    };
    const before = await read(page, customer);
    const leaving = await act('Withdraw', 'Withdraw the member');
    await leaving.getByRole('button', {name: 'Withdraw', exact: true}).click();
    await leaving.getByText('Something has to be settled first').waitFor();
    assert.deepEqual(await leaving.getByRole('alert').getByRole('link').allInnerTexts(), ['LEAVE-1']);
    await expectSound(page, 'withdraw-refused-en-1920');
    await leaving.getByRole('button', {name: 'Cancel'}).click();
    await leaving.waitFor({state: 'detached'});
    const going = await act('Delete', 'Delete the customer');
    await expectSound(page, 'delete-en-1920');
    await going.getByRole('button', {name: 'Cancel'}).click();
    await going.waitFor({state: 'detached'});
    assert.deepEqual(await read(page, customer), before);

    await buy(page, customer, ['LEAVE-1'], '取消完了', 'update');
    await (await act('Withdraw', 'Withdraw the member')).getByRole('button', {name: 'Withdraw', exact: true}).click();
    await page.getByText('The member has left').waitFor();
    assert.equal((await read(page, customer)).status, 'withdrawn');
    await undo(page, 'The member has left', {button: 'Undo', done: 'Undone'});
    assert.equal((await read(page, customer)).status, 'member');
    await page.context().close();
  });
});
