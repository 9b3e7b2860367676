// What is typed into the boxes of a customer, in whichever way people type.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';

const field = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('What is typed', (held) => {
  async function edit(page, section, input) {
    const customer = await makeCustomer(held, page, input);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: `${section}を編集`}).click();
    return customer;
  }

  it('U1: a name typed over another takes its own reading, a part of a name leaves the reading alone', async () => {
    const page = await held.open('/customers');
    await edit(page, '基本情報', {family_name: '田中', given_name: '花子', family_kana: 'タナカ', given_kana: 'ハナコ'});
    await field(page, '姓').selectText();
    await compose(page, field(page, '姓'), ['す', 'すず', 'すずき', '鈴木'], '鈴木');
    assert.equal(await field(page, '姓').inputValue(), '鈴木');
    assert.equal(await field(page, 'セイ').inputValue(), 'スズキ');
    await field(page, '名').press('End');
    await compose(page, field(page, '名'), ['み', '美'], '美');
    assert.equal(await field(page, '名').inputValue(), '花子美');
    assert.equal(await field(page, 'メイ').inputValue(), 'ハナコ');
    await field(page, '名').fill('');
    await compose(page, field(page, '名'), ['ゆ', 'ゆみ', '由美'], '由美');
    await compose(page, field(page, '名'), ['こ', '子'], '子');
    assert.equal(await field(page, 'メイ').inputValue(), 'ユミコ');
    await page.context().close();
  });

  it('U1: a reading in romaji becomes kana, also when the form is sent from its box', async () => {
    const page = await held.open('/customers');
    const customer = await edit(page, '基本情報', {});
    await field(page, 'メイ').fill("jun'ichirou");
    await field(page, 'セイ').fill('ｈａｔｔｏｒｉ');
    assert.equal(await field(page, 'メイ').inputValue(), 'ジュンイチロウ');
    await field(page, 'セイ').press('Enter');
    await page.getByText('保存しました。フリガナを変更しました。').waitFor();
    const {body} = await held.desk.api(page, 'GET', `/customers/${customer.id}`);
    assert.equal(body.kana, 'ハットリ ジュンイチロウ');
    await page.context().close();
  });

  it('U3: full-width digits are numbers everywhere, and what is no number is not sent for none', async () => {
    const page = await held.open('/settings/options');
    const rules = page.getByRole('region', {name: '顧客の規則'});
    const days = rules.getByRole('textbox', {name: '削除した顧客を復元できる期間'});
    await days.fill('４５');
    await rules.getByRole('button', {name: '保存'}).click();
    await page.getByText('設定を保存しました').waitFor();
    assert.equal(await days.inputValue(), '45');
    await days.fill('十日');
    await rules.getByText('数字で入力してください。').waitFor();
    await rules.getByRole('button', {name: '保存'}).click();
    assert.equal(await days.evaluate((box) => box === document.activeElement), true);
    const {body} = await held.desk.api(page, 'GET', '/settings/customers');
    assert.equal(body.restore_days ?? 45, 45);
    await page.context().close();
  });

  it('Escape closes a list of choices or a calendar, and the form only then', async () => {
    const page = await held.open('/customers');
    await edit(page, '住所（請求先）', {});
    const form = page.getByRole('form', {name: '住所（請求先）の編集'});
    await form.getByRole('combobox', {name: '都道府県'}).or(form.getByRole('textbox', {name: '都道府県'})).first().click();
    await page.getByRole('option', {name: '北海道'}).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', {name: '北海道'}).waitFor({state: 'hidden'});
    assert.ok(await form.isVisible());
    await page.keyboard.press('Escape');
    await form.waitFor({state: 'detached'});
    await page.getByRole('button', {name: '基本情報を編集'}).click();
    await page.getByRole('button', {name: 'カレンダーを開く'}).first().click();
    const calendar = page.getByRole('table').first();
    await calendar.waitFor();
    await page.keyboard.press('Escape');
    await calendar.waitFor({state: 'detached'});
    assert.equal(await page.getByRole('form').count(), 1);
    await page.context().close();
  });

  it('U4: a postal code that could not be looked up is not called unknown, and can be tried again', async () => {
    const page = await held.open('/customers/new');
    await page.route('**/postal-codes/*', (route) => route.fulfill({status: 503, body: ''}));
    await field(page, '郵便番号').fill('150-0001');
    await page.getByText('住所を検索できませんでした。').waitFor();
    await page.unroute('**/postal-codes/*');
    await page.context().setOffline(true);
    await page.getByRole('button', {name: '再試行'}).click();
    await page.getByText('住所を検索できませんでした。').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', {name: '再試行'}).click();
    await page.getByText('住所を入力しました').waitFor();
    assert.equal(await field(page, '市区町村').inputValue(), '渋谷区');
    await page.context().close();
  });

  it('U4: the postal code of an address is looked up', async () => {
    const page = await held.open('/customers/new');
    const box = page.getByRole('combobox', {name: '都道府県'}).or(page.getByRole('textbox', {name: '都道府県'})).first();
    await box.click();
    await page.getByRole('option', {name: '東京都'}).click();
    await field(page, '市区町村').fill('渋谷区');
    await field(page, '町域・番地').fill('神宮前１丁目２－３');
    await page.getByRole('button', {name: '住所から検索'}).click();
    await page.getByRole('button', {name: '住所から検索'}).waitFor({state: 'detached'});
    assert.equal(await field(page, '郵便番号').inputValue(), '150-0001');
    assert.equal(await field(page, '町域・番地').inputValue(), '神宮前１丁目２－３');
    await page.context().close();
  });

  it('a refused customer says so beside the button, and leads to the box', async () => {
    const page = await held.open('/customers/new');
    await field(page, 'メールアドレス').fill('not a mail');
    await page.getByRole('button', {name: '登録する'}).click();
    const foot = page.getByRole('alert').filter({has: page.getByRole('button', {name: 'その項目へ'})});
    await foot.waitFor();
    await foot.getByRole('button', {name: 'その項目へ'}).click();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true');
    await expectSound(page, 'customer-new-refused-ja');
    await field(page, 'メールアドレス').fill('');
    await page.getByRole('button', {name: '登録する'}).click();
    await foot.waitFor();
    await field(page, '生年月日').fill('昭和65年1月1日');
    await page.getByText('読み取れない入力があります: 生年月日').waitFor();
    await page.context().close();
  });

  it('tells which fields were changed, and the weekday of a day', async () => {
    const page = await held.open('/customers', {language: 'en'});
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'Edit Contact'}).click();
    await field(page, 'Phone').fill('0312345679');
    await field(page, 'Fax').fill('0312345670');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved. Changed: Phone, Fax').waitFor();
    await page.goto('/customers/new');
    await field(page, 'Birth date').fill('1970/1/2');
    await page.getByText('1970/01/02 (Fri)').waitFor();
    await page.context().close();
  });
});
