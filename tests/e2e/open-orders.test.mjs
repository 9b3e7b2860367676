// What a refused withdrawal or deletion names leads to the orders, and an order opens with where it went.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf, choiceBox, choose, dialogOf, kEnglish} from './support/record.mjs';

atTheDesk('Orders that are open', (held) => {
  const {buy, importOrders} = apiOf(held);
  const rows = (page, name = '購入履歴') => page.getByRole('region', {name}).locator('tbody tr:not([aria-hidden])');
  const at = (customer, search) => (url) => url.pathname === `/customers/${customer.id}/purchases` && url.search === search;
  const refuse = async (page) => {
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '退会', exact: true}).click();
    await dialogOf(page).getByRole('button', {name: '退会にする'}).click();
    const refusal = dialogOf(page).getByRole('alert');
    await refusal.waitFor();
    return refusal;
  };

  it('FEATURES 94: the link of a refusal reaches an order that is far below the first rows, and leads back to all', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const newer = Array.from({length: 120}, (_, number) => `NEWER-${number},${customer.number},2026-03-01 10:00:00,売上完了,1500,P1,緑茶,1500,1\n`);
    await importOrders(page, `受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\nOLD & 1,${customer.number},2019-03-01 10:00:00,未決済,1500,P1,緑茶,1500,1\n${newer.join('')}`);
    await page.goto(`/customers/${customer.id}/purchases`);
    await rows(page).first().waitFor();
    assert.equal(await rows(page).filter({hasText: 'OLD & 1'}).count(), 0, 'it is not among the first');
    const refusal = await refuse(page);
    await refusal.getByRole('link', {name: 'OLD & 1', exact: true}).click();
    await page.waitForURL(at(customer, '?order=OLD%20%26%201'));
    await page.getByText('受注番号 OLD & 1 だけ', {exact: true}).waitFor();
    await rows(page).filter({hasText: 'OLD & 1'}).waitFor();
    assert.equal(await rows(page).count(), 1);
    await expectSound(page, 'purchases-one-order-ja-1280');
    await page.reload();
    await rows(page).filter({hasText: 'OLD & 1'}).waitFor();
    await page.getByRole('link', {name: 'すべての購入を表示'}).click();
    await page.waitForURL(at(customer, ''));
    await rows(page).filter({hasText: 'NEWER-1'}).first().waitFor();
    await page.goto(`/customers/${customer.id}/purchases?order=NOBODY-1`);
    await page.getByText('当てはまる購入はありません').waitFor();
    await page.context().close();
  });

  it('FEATURES 94: the form that makes a member withdrawn names the orders with the same links, and asks before it is left', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await buy(page, customer, ['FORM-1'], '未決済');
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '基本情報を編集'}).click();
    await choose(page, choiceBox(page, 'ステータス'), '退会');
    await page.getByRole('button', {name: '保存', exact: true}).click();
    const link = page.getByRole('form', {name: '基本情報の編集'}).getByRole('alert').getByRole('link', {name: 'FORM-1', exact: true});
    await link.waitFor();
    await page.waitForFunction((element) => {
      const {top, bottom} = element.getBoundingClientRect();
      return top > 170 && bottom < innerHeight; // below the head that stays
    }, await link.elementHandle());
    await expectSound(page, 'form-withdraw-ties-ja-1280');
    await link.click();
    await dialogOf(page).getByRole('button', {name: '変更を破棄する'}).click();
    await page.waitForURL(at(customer, '?order=FORM-1'));
    await rows(page).filter({hasText: 'FORM-1'}).waitFor();
    await page.context().close();
  });

  it('FEATURES 95: more open orders than are named are counted, and a link has them all', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await buy(page, customer, Array.from({length: 7}, (_, number) => `MANY-${number + 1}`), '与信完了');
    await buy(page, customer, ['PAID-1'], '売上完了');
    await page.goto(`/customers/${customer.id}`);
    const refusal = await refuse(page);
    await refusal.getByText('ほか2件').waitFor();
    await refusal.getByRole('link', {name: 'すべて表示'}).click();
    await page.waitForURL(at(customer, '?unsettled=true'));
    await page.getByText('決済が完了していない受注だけ', {exact: true}).waitFor();
    await rows(page).nth(6).waitFor();
    assert.equal(await rows(page).count(), 7);
    assert.equal(await rows(page).filter({hasText: 'PAID-1'}).count(), 0);
    await page.context().close();
    const english = await held.open(`/customers/${customer.id}`, kEnglish);
    await english.getByRole('button', {name: 'More acts'}).click();
    await english.getByRole('menuitem', {name: 'Withdraw', exact: true}).click();
    const dialog = dialogOf(english);
    await dialog.getByRole('button', {name: 'Withdraw', exact: true}).click();
    await dialog.getByText('2 more').waitFor();
    await expectSound(english, 'withdraw-many-en-1920');
    await english.context().close();
  });

  it('FEATURES 44: an order opens by Enter, double click and its number, says where it went, and gives the focus back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await importOrders(
      page,
      `受注番号,顧客番号,受注日,決済状況,合計,送料,お届け先氏名,お届け先郵便番号,お届け先住所,お届け先電話番号,備考,商品番号,商品名,単価,数量\nSENT-1,${customer.number},2026-03-01 10:00:00,売上完了,2000,500,森 太郎,1500001,東京都渋谷区神宮前1-2-3,0312345678,玄関前に,P1,緑茶,1500,1\n`,
    );
    await page.goto(`/customers/${customer.id}/purchases`);
    const row = rows(page).filter({hasText: 'SENT-1'});
    const number = row.getByRole('button', {name: '受注 SENT-1 を開く'});
    const isOpen = async () => {
      const dialog = page.getByRole('dialog', {name: '受注 SENT-1'});
      for (const text of ['森 太郎', '〒150-0001 東京都渋谷区神宮前1-2-3', '03-1234-5678', '玄関前に', '¥500', '¥2,000']) await dialog.getByText(text, {exact: true}).waitFor();
      await dialog.getByRole('table', {name: '受注の商品'}).getByText('緑茶').waitFor();
    };
    const close = async () => {
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({state: 'detached'});
    };
    await row.focus();
    await page.keyboard.press('Enter');
    await isOpen();
    await expectSound(page, 'order-ja-1280');
    await close();
    await page.waitForFunction(() => document.activeElement?.tagName === 'TR' && document.activeElement.textContent.includes('SENT-1'));
    await row.dblclick({position: {x: 400, y: 10}});
    await isOpen();
    await close();
    await number.click();
    await isOpen();
    await dialogOf(page).getByRole('link', {name: 'タイムラインを見る'}).click();
    await page.waitForURL(`**/customers/${customer.id}/timeline`);
    await page.getByRole('region', {name: 'この顧客の出来事'}).getByRole('link', {name: /^受注 SENT-1/}).first().click();
    await page.waitForURL(at(customer, '?order=SENT-1'));
    await page.context().close();

    const viewer = await held.open(`/customers/${customer.id}/purchases`, {...kEnglish, login: 'viewer', scheme: 'dark'});
    await viewer.getByRole('button', {name: 'Open the order SENT-1'}).click();
    const masked = viewer.getByRole('dialog', {name: 'Order SENT-1'});
    await masked.getByText('Address and phone are masked').waitFor();
    await masked.getByText('森 太郎').waitFor();
    for (const text of ['神宮前', '150-0001', '1234-5678']) assert.equal(await masked.getByText(text).count(), 0, text);
    await expectSound(viewer, 'order-masked-en-1920-dark');
    await viewer.context().close();
  });
});
