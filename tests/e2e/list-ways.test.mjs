// Ways through the customer list: sideways, by keys alone, and when the server cannot be reached.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound, shoot} from './support/desk.mjs';
import {rows, search, shown} from './support/list.mjs';

const region = (page) => page.getByRole('region', {name: '顧客', exact: true});
const box = (page) => page.getByRole('textbox', {name: '検索語'});
const leftOf = (page) => region(page).evaluate((element) => element.scrollLeft);
const scrollRight = (page, left) =>
  region(page).evaluate((element, wanted) => new Promise((resolve) => {
    element.addEventListener('scroll', () => requestAnimationFrame(() => resolve(element.scrollLeft)), {once: true});
    element.scrollTo(wanted, 0);
  }), left);
const focused = (page) => page.evaluate(() => document.activeElement?.closest('tr')?.dataset.at ?? null);

atTheDesk('Ways through the customer list', (held) => {
  it('who a row is about stays in sight sideways, over pages and sorting, and on the way back', async () => {
    const page = await held.open('/customers');
    await shown(page);
    assert.deepEqual((await page.getByRole('columnheader').allInnerTexts()).filter((text) => text.trim() !== '').slice(0, 3), ['顧客番号', '氏名', 'ステータス']);
    await page.getByRole('combobox', {name: '表示件数'}).selectOption('20');
    await page.getByText(/1–20件/).waitFor();
    const scrolled = await scrollRight(page, 260);
    assert.ok(scrolled > 100);
    const inSight = () => rows(page).first().locator('td:nth-child(3) a').evaluate((link) => {
      const {left, right} = link.getBoundingClientRect();
      return document.elementFromPoint((left + right) / 2, link.getBoundingClientRect().top + 4)?.closest('a') === link;
    });
    assert.ok(await inSight());
    await shoot(page, 'list-sideways');
    await search(page, () => page.getByRole('button', {name: '次へ'}).click());
    await page.getByText(/21–40件/).waitFor();
    assert.equal(await leftOf(page), scrolled);
    const sort = page.getByRole('columnheader', {name: '電話番号', exact: true}).getByRole('button'); // in sight: nothing is scrolled for the click
    await search(page, () => sort.click());
    assert.equal(await leftOf(page), scrolled);
    assert.ok(await sort.evaluate((button) => document.activeElement === button), 'the focus stays on the header');
    await rows(page).first().getByRole('link').first().click();
    await page.getByRole('tab', {name: '基本情報'}).waitFor();
    await page.goBack();
    await shown(page);
    await page.waitForFunction((left) => document.querySelector('[role="region"][aria-label="顧客"]')?.scrollLeft === left, scrolled);
    await page.context().close();
  });

  it('the arrow leads from the boxes that search to the rows, and Tab passes them by', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await box(page).fill('田');
    await search(page, () => page.keyboard.press('Enter'));
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), '0');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), '1');
    await page.keyboard.press('/');
    await page.getByRole('searchbox', {name: '顧客を検索'}).fill('子');
    await search(page, () => page.keyboard.press('Enter'));
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), '0');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), null, 'links in rows are no stops of Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/customers\/\d+$/);
    await page.context().close();
  });

  it('a width is changed by keys from the header', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const header = page.getByRole('columnheader', {name: '氏名', exact: true});
    const edge = header.getByRole('separator', {name: '氏名の列の幅'});
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await header.getByRole('button').focus();
    const kept = page.waitForRequest((request) => request.url().endsWith('/me/preferences') && request.method() === 'PUT');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await kept;
    assert.equal(Number(await edge.getAttribute('aria-valuenow')), before + 20);
    await page.keyboard.press('Escape');
    assert.ok(await header.getByRole('button').evaluate((button) => document.activeElement === button));
    await expectSound(page, 'list-width-by-keys');
    await page.context().close();
  });

  it('a search that cannot be stored is told, from every box', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.route('**/api/v1/searches', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    const told = page.getByText('サーバーに接続できません').first();
    const close = async () => {
      await told.waitFor();
      await page.getByRole('alert').getByRole('button', {name: '閉じる'}).first().click();
      await told.waitFor({state: 'detached'});
    };
    await box(page).fill('田');
    await page.keyboard.press('Enter');
    await close();
    assert.ok(await page.getByRole('button', {name: 'この条件で検索する'}).isEnabled());
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', {name: '顧客・画面へ移動'}).fill('zzzz');
    await page.getByRole('option', {name: /zzzz/}).click();
    await close();
    await page.getByRole('searchbox', {name: '顧客を検索'}).fill('田');
    await page.keyboard.press('Enter');
    await close();
    await page.context().close();
  });

  it('the panel stays while another stored search is read', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const {body} = await held.desk.api(page, 'POST', '/searches', {text: '田'});
    let go;
    const held_back = new Promise((resolve) => { go = resolve; });
    await page.route('**/api/v1/searches/*', async (route) => {
      await held_back;
      await route.continue();
    });
    const asked = page.waitForRequest('**/api/v1/searches/*');
    await page.evaluate((id) => {
      history.pushState({usr: null, key: 'elsewhere', idx: 1}, '', `/customers?s=${id}`);
      dispatchEvent(new PopStateEvent('popstate', {state: history.state}));
    }, body.search);
    await asked;
    assert.ok(await box(page).isVisible());
    assert.ok((await rows(page).count()) > 0, 'and so do the rows');
    go();
    await page.waitForFunction(() => document.querySelector('form[role="search"] input')?.value === '田');
    await page.context().close();
  });

  it('grave items of a menu can be read when pointed at, in both schemes', async () => {
    for (const scheme of ['light', 'dark']) {
      const page = await held.open('/customers', {scheme});
      await shown(page);
      await rows(page).first().getByRole('link').first().click();
      await page.getByRole('tab', {name: '基本情報'}).waitFor();
      await page.getByRole('button', {name: 'その他の操作'}).click();
      const item = page.getByRole('menuitem', {name: '削除'});
      await item.hover();
      await expectSound(page, `grave-item-${scheme}`, ['color-contrast']);
      await item.focus();
      await expectSound(page, `grave-item-focused-${scheme}`, ['color-contrast']);
      await page.context().close();
    }
  });

  it('a saved search brings its density and widths along and leaves one\'s own alone', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const content = {text: '田', density: 'compact', widths: {name: 333}};
    const made = await held.desk.api(page, 'POST', '/saved-searches', {scope: 'personal', name: '幅つき', content});
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await page.getByRole('button', {name: '検索条件の呼び出し'}).click();
    await search(page, () => page.getByRole('button', {name: '「幅つき」で検索する'}).click());
    assert.equal(await page.getByRole('separator', {name: '氏名の列の幅'}).getAttribute('aria-valuenow'), '333');
    assert.equal(await page.locator('table[data-density]').getAttribute('data-density'), 'compact');
    const preferences = (await held.desk.api(page, 'GET', '/me/preferences')).body;
    assert.equal(preferences.density, undefined);
    assert.equal(preferences.widths?.name, undefined);
    await search(page, () => page.getByRole('button', {name: '条件クリア'}).click());
    await page.getByRole('link', {name: '顧客', exact: true}).first().click();
    await page.waitForFunction(() => document.querySelector('table[data-density]')?.dataset.density === 'normal');
    await page.context().close();
  });
});
