// What the tests of a customer's record share: finding its boxes, and what its customers do meanwhile.
import assert from 'node:assert/strict';
import {setTimeout as pause} from 'node:timers/promises';

export const kEnglish = {language: 'en', size: {width: 1920, height: 1080}};

export const field = (scope, name) => scope.getByRole('textbox', {name, exact: true});
export const choiceBox = (scope, name) => scope.getByRole('combobox', {name, exact: true});
export const section = (page, name) => page.getByRole('region', {name, exact: true});
export const valueIn = (scope, name) => scope.locator('dl > div').filter({has: scope.page().locator('dt', {hasText: new RegExp(`^${name}$`)})}).locator('dd');
export const dialogOf = (page) => page.getByRole('dialog');

/** Presses what the message `told` offers. */
export async function undo(page, told, {button = '元に戻す', done = '元に戻しました'} = {}) {
  await page.getByRole('alert').filter({hasText: told}).getByRole('button', {name: button, exact: true}).last().click();
  await page.getByText(done).last().waitFor();
}

/** Opens a box of choices; answers what it offers. */
export async function offersOf(page, box) {
  await box.click();
  await page.getByRole('option').first().waitFor();
  return page.getByRole('option').allInnerTexts();
}

export async function choose(page, box, option) {
  await box.click();
  await page.getByRole('option', {name: option, exact: true}).click();
}

/** The API beside the page; what it refuses fails the test. */
export function apiOf(held) {
  const api = async (page, method, path, data, headers) => {
    const {status, body} = await held.desk.api(page, method, path, data, headers);
    assert.ok(status < 300, `${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const read = (page, customer) => api(page, 'GET', `/customers/${customer.id}`);

  async function importOrders(page, csv, mode = 'create') {
    const {job} = await api(page, 'POST', `/imports/orders?mode=${mode}`, csv, {'Content-Type': 'text/csv'});
    for (;;) {
      const {status, ng} = await api(page, 'GET', `/jobs/${job}`);
      if (status === 'done') return assert.equal(ng, 0);
      assert.ok(['queued', 'running'].includes(status), status);
      await pause(50);
    }
  }
  /** `orders`: numbers; one line each. */
  const buy = (page, customer, orders, payment, mode) =>
    importOrders(page, `受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\n${orders.map((order, at) => `${order},${customer.number},2026-03-0${(at % 9) + 1} 10:00:00,${payment},1500,P1,緑茶,1500,1\n`).join('')}`, mode);
  return {api, read, importOrders, buy};
}
