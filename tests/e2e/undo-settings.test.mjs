// Changes of settings, masters and staff are taken back from where they were made.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';

const box = (page, name) => page.getByRole('textbox', {name, exact: true});
const undone = async (page) => {
  await page.getByRole('button', {name: '元に戻す', exact: true}).last().click();
  await page.getByText('元に戻しました').last().waitFor();
};

atTheDesk('Undo of settings', (held) => {
  it('stands beside every save of the settings a shop declares, and takes back that save alone', async () => {
    const page = await held.open('/settings/options');
    const rules = page.getByRole('region', {name: '顧客の規則'});
    const days = box(rules, '削除した顧客を復元できる期間');
    await days.fill('45');
    await days.press('Control+s'); // FEATURES keys: saves any form
    await page.getByText('設定を保存しました').waitFor();
    // What somebody else changes beside it stays.
    await held.desk.api(page, 'PATCH', '/settings/customer', {member_id: 'mail'}, {'If-Match': '*'});
    await undone(page);
    await expectSound(page, 'undo-settings-ja-1280');
    const {body} = await held.desk.api(page, 'GET', '/settings/customer');
    assert.deepEqual([body.restore_days, body.member_id], [30, 'mail']);
    assert.equal(await days.inputValue(), '30');
    const back = await held.desk.api(page, 'PATCH', '/settings/customer', {member_id: 'own'}, {'If-Match': '*'});
    assert.equal(back.status, 200, JSON.stringify(back.body));
    await page.context().close();
  });

  it('two who change the same settings choose per value, and nothing typed is lost unsaid', async () => {
    const page = await held.open('/settings/options');
    const rules = page.getByRole('region', {name: '顧客の規則'});
    await box(rules, '削除した顧客を復元できる期間').fill('20');
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 25}, {'If-Match': '*'});
    await rules.getByRole('button', {name: '保存'}).click();
    const dialog = page.getByRole('dialog', {name: '別の人が先に変更しました'});
    await dialog.getByRole('radio', {name: /今の値.*25 日/}).waitFor();
    await expectSound(page, 'settings-stale-ja-1280');
    await dialog.getByRole('radio', {name: /あなたの値: 20 日/}).check();
    await dialog.getByRole('button', {name: '選んだ値で保存する'}).click();
    await page.getByText('設定を保存しました').waitFor();
    assert.equal((await held.desk.api(page, 'GET', '/settings/customer')).body.restore_days, 20);
    await page.goto('/settings/general');
    await box(page, 'ショップ名').fill('まだ保存していない名前');
    const {body: general} = await held.desk.api(page, 'GET', '/settings/general');
    const beside = await held.desk.api(page, 'PUT', '/settings/general', {...general, shop_name: '相手の付けた名前', access_log_days: 400}, {'If-Match': '*'});
    assert.equal(beside.status, 200, JSON.stringify(beside.body));
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('入力した内容はまだ保存されていません').waitFor();
    assert.equal(await box(page, 'ショップ名').inputValue(), 'まだ保存していない名前');
    await page.getByRole('button', {name: '編集をやめて今の値を見る'}).click();
    await page.waitForFunction(() => document.querySelector('input[maxlength="100"]')?.value !== 'まだ保存していない名前');
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 30}, {'If-Match': '*'});
    await page.context().close();
  });

  it('of settings that have changed since names them in the words of their screen', async () => {
    const page = await held.open('/settings/options', {language: 'en', size: {width: 1920, height: 1080}});
    const rules = page.getByRole('region', {name: 'Rules of customers'});
    await box(rules, 'Deleted customers can be restored for').fill('50');
    await rules.getByRole('button', {name: 'Save'}).click();
    await page.getByText('The settings have been saved').waitFor();
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 60}, {'If-Match': '*'});
    await page.getByRole('button', {name: 'Undo', exact: true}).click();
    await page.getByText(/Deleted customers can be restored for \(left as 50, now 60\)/).waitFor();
    await expectSound(page, 'undo-settings-conflict-en-1920');
    await held.desk.api(page, 'PATCH', '/settings/customer', {restore_days: 30}, {'If-Match': '*'});
    await page.context().close();
  });

  it('stands beside general settings, mail settings and templates', async () => {
    const page = await held.open('/settings/general');
    const name = box(page, 'ショップ名');
    const before = await name.inputValue();
    await name.fill('別の名前');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('設定を保存しました').waitFor();
    await undone(page);
    await page.waitForFunction((shop) => document.querySelector('input[maxlength="100"]')?.value === shop, before);
    await page.goto('/settings/mail');
    await box(page, 'メールサーバー').fill('mail.example.jp');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('メールの設定を保存しました').waitFor();
    await undone(page);
    assert.equal((await held.desk.api(page, 'GET', '/settings/mail')).body.host, null);
    // A password from before is kept nowhere: nothing is offered.
    await page.reload(); // no offer of before stands there any more
    await box(page, 'メールサーバー').fill('mail.example.jp');
    await page.getByLabel('パスワード', {exact: true}).fill('geheim');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('メールの設定を保存しました').last().waitFor();
    assert.equal(await page.getByRole('button', {name: '元に戻す', exact: true}).count(), 0);
    await page.goto('/settings/mail-templates');
    await page.getByRole('button', {name: '編集: 退会の完了 日本語'}).click();
    await box(page.getByRole('dialog'), '件名').fill('さようなら');
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await page.getByText('テンプレートを保存しました').waitFor();
    await page.getByText('編集済み').waitFor();
    await undone(page);
    await page.getByText('編集済み').waitFor({state: 'detached'});
    await page.context().close();
  });

  it('stands beside roles, members of staff, own fields and point kinds', async () => {
    const page = await held.open('/settings/roles');
    await page.getByRole('button', {name: 'ロールを作成'}).click();
    await box(page.getByRole('dialog'), 'ロール名').fill('受付');
    await page.getByRole('dialog').getByRole('checkbox', {name: '顧客の閲覧'}).check();
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await page.getByRole('button', {name: '受付', exact: true}).waitFor();
    await undone(page);
    await page.getByRole('button', {name: '受付', exact: true}).waitFor({state: 'detached'});
    await page.goto('/settings/staff');
    const viewer = page.getByRole('row').filter({hasText: 'viewer'});
    await viewer.getByRole('button', {name: /^操作/}).click();
    await page.getByRole('menuitem', {name: '停止'}).click();
    await page.getByRole('dialog').getByRole('button', {name: '停止'}).click();
    await viewer.getByText('停止中').waitFor();
    await undone(page);
    await viewer.getByText('停止中').waitFor({state: 'detached'});
    await page.goto('/settings/point-kinds');
    await page.getByRole('button', {name: '区分を追加'}).click();
    await box(page.getByRole('dialog'), '名前').fill('お詫び');
    await page.keyboard.press('Control+s');
    await page.getByText('ポイント区分「お詫び」を保存しました').waitFor();
    await undone(page);
    await page.getByText('ポイント区分はまだありません').waitFor();
    await page.context().close();
  });
});
