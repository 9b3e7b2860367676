// A customer whose record is long: everything of it is reached, and only what is near is there.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk} from './support/desk.mjs';
import {apiOf} from './support/record.mjs';

const kChanges = 280, kPoints = 230;
const kMost = 3000; // elements; all of it would be three times that

atTheDesk('A long record', (held) => {
  const {api} = apiOf(held);
  const elements = (page) => page.evaluate(() => document.querySelectorAll('*').length);
  let customer;

  async function openAt(tab) {
    const page = await held.open('/customers');
    if (!customer) {
      customer = await makeCustomer(held, page, {status: 'member', city: '町'});
      for (let change = 1; change <= kChanges; ++change) await api(page, 'PATCH', `/customers/${customer.id}`, {city: `町${change}`}, {'If-Match': '*'});
      for (let points = 1; points <= kPoints; ++points) await api(page, 'POST', `/customers/${customer.id}/points`, {delta: points, kind: 'manual_grant', reason: `その${points}`});
    }
    await page.goto(`/customers/${customer.id}/${tab}`);
    return page;
  }

  async function loadAll(page, name) {
    const more = page.getByRole('button', {name});
    await more.waitFor();
    while ((await more.count()) > 0) {
      await more.click();
      await page.waitForFunction((text) => ![...document.querySelectorAll('button[data-loading]')].some((one) => one.textContent.includes(text)), name);
    }
  }

  async function toTheEnd(page, what) {
    for (let turns = 0; turns < 60 && (await what.count()) === 0; ++turns) {
      await page.evaluate(() => document.querySelector('main').scrollTo(0, 1e9));
      await page.waitForTimeout(50);
    }
    await what.first().scrollIntoViewIfNeeded();
    assert.equal(await what.first().isVisible(), true);
  }

  it('FEATURES 53: shows its whole history, also with all rows of it', async () => {
    const page = await openAt('history');
    await loadAll(page, 'さらに表示');
    const tab = page.getByRole('tabpanel');
    assert.ok((await elements(page)) < kMost, `${await elements(page)} elements`);
    await toTheEnd(page, tab.getByRole('article', {name: /顧客の登録/}));
    await tab.getByRole('article', {name: /顧客の登録/}).getByText('町', {exact: true}).first().waitFor();
    assert.ok((await elements(page)) < kMost, `${await elements(page)} elements`);
    await page.evaluate(() => document.querySelector('main').scrollTo(0, 0));
    await page.getByRole('switch', {name: '全ての行を表示'}).click();
    // What nobody changed is told as it was then, in the oldest card from before all changes.
    await toTheEnd(page, tab.getByRole('article', {name: /顧客の登録/}).getByRole('row', {name: /会員レベルを自動で判定しない/}));
    assert.ok((await elements(page)) < 2 * kMost, `${await elements(page)} elements`);
    await page.context().close();
  });

  it('FEATURES 53: tells everything of it in the timeline', async () => {
    const page = await openAt('timeline');
    await loadAll(page, 'さらに前を表示');
    assert.ok((await elements(page)) < kMost, `${await elements(page)} elements`);
    await toTheEnd(page, page.getByText('これより前の出来事はありません'));
    await page.getByRole('tabpanel').getByText(/顧客の登録/).first().waitFor();
    assert.ok((await elements(page)) < kMost, `${await elements(page)} elements`);
    await page.context().close();
  });

  it('FEATURES 48: leads along its whole ledger by keyboard', async () => {
    const page = await openAt('points');
    await loadAll(page, 'さらに表示');
    const ledger = page.getByRole('region', {name: 'ポイント履歴'});
    assert.ok((await ledger.locator('tr[data-at]').count()) < kPoints);
    await ledger.locator('tr[data-at="0"]').focus();
    await page.keyboard.press('End');
    await page.waitForFunction((last) => document.activeElement?.getAttribute('data-at') === last, String(kPoints - 1));
    assert.match(await page.locator(':focus').innerText(), /その1\b/);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-at') === '0');
    assert.match(await page.locator(':focus').innerText(), new RegExp(`その${kPoints}`));
    await page.context().close();
  });
});
