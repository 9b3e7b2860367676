import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {makeCustomer} from './support/customers.mjs';
import {rows, search, shown, total} from './support/list.mjs';

const names = (page) => page.locator('tbody tr td:nth-child(3) a').allInnerTexts();
/** Scrolls, and waits until the page has been told of it. */
const scrollTo = (region, top) =>
  region.evaluate(
    (element, wanted) =>
      new Promise((resolve) => {
        element.addEventListener('scroll', () => requestAnimationFrame(() => resolve(element.scrollTop)), {once: true});
        element.scrollTo(0, wanted);
      }),
    top,
  );
/** A row that can be clicked without scrolling: a click on any other would move the list first. */
const rowInSight = (region) =>
  region.evaluate((element) => {
    const {top, bottom} = element.getBoundingClientRect();
    const head = element.querySelector('thead').getBoundingClientRect().height;
    return [...element.querySelectorAll('tbody tr')].findIndex((row) => {
      const place = row.getBoundingClientRect();
      return place.top > top + head + 4 && place.bottom < bottom - 4;
    });
  });

atTheDesk('The customer list', (held) => {
  it('first shows guests, provisional members and members, none deleted (A3)', async () => {
    const page = await held.open('/');
    await shown(page);
    const ticked = async (name) => page.getByRole('checkbox', {name, exact: true}).isChecked();
    assert.deepEqual(await Promise.all(['ビジター', 'ゲスト', '仮会員', '会員', '退会'].map(ticked)), [false, true, true, true, false]);
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'status', op: 'in', value: ['guest', 'provisional', 'member']}, limit: 0});
    assert.equal(await total(page), body.total);
    await expectSound(page, 'list-ja-1280');
    await page.context().close();
  });

  it('shows every customer once all conditions are cleared (A5)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await search(page, () => page.getByRole('button', {name: '条件クリア'}).click());
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {limit: 0});
    assert.equal(await total(page), body.total);
    await page.context().close();
  });

  it('finds by the one box and comes back with search and scroll (A21)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('textbox', {name: '検索語'}).fill('田');
    await search(page, () => page.keyboard.press('Enter'));
    assert.match(page.url(), /\?s=[A-Za-z0-9_-]{16,}$/);
    assert.ok(!decodeURIComponent(page.url()).includes('田'), 'no personal data in the address');
    const found = await total(page);
    assert.ok(found > 0);
    assert.ok((await page.locator('tbody mark').count()) > 0, 'hits are marked');
    const region = page.getByRole('region', {name: '顧客', exact: true});
    const scrolled = await scrollTo(region, 200);
    const address = page.url();
    await rows(page).nth(await rowInSight(region)).getByRole('link').first().click();
    await page.getByRole('tab', {name: '基本情報'}).waitFor();
    await page.goBack();
    await shown(page);
    assert.equal(page.url(), address);
    assert.equal(await total(page), found);
    assert.equal(await page.getByRole('textbox', {name: '検索語'}).inputValue(), '田');
    assert.equal(await region.evaluate((element) => element.scrollTop), scrolled);
    await page.context().close();
  });

  it('pages by first, next, previous and last without showing anyone twice (A1)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('combobox', {name: '表示件数'}).selectOption('20');
    await page.getByText(/1–20件/).waitFor();
    const ids = () => page.locator('tbody tr td:nth-child(2)').allInnerTexts();
    const first = await ids();
    await page.getByRole('button', {name: '次へ'}).click();
    await page.getByText(/21–40件/).waitFor();
    const second = await ids();
    assert.equal(new Set([...first, ...second]).size, 40);
    await page.getByRole('button', {name: '最後'}).click();
    const count = await total(page);
    await page.getByText(new RegExp(`–${count.toLocaleString()}件`)).waitFor();
    await page.getByRole('button', {name: '前へ'}).click();
    await page.getByRole('button', {name: '最初'}).click();
    await page.getByText(/1–20件/).waitFor();
    assert.deepEqual(await ids(), first);
    await page.context().close();
  });

  it('sorts by kana in the order of the syllabary (U2)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await search(page, () => page.getByRole('button', {name: 'フリガナ', exact: true}).click());
    await page.locator('th[aria-sort="ascending"]').waitFor();
    const kana = await page.locator('tbody tr td:nth-child(5)').allInnerTexts();
    const sorted = [...kana].sort((a, b) => new Intl.Collator('ja').compare(a, b));
    assert.deepEqual(kana, sorted);
    await page.context().close();
  });

  it('combines conditions of the panel and tells them in words that can be dropped (A4)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: '詳細条件'}).click();
    await page.getByRole('textbox', {name: '市区町村'}).fill('市');
    await page.getByRole('textbox', {name: '購入総額（から）'}).fill('1');
    await search(page, () => page.getByRole('button', {name: 'この条件で検索する'}).click());
    const both = await total(page).catch(() => 0);
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {
      condition: {all: [{field: 'status', op: 'in', value: ['guest', 'provisional', 'member']}, {field: 'city', op: 'contains', value: '市'}, {field: 'purchase_total', op: 'at_least', value: 1}]},
      limit: 0,
    });
    assert.equal(both, body.total);
    await expectSound(page, 'list-details-ja-1280');
    await search(page, () => page.getByRole('button', {name: /条件「購入総額.*」を外す/}).click());
    assert.ok((await total(page)) >= both);
    assert.equal(await page.getByRole('textbox', {name: '購入総額（から）'}).inputValue(), '');
    await page.context().close();
  });

  it('takes a birth date by both calendars, a second box only for a range, and refuses a reversed one (A9, A10)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await makeCustomer(held, page, {birth_date: '1970-01-02', family_name: '誕生'});
    const sheet = () => page.getByRole('button', {name: /^生年月日の条件/}).click();
    const from = page.getByRole('textbox', {name: '生年月日（から）'});
    const to = page.getByRole('textbox', {name: '生年月日（まで）'});
    const apply = page.getByRole('button', {name: '適用', exact: true});
    await sheet();
    assert.ok(await to.isDisabled());
    assert.equal(await page.getByRole('checkbox', {name: '相対日付：有効'}).count(), 0, 'a birth date does not move');
    await from.fill('昭和45年1月2日');
    await expectSound(page, 'list-birth-ja-1280');
    await apply.click();
    await page.getByRole('button', {name: '生年月日の条件 1970/01/02'}).waitFor();
    await search(page, () => page.getByRole('button', {name: 'この条件で検索する'}).click());
    assert.deepEqual([...new Set(await names(page))].map((name) => name.split(' ')[0]), ['誕生']);
    await sheet();
    await page.getByRole('checkbox', {name: '範囲指定'}).check();
    await to.fill('1969/1/1');
    await page.getByText('範囲の始まりと終わりが逆になっています').waitFor();
    assert.ok(await apply.isDisabled());
    await to.fill('S45/1/2');
    await apply.click();
    await search(page, () => page.getByRole('button', {name: 'この条件で検索する'}).click());
    assert.deepEqual([...new Set(await names(page))].map((name) => name.split(' ')[0]), ['誕生']);
    await page.context().close();
  });

  it('keeps chosen columns, and says with words and colour who is deleted (A12–A14)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const customer = await makeCustomer(held, page, {family_name: '削除済'});
    const gone = await held.desk.api(page, 'DELETE', `/customers/${customer.id}`, undefined, {'If-Match': '*'});
    assert.equal(gone.status, 204);
    await page.getByRole('textbox', {name: '検索語'}).fill('削除済');
    await search(page, () => page.keyboard.press('Enter'));
    await page.getByText('条件に合う顧客はいません').waitFor();
    await expectSound(page, 'list-empty-ja-1280');
    await page.getByText('削除済みのみ').click();
    await search(page, () => page.getByRole('button', {name: 'この条件で検索する'}).click());
    await page.locator('tbody').getByText('削除済み', {exact: true}).waitFor();
    await page.getByRole('button', {name: '表示項目'}).click();
    await page.getByRole('button', {name: 'フリガナを外す'}).click();
    await page.getByRole('button', {name: '適用'}).click();
    await page.getByRole('columnheader', {name: 'フリガナ'}).waitFor({state: 'detached'});
    await page.reload();
    await shown(page);
    assert.equal(await page.getByRole('columnheader', {name: 'フリガナ'}).count(), 0);
    await page.context().close();
  });

  it('is used with the keyboard alone', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.keyboard.press('/');
    await page.keyboard.type('a');
    assert.equal(await page.getByRole('searchbox', {name: '顧客を検索'}).inputValue(), 'a');
    await page.keyboard.press('Escape');
    await rows(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.getByRole('region', {name: '1件を選択中'}).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', {name: '基本情報'}).waitFor();
    await page.context().close();
  });

  it('forgets who is ticked in the next search, and keeps it over pages, order and going back', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('combobox', {name: '表示件数'}).selectOption('20');
    await page.getByText(/1–20件/).waitFor();
    const whole = (await total(page)).toLocaleString();
    await page.getByRole('checkbox', {name: 'このページの行をすべて選択'}).check();
    const page20 = page.getByRole('region', {name: '20件を選択中'});
    const all = page.getByText(`検索結果すべて ${whole}件を選択中`);
    await page20.waitFor();
    await page.getByRole('button', {name: '次へ'}).click();
    await page.getByText(/21–40件/).waitFor();
    await page20.waitFor();
    await search(page, () => page.getByRole('button', {name: 'フリガナ', exact: true}).click());
    await page20.waitFor();
    await page.getByRole('button', {name: `検索結果すべて ${whole}件を選択`}).click();
    await all.waitFor();
    const before = page.url();
    await page.getByRole('textbox', {name: '検索語'}).fill('田');
    await search(page, () => page.keyboard.press('Enter'));
    const bar = page.getByRole('region', {name: /件を選択中/});
    await bar.waitFor({state: 'detached'});
    assert.equal(await page.locator('tbody input[type=checkbox]:checked').count(), 0);
    // What is exported now is what is found now.
    const found = await total(page);
    await page.getByRole('button', {name: 'CSV出力'}).click();
    await page.getByRole('dialog', {name: 'CSV出力'}).getByText(`${found}件を出力します。`).waitFor();
    await page.keyboard.press('Escape');
    await rows(page).first().getByRole('checkbox').check();
    await page.getByRole('region', {name: '1件を選択中'}).waitFor();
    await page.goBack();
    await page.waitForURL(before);
    await all.waitFor();
    await page.goForward();
    await page.getByRole('region', {name: '1件を選択中'}).waitFor();
    await page.context().close();
  });

  it('does not search while an input method is converting (U24)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const before = page.url();
    const box = page.getByRole('searchbox', {name: '顧客を検索'});
    await box.focus();
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', {text: 'たなか', selectionStart: 3, selectionEnd: 3});
    await box.evaluate((element) => element.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})));
    await page.waitForTimeout(300);
    assert.equal(page.url(), before);
    await client.send('Input.insertText', {text: '田中'});
    await search(page, () => page.keyboard.press('Enter'));
    await page.context().close();
  });

  it('is the same in English, wide, and dark', async () => {
    const page = await held.open('/customers', {language: 'en', size: {width: 1920, height: 1080}, scheme: 'dark'});
    await page.getByRole('heading', {name: 'Customers'}).waitFor();
    await rows(page).first().waitFor();
    await expectSound(page, 'list-en-1920-dark');
    await page.context().close();
  });

  it('masks contact data for a viewer and offers no acts that are not allowed', async () => {
    const page = await held.open('/customers', {login: 'viewer'});
    await shown(page);
    assert.ok((await page.locator('tbody').innerText()).includes('*****'));
    assert.equal(await page.getByRole('link', {name: '新規作成'}).count(), 0);
    assert.equal(await page.getByRole('button', {name: 'CSV出力'}).count(), 0);
    await page.context().close();
  });
});
