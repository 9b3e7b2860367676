import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';

const record = async (page) => page.getByRole('tab', {name: '基本情報'}).waitFor();
const field = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('A customer', (held) => {
  it('is created with kana from the input method, an address from the postal code and a birth date in 和暦 (FEATURES 20, 63, 64, 65, 66, 67, 68, 69, 70, 71)', async () => {
    const page = await held.open('/customers/new');
    await field(page, '姓').waitFor();
    await compose(page, field(page, '姓'), ['た', 'たか', 'たかは', 'たかはs', 'たかはし', '髙橋'], '髙橋');
    await compose(page, field(page, '名'), ['は', 'はn', 'はな', 'はなこ', '花子'], '花子');
    assert.equal(await field(page, 'セイ').inputValue(), 'タカハシ');
    assert.equal(await field(page, 'メイ').inputValue(), 'ハナコ');
    await field(page, '生年月日').fill('昭和64年1月8日');
    await page.getByText('昭和は1926/12/25から1989/01/07までです').waitFor();
    await field(page, '生年月日').fill('S45.1.2');
    await page.getByText(/1970\/01\/02（金） 昭和45年・\d+歳/).waitFor();
    await field(page, '郵便番号').fill('１５０−０００１');
    await page.getByText('住所を入力しました').waitFor();
    assert.equal(await field(page, '市区町村').inputValue(), '渋谷区');
    assert.equal(await field(page, '町域・番地').inputValue(), '神宮前');
    await field(page, '電話番号').fill('０８０ー１２３４ー５６７８');
    await field(page, 'メールアドレス').fill('ｈａｎａｋｏ．new@example.jp');
    await expectSound(page, 'customer-new-ja');
    await page.keyboard.press('Control+s');
    await record(page);
    await page.getByRole('heading', {name: '髙橋 花子'}).waitFor();
    await page.getByText('1970/01/02（昭和45年').waitFor();
    await page.getByText('〒150-0001').waitFor();
    await page.getByText('東京都渋谷区神宮前').waitFor();
    await expectSound(page, 'customer-ja-1280');
    await page.context().close();
  });

  it('offers the towns when a postal code has several', async () => {
    const page = await held.open('/customers/new');
    await field(page, '郵便番号').fill('989-6712');
    const towns = page.getByRole('group', {name: /該当する町域が複数/});
    await towns.waitFor();
    await towns.getByRole('button').first().click();
    assert.notEqual(await field(page, '町域・番地').inputValue(), '');
    await page.context().close();
  });

  it('is refused without any of name, mail and phone, with the error at its field', async () => {
    const page = await held.open('/customers/new');
    await field(page, 'メールアドレス').fill('not a mail');
    await page.getByRole('button', {name: '登録する'}).click();
    await page.getByText(/メールアドレスの形式/).first().waitFor();
    assert.equal(await field(page, 'メールアドレス').getAttribute('aria-invalid'), 'true');
    await page.getByRole('link', {name: 'ジョブ'}).click();
    await page.getByText('保存していない変更があります').waitFor();
    await page.getByRole('button', {name: '編集を続ける'}).click();
    assert.equal(await field(page, 'メールアドレス').inputValue(), 'not a mail');
    await page.context().close();
  });

  it('is edited in place, tells what was adjusted, and takes it back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '連絡先を編集'}).click();
    await field(page, '電話番号').fill('０３－９８７６－５４３２');
    await field(page, 'FAX番号').fill('0312340000');
    await expectSound(page, 'customer-edit-ja');
    await page.keyboard.press('Control+s');
    await page.getByText('03-9876-5432').first().waitFor();
    await page.getByRole('button', {name: '元に戻す'}).click();
    await page.getByText('元に戻しました').waitFor();
    await page.getByText('03-1234-5678').first().waitFor();
    await page.getByRole('tab', {name: '変更履歴'}).click();
    await page.getByRole('article').nth(2).waitFor();
    assert.equal(await page.getByRole('article').count(), 3); // made, changed, taken back
    await page.getByRole('article').first().getByText('顧客情報').waitFor(); // the page's name, not its route
    await page.getByText('元に戻した').waitFor();
    await page.getByRole('switch', {name: '全ての行を表示'}).check();
    await page.getByRole('rowheader', {name: '姓'}).first().waitFor();
    await expectSound(page, 'customer-history-ja');
    await page.context().close();
  });

  it('FEATURES 91: asks per field when someone else was faster', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {company: '旧社名'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '住所（請求先）を編集'}).click();
    await field(page, '会社名').fill('私の社名');
    await field(page, '部署名').fill('私の部署');
    const other = await held.desk.api(page, 'PATCH', `/customers/${customer.id}`, {company: '相手の社名'}, {'If-Match': `"${customer.version}"`});
    assert.equal(other.status, 200);
    await page.getByRole('button', {name: '保存'}).click();
    const dialog = page.getByRole('dialog', {name: '別の人が先に変更しました'});
    await dialog.waitFor();
    for (const value of ['旧社名', '相手の社名', '私の社名']) await dialog.getByText(value).waitFor();
    await expectSound(page, 'customer-stale-ja');
    assert.ok(await dialog.getByRole('button', {name: '選んだ値で保存する'}).isDisabled());
    await dialog.getByRole('radio', {name: /今の値.*相手の社名/}).check();
    await dialog.getByRole('button', {name: '選んだ値で保存する'}).click();
    await dialog.waitFor({state: 'detached'});
    await page.getByText('保存しました').waitFor();
    const {body} = await held.desk.api(page, 'GET', `/customers/${customer.id}`);
    assert.equal(body.company, '相手の社名');
    assert.equal(body.department, '私の部署');
    await page.context().close();
  });

  it('names the fields changed since when an undo is refused', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const change = (city, version) => held.desk.api(page, 'PATCH', `/customers/${customer.id}`, {city}, {'If-Match': `"${version}"`});
    await change('渋谷区', 1);
    await change('港区', 2);
    await page.goto(`/customers/${customer.id}/history`);
    await page.getByRole('article').nth(1).getByRole('button', {name: '元に戻す'}).click();
    await page.getByText('あとから変更されているため元に戻せません').waitFor();
    await page.getByText(/市区町村（操作後 渋谷区 → 現在 港区）/).waitFor();
    await page.context().close();
  });

  it('has delivery addresses: added, changed, deleted, taken back (FEATURES 45)', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}/addresses`);
    await page.getByText('お届け先はまだ登録されていません').waitFor();
    await page.getByRole('button', {name: 'お届け先を追加'}).click();
    await field(page, '呼び名').fill('実家');
    await field(page, '姓').fill('試験');
    await field(page, '郵便番号').fill('060-0001');
    await page.getByText('住所を入力しました').waitFor();
    await expectSound(page, 'address-form-ja');
    await page.getByRole('button', {name: '保存'}).click();
    const card = page.getByRole('article', {name: '実家'});
    await card.getByText('札幌市中央区').waitFor();
    await card.getByText('既定', {exact: true}).waitFor();
    await card.getByRole('button', {name: /編集/}).click();
    await field(page, '呼び名').fill('勤務先');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByRole('article', {name: '勤務先'}).getByRole('button', {name: /削除/}).click();
    await page.getByRole('dialog').getByRole('button', {name: '削除する'}).click();
    await page.getByText('お届け先はまだ登録されていません').waitFor();
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await page.getByRole('article', {name: '勤務先'}).waitFor();
    await page.context().close();
  });

  it('shows purchases, newest first, one row per product (FEATURES 47, 93)', async () => {
    const page = await held.open('/customers');
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'purchase_count', op: 'at_least', value: 1}, columns: ['purchase_total'], limit: 1});
    await page.goto(`/customers/${body.items[0].id}/purchases`);
    const rows = page.getByRole('region', {name: '購入履歴'}).locator('tbody tr:not([aria-hidden])');
    await rows.filter({hasText: '¥'}).first().waitFor();
    const purchases = await held.desk.api(page, 'GET', `/customers/${body.items[0].id}/purchases?limit=100`);
    const shown = purchases.body.items;
    assert.equal(await rows.count(), shown.length);
    assert.deepEqual(shown.map((row) => row.ordered_at), shown.map((row) => row.ordered_at).sort().reverse());
    for (const [at, row] of shown.entries()) {
      assert.equal(await rows.nth(at).locator('td').last().innerText(), `¥${row.total.toLocaleString('ja-JP')}`);
    }
    await page.getByText(`¥${body.items[0].purchase_total.toLocaleString('ja-JP')}`).first().waitFor();
    await expectSound(page, 'purchases-ja');
    await page.context().close();
  });

  it('is deleted by name and restored', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {family_name: '消える'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '削除'}).click();
    const dialog = page.getByRole('dialog', {name: '顧客の削除'});
    await dialog.getByText(`「${customer.name}」`).waitFor();
    await dialog.getByRole('button', {name: '削除する'}).click();
    await page.getByText('に削除されています').waitFor();
    assert.equal(await page.getByRole('button', {name: '編集', exact: true}).count(), 0);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '復元'}).click();
    await page.getByRole('button', {name: '編集', exact: true}).waitFor();
    await page.context().close();
  });

  it('is the same in English', async () => {
    const page = await held.open('/customers/1', {language: 'en', size: {width: 1920, height: 1080}});
    await page.getByRole('tab', {name: 'Basics'}).waitFor();
    await expectSound(page, 'customer-en-1920');
    await page.getByRole('button', {name: '日本語'}).click();
    await record(page);
    await page.context().close();
  });

  it('that does not exist is told so', async () => {
    const page = await held.open('/customers/999999999');
    await page.getByText('顧客が見つかりません').waitFor();
    await expectSound(page, 'customer-missing-ja');
    await page.context().close();
  });
});
