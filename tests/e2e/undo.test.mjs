// What was done is taken back from where it was done, and what an undo had to leave alone is told.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const box = (page, name) => page.getByRole('textbox', {name, exact: true});
const undone = async (page) => {
  await page.getByRole('button', {name: '元に戻す', exact: true}).last().click();
  await page.getByText('元に戻しました').last().waitFor();
};

atTheDesk('Undo', (held) => {
  it('takes a cancelled row of points back by one more row', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page, {status: 'member'});
    await held.desk.api(page, 'POST', `/customers/${customer.id}/points`, {delta: 100, kind: 'manual_grant'});
    await page.goto(`/customers/${customer.id}/points`);
    await page.getByRole('button', {name: /^取消: /}).click();
    await page.getByRole('dialog').getByRole('button', {name: '取り消す'}).click();
    await page.getByText('取り消しました（残高 0）').waitFor();
    await undone(page);
    const ledger = page.getByRole('region', {name: 'ポイント履歴'}).getByRole('row');
    await ledger.nth(3).waitFor();
    await ledger.nth(1).getByText('+100').waitFor();
    await expectSound(page, 'undo-points-ja-1280');
    await page.context().close();
  });

  it('of a long import leaves alone what has changed since, and shows whose and what, in both languages', async () => {
    const page = await held.open('/jobs');
    const rows = Array.from({length: 320}, (_, at) => `長い-${at},長い${at}`).join('\n');
    const started = await held.desk.api(page, 'POST', '/imports/customers', `顧客番号,姓\n${rows}\n`, {'Content-Type': 'text/csv'});
    assert.equal(started.status, 202, JSON.stringify(started.body));
    await page.goto(`/jobs/${started.body.job}`);
    await page.getByRole('button', {name: 'この操作を元に戻す'}).waitFor();
    // A long list keeps only what is near in the page, and the keyboard reaches all of it.
    const list = page.getByRole('region', {name: '行ごとの結果'});
    const more = page.getByRole('button', {name: 'さらに表示'});
    for (let page_ = 2; page_ <= 3; page_ += 1) {
      await more.click();
      await (page_ < 3 ? page.waitForFunction(() => !document.querySelector('button[data-loading]')) : more.waitFor({state: 'detached'}));
    }
    await page.waitForFunction(() => document.querySelectorAll('tr[data-at]').length <= 200);
    await list.locator('tr[data-at="0"]').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-at') === '319');
    await list.getByText('長い319').first().waitFor();
    const found = await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'number', op: 'is', value: '長い-7'}});
    const {id} = found.body.items[0];
    const changed = await held.desk.api(page, 'PATCH', `/customers/${id}`, {company: '変更商店', phone: '0312345678'}, {'If-Match': '*'});
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    await page.getByRole('button', {name: 'この操作を元に戻す'}).click();
    await page.getByRole('button', {name: '進み具合を見る'}).click();
    const left = page.getByRole('region', {name: '元に戻さなかった項目'});
    const row = left.getByRole('row').filter({hasText: '会社名'});
    await row.getByText('変更商店').waitFor();
    await left.getByRole('row').filter({hasText: '電話番号'}).waitFor();
    await page.getByText('元に戻さなかった変更').waitFor();
    assert.match(await page.getByRole('group', {name: '結果'}).innerText(), /元に戻した変更\s*319[\s\S]*元に戻さなかった変更\s*1/);
    await expectSound(page, 'undo-left-alone-ja-1280');
    const job = page.url();
    await row.getByRole('link', {name: '長い-7 長い7'}).click();
    await page.waitForURL(`**/customers/${id}/history`);
    await page.context().close();
    const english = await held.open(new URL(job).pathname, {language: 'en', size: {width: 1920, height: 1080}});
    await english.getByRole('region', {name: 'Left alone'}).getByText('変更商店').waitFor();
    await expectSound(english, 'undo-left-alone-en-1920');
    await english.getByRole('link', {name: 'What it did'}).click();
    await english.getByRole('region', {name: 'Left alone'}).getByText('変更商店').waitFor();
    await english.getByRole('link', {name: 'What it undid'}).click();
    await english.getByRole('link', {name: 'What undid it'}).waitFor();
    await english.context().close();
  });

  it('the dialog of a deletion names the days the shop has set', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page);
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 14}, {'If-Match': '*'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '削除'}).click();
    await page.getByText('14日以内は復元できます。').waitFor();
    await expectSound(page, 'delete-dialog-ja-1280');
    await page.getByRole('link', {name: /設定の「顧客の規則」/}).click();
    await page.waitForURL('**/settings/options');
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 30}, {'If-Match': '*'});
    await page.context().close();
  });

  it('a form in a dialog that somebody typed into asks before it is given up', async () => {
    const page = await held.open('/settings/labels');
    await page.getByRole('button', {name: '顧客ラベルを追加'}).click();
    const dialog = page.getByRole('dialog', {name: /顧客ラベル/});
    await page.keyboard.press('Escape');
    await dialog.waitFor({state: 'detached'});
    await page.getByRole('button', {name: '顧客ラベルを追加'}).click();
    await box(dialog, '名前').fill('途中');
    await page.keyboard.press('Escape');
    await page.getByText('保存していない変更があります').waitFor();
    await expectSound(page, 'dialog-unsaved-ja-1280');
    await page.keyboard.press('Escape');
    await page.getByText('保存していない変更があります').waitFor({state: 'detached'});
    assert.equal(await box(dialog, '名前').inputValue(), '途中');
    await dialog.getByRole('button', {name: 'キャンセル'}).click();
    await page.getByRole('button', {name: '変更を破棄する'}).click();
    await dialog.waitFor({state: 'detached'});
    await page.context().close();
  });
});
