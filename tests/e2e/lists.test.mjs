import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {search as searched, total} from './support/list.mjs';

const dialogOf = (page) => page.getByRole('dialog', {name: 'リストで絞り込む'});

async function openDialog(page) {
  await page.getByRole('button', {name: 'リストで絞り込む'}).click();
  await dialogOf(page).getByRole('tab').first().waitFor();
  return dialogOf(page);
}

async function match(dialog, text) {
  await dialog.getByLabel('値', {exact: true}).fill(text);
  await dialog.getByRole('button', {name: '照合する'}).click();
  await dialog.getByText('該当した顧客').waitFor();
}

const figure = (dialog, name) => dialog.getByRole('row', {name}).getByRole('cell').first().innerText();

atTheDesk('Lists of customers', (held) => {
  it('are pasted, tell what was not found, and narrow the search down', async () => {
    const page = await held.open('/customers');
    const dialog = await openDialog(page);
    await expectSound(page, 'list-dialog-ja');
    await match(dialog, '1, ２\t3　999999\nabc 3');
    assert.equal(await figure(dialog, '該当した顧客'), '3件');
    assert.equal(await figure(dialog, '見つからない値'), '2件');
    assert.equal(await figure(dialog, '重複した値'), '1件');
    await expectSound(page, 'list-result-ja');
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', {name: '見つからない値をダウンロード'}).click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), '999999\nabc\n');
    await dialog.getByLabel('リストの名前').fill('春の案内');
    await dialog.getByRole('button', {name: '名前を付ける'}).click();
    await page.getByText('名前を保存しました').waitFor();
    await searched(page, () => dialog.getByRole('button', {name: /^このリストで絞り込む/}).click());
    const chip = page.getByRole('list', {name: '検索条件'}).getByText('リスト: 春の案内（3件）');
    await chip.waitFor();
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {condition: {all: [{field: 'id', op: 'in', value: ['1', '2', '3']}, {field: 'status', op: 'in', value: ['guest', 'provisional', 'member']}]}, limit: 0});
    if (body.total > 0) assert.equal(await total(page), body.total);
    await page.reload();
    await chip.waitFor();
    await searched(page, () => page.getByRole('button', {name: '条件「リスト: 春の案内（3件）」を外す'}).click());
    await chip.waitFor({state: 'detached'});
    await page.context().close();
  });

  it('are guessed by what is pasted, kept and combined', async () => {
    const page = await held.open('/customers');
    const dialog = await openDialog(page);
    await dialog.getByLabel('値', {exact: true}).fill('hanako@example.jp\ntaro@example.jp');
    await dialog.getByRole('radio', {name: 'メールアドレス'}).and(page.locator(':checked')).waitFor({state: 'attached'});
    await dialog.getByLabel('値', {exact: true}).fill('');
    await match(dialog, '1 2 3 4');
    await dialog.getByRole('button', {name: '別のリストを作る'}).click();
    await match(dialog, '3 4 5');
    await dialog.getByRole('button', {name: '別のリストを作る'}).click();
    await dialog.getByRole('tab', {name: '作成済みのリスト'}).click();
    const picks = dialog.getByRole('checkbox', {name: '「名前なし」を選ぶ'});
    await picks.first().check();
    await picks.nth(1).check();
    await expectSound(page, 'list-kept-ja');
    await dialog.getByRole('button', {name: '組み合わせる', exact: true}).click();
    await dialog.getByText('該当した顧客').waitFor();
    assert.equal(await figure(dialog, '該当した顧客'), '2件');
    await dialog.getByRole('button', {name: '別のリストを作る'}).click();
    await dialog.getByRole('tab', {name: '作成済みのリスト'}).click();
    const before = await dialog.getByRole('row').count();
    await dialog.getByRole('button', {name: '「名前なし」を削除'}).first().click();
    await page.getByRole('dialog', {name: 'リストの削除'}).getByRole('button', {name: '削除する', exact: true}).click();
    await page.getByText('リストを削除しました').waitFor();
    await page.waitForFunction((rows) => document.querySelectorAll('[role=dialog] tr').length === rows, before - 1);
    await page.context().close();
  });

  it('offer a masked role no mails and phones', async () => {
    const page = await held.open('/customers', {login: 'viewer'});
    const dialog = await openDialog(page);
    await dialog.getByText('顧客番号', {exact: true}).waitFor();
    assert.equal(await dialog.getByText('メールアドレス', {exact: true}).count(), 0);
    assert.equal(await dialog.getByText('電話番号', {exact: true}).count(), 0);
    await page.context().close();
  });

  it('say which lines of a file cannot be read', async () => {
    const page = await held.open('/customers', {language: 'en'});
    await page.getByRole('button', {name: 'By list', exact: true}).click();
    const dialog = page.getByRole('dialog', {name: 'Search by a list'});
    await dialog.locator('input[type=file]').setInputFiles({name: 'ids.txt', mimeType: 'text/plain', buffer: Buffer.from(`1\n${'9'.repeat(300)}\n`)});
    await dialog.getByText('ids.txt').waitFor();
    await dialog.getByRole('button', {name: 'Match', exact: true}).click();
    await dialog.getByRole('alert').getByText(/2/).first().waitFor();
    await expectSound(page, 'list-unreadable-en');
    await page.context().close();
  });
});
