import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {search, shown} from './support/list.mjs';

const folder = mkdtempSync(join(tmpdir(), 'otokui-e2e-'));
const file = (name, lines) => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\r\n') + '\r\n');
  return path;
};
const finished = (page) => page.getByRole('button', {name: 'この内容で登録する'}).or(page.getByText('登録する内容はありません'));
const count = async (page, name) => Number((await page.getByRole('button', {name: new RegExp(`^${name}`)}).locator('b').innerText()).replaceAll(',', ''));

async function upload(page, path) {
  await page.locator('button', {hasText: 'ファイルを選ぶ'}).waitFor();
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByRole('heading', {name: '項目の対応'}).waitFor();
}

async function apply(page) {
  await page.getByRole('button', {name: 'この内容で登録する'}).click();
  await page.getByText('登録しました').waitFor();
}

atTheDesk('CSV', (held) => {
  it('of Shopify comes in after a check that changes nothing', async () => {
    const path = file('shopify.csv', [
      'First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
      '花子,輸入,yunyu1@example.jp,yes,,神宮前1-2-3,,渋谷区,JP-13,JP,150-0001,,+819012345678,no,0.00,0,,no,',
      '次郎,輸入,yunyu2@example.jp,no,,,,,,,,,,no,0.00,0,,no,',
    ]);
    const page = await held.open('/customers/import');
    await expectSound(page, 'import-file-ja');
    await upload(page, path);
    await page.getByText('Shopify').first().waitFor();
    await expectSound(page, 'import-mapping-ja');
    await page.getByRole('button', {name: '登録前に確認する'}).click();
    await finished(page).waitFor();
    assert.equal(await count(page, '新規'), 2);
    const before = await held.desk.api(page, 'POST', '/customers/search', {text: 'yunyu1', limit: 0});
    assert.equal(before.body.total, 0);
    await expectSound(page, 'import-check-ja');
    await apply(page);
    const after = await held.desk.api(page, 'POST', '/customers/search', {text: 'yunyu1', limit: 0});
    assert.equal(after.body.total, 1);
    await page.getByRole('button', {name: 'この操作を元に戻す'}).click();
    await page.getByText(/元に戻しました|元に戻す処理を始めました/).waitFor();
    await page.context().close();
  });

  it('of any other kind is mapped, and the mapping is remembered', async () => {
    const lines = ['みょうじ,なまえ,連絡先メール,自由欄', '対応,花子,taiou1@example.jp,abc'];
    const page = await held.open('/customers/import');
    await upload(page, file('own.csv', lines));
    const choose = async (column, name) => {
      await page.getByRole('combobox', {name: `${column}: Otokuiの項目`}).or(page.getByRole('textbox', {name: `${column}: Otokuiの項目`})).click();
      await page.getByRole('option', {name, exact: true}).click();
    };
    await choose('みょうじ', '姓');
    await choose('なまえ', '名');
    await choose('連絡先メール', 'メールアドレス');
    await page.getByRole('button', {name: '登録前に確認する'}).click();
    await finished(page).waitFor();
    assert.equal(await count(page, '新規'), 1);
    await apply(page);
    await page.goto('/customers/import');
    await upload(page, file('own2.csv', [lines[0], '対応,次郎,taiou2@example.jp,abc']));
    await page.getByText('前回の対応を使っています').waitFor();
    await page.context().close();
  });

  it('with wrong rows names them, gives them back as a file, and comes in without them', async () => {
    const path = file('wrong.csv', ['姓,名,メールアドレス', '誤り,一郎,machigai-1@example.jp', '誤り,二郎,これはメールではない', '誤り,三郎,machigai-3@example.jp']);
    const page = await held.open('/customers/import');
    await upload(page, path);
    await page.getByRole('radio', {name: /エラーの行を飛ばして/}).check();
    await page.getByRole('button', {name: '登録前に確認する'}).click();
    await finished(page).waitFor();
    assert.equal(await count(page, 'エラー'), 1);
    await page.getByRole('button', {name: /^エラー/}).click();
    await page.getByText(/メールアドレスの形式/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', {name: 'エラー行をダウンロード'}).click();
    const rejects = readFileSync(await (await download).path(), 'utf8');
    assert.ok(rejects.includes('これはメールではない') && !rejects.includes('machigai-1'));
    await apply(page);
    await page.context().close();
  });

  it('goes out with chosen columns and comes in again with nothing changed (G130)', async () => {
    const page = await held.open('/customers');
    await page.locator('tbody tr a').first().waitFor();
    await page.getByRole('button', {name: 'CSV出力'}).click();
    const dialog = page.getByRole('dialog', {name: 'CSV出力'});
    await dialog.getByRole('button', {name: 'すべての項目'}).click();
    await expectSound(page, 'export-ja');
    await dialog.getByRole('button', {name: '出力する'}).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', {name: 'ダウンロード'}).click();
    const path = join(folder, 'out.csv');
    await (await download).saveAs(path);
    assert.ok(readFileSync(path, 'utf8').startsWith('\ufeff'));
    await page.goto('/customers/import');
    await upload(page, path);
    await page.getByRole('radio', {name: /更新のみ/}).check();
    await page.getByRole('button', {name: '登録前に確認する'}).click();
    await page.getByText('確認が終わりました').waitFor();
    assert.equal(await count(page, '更新'), 0);
    assert.equal(await count(page, 'エラー'), 0);
    assert.ok((await count(page, '変更なし')) > 0);
    await page.goto('/jobs');
    const exported = page.getByRole('row').filter({has: page.getByRole('link', {name: '顧客CSV出力'})}).first();
    await exported.getByText(/^成功 [1-9]/).waitFor(); // errors would stand before it
    await expectSound(page, 'jobs-ja');
    await page.context().close();
  });

  it('has a sample of each kind to fill in, which the check takes as it is', async () => {
    const page = await held.open('/customers/import');
    const link = page.getByRole('link', {name: '見本のCSVをダウンロード'});
    const fetched = async (name) => {
      const download = page.waitForEvent('download');
      await link.click();
      const path = join(folder, name);
      assert.equal((await download).suggestedFilename(), name);
      await (await download).saveAs(path);
      return path;
    };
    await link.waitFor();
    await expectSound(page, 'import-sample-ja');
    const path = await fetched('customers-sample.csv');
    assert.match(readFileSync(path, 'utf8'), /^\ufeff顧客番号,/);
    await page.getByText('ポイント', {exact: true}).click();
    assert.match(readFileSync(await fetched('points-sample.csv'), 'utf8'), /^\ufeff顧客番号,メールアドレス,氏名,出力時ポイント,ポイント,名目,コメント\r\n/);
    await page.getByText('顧客', {exact: true}).last().click();
    await upload(page, path);
    await page.getByText('Otokuiの出力').first().waitFor();
    await page.getByRole('button', {name: '登録前に確認する'}).click();
    await finished(page).waitFor();
    assert.equal(await count(page, '新規'), 1);
    assert.equal(await count(page, 'エラー'), 0);
    await page.context().close();
  });

  it('goes out guarded against formulas, unless somebody who has read why says no', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await makeCustomer(held, page, {family_name: '数式', memo: '=1+1'});
    await page.getByRole('textbox', {name: '検索語'}).fill('数式');
    await search(page, () => page.keyboard.press('Enter'));
    const exported = async (guarded) => {
      await page.getByRole('button', {name: 'CSV出力'}).click();
      const dialog = page.getByRole('dialog', {name: 'CSV出力'});
      await dialog.getByRole('button', {name: 'すべての項目'}).click();
      const guard = dialog.getByRole('checkbox', {name: '数式として実行される値を保護する'});
      assert.ok(await guard.isChecked());
      await dialog.getByText(/表計算ソフトが数式として実行しないようにします/).waitFor();
      if (!guarded) await guard.uncheck();
      await dialog.getByRole('button', {name: '出力する'}).click();
      const download = page.waitForEvent('download');
      await dialog.getByRole('link', {name: 'ダウンロード'}).click();
      const text = readFileSync(await (await download).path(), 'utf8');
      await dialog.getByRole('button', {name: '閉じる'}).last().click();
      return text;
    };
    assert.ok((await exported(true)).includes(",'=1+1,"));
    const bare = await exported(false);
    assert.ok(bare.includes(',=1+1,') && !bare.includes("'=1+1"));
    await page.context().close();
  });
});
