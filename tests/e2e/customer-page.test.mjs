// The numbers on the tabs of a customer's page, and its pictures.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf} from './support/record.mjs';

const kWide = {language: 'en', scheme: 'dark', size: {width: 1920, height: 1080}};

atTheDesk("A customer's page", (held) => {
  let orders = 0;
  const tab = (page, name) => page.getByRole('tab', {name, exact: true});
  const {api, importOrders} = apiOf(held);
  const monthsAgo = (months) => {
    const now = new Date(Date.now() + 9 * 3_600_000);
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15)).toISOString().slice(0, 10);
  };
  const ahead = (days) => new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
  const inJapanese = (month) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

  /** `[{at, total, status, lines}]` */
  async function buy(page, number, purchases) {
    let csv = '受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\n';
    for (const {at, total, status = '売上完了', lines = 1} of purchases) {
      const order = `SEEN-${++orders}`;
      for (let line = 0; line < lines; ++line) csv += `${order},${number},${at} 10:00:00,${status},${total},P${line},緑茶${line},${total},1\n`;
    }
    await importOrders(page, csv);
  }

  it('opens with the basics when an address names a tab that the customer does not have', async () => {
    const page = await held.open('/customers');
    const guest = await makeCustomer(held, page, {status: 'guest'});
    await page.goto(`/customers/${guest.id}/points`);
    await page.getByRole('tab', {name: '基本情報', selected: true}).waitFor();
    await page.getByRole('heading', {name: '連絡先'}).waitFor();
    await page.context().close();
  });

  it('says on each tab how much is behind it, and keeps in step with what is done there', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await api(page, 'POST', `/customers/${customer.id}/addresses`, {label: '実家'});
    await buy(page, customer.number, [{at: monthsAgo(1), total: 500, lines: 3}, {at: monthsAgo(2), total: 500}]);
    await page.goto(`/customers/${customer.id}/memos`);
    for (const name of ['お届け先住所 1', '購入履歴 2', 'ポイント履歴 0', 'クーポン履歴 0', 'メモ管理 0', 'メール配信履歴 0']) await tab(page, name).waitFor();
    const before = await api(page, 'GET', `/customers/${customer.id}/counts`);
    await tab(page, `変更履歴 ${before.counts.history}`).waitFor();
    await page.getByRole('button', {name: 'メモを追加'}).click();
    await page.getByRole('textbox', {name: '内容', exact: true}).fill('電話は夜に');
    await page.keyboard.press('Control+s');
    await tab(page, 'メモ管理 1').waitFor();
    await tab(page, `変更履歴 ${before.counts.history + 1}`).waitFor();
    await expectSound(page, 'customer-counts-ja-1280');
    await page.getByRole('button', {name: /^削除/}).click();
    await tab(page, 'メモ管理 0').waitFor();
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await tab(page, 'メモ管理 1').waitFor();
    await tab(page, 'ポイント履歴 0').click();
    await page.getByRole('textbox', {name: 'ポイント数'}).fill('100');
    await page.getByRole('button', {name: '保存', exact: true}).click();
    await tab(page, 'ポイント履歴 1').waitFor();
    await tab(page, 'お届け先住所 1').click();
    await page.getByRole('article', {name: '実家'}).getByRole('button', {name: /削除/}).click();
    await page.getByRole('dialog').getByRole('button', {name: '削除する'}).click();
    await tab(page, 'お届け先住所 0').waitFor();
    // In one row beside each other, so that nothing moves when the numbers come.
    const tops = await page.getByRole('tab').evaluateAll((tabs) => tabs.map((one) => one.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1, `tabs stand at ${tops}`);
    await page.context().close();
    const english = await held.open(`/customers/${customer.id}/memos`, kWide);
    await tab(english, 'Purchases 2').waitFor();
    await expectSound(english, 'customer-counts-en-1920-dark');
    await english.context().close();
  });

  it('FEATURES 47: purchases over time by month; a bar narrows the list to what it is made of, by the address', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const month = monthsAgo(3).slice(0, 7);
    await buy(page, customer.number, [
      {at: monthsAgo(3), total: 12_000, lines: 2}, {at: monthsAgo(3), total: 345}, {at: monthsAgo(3), total: 99, status: '取消完了'},
      {at: monthsAgo(1), total: 4_000}, {at: monthsAgo(20), total: 31_000},
    ]);
    await page.goto(`/customers/${customer.id}/purchases`);
    const picture = page.getByRole('list', {name: '購入の推移（売上完了の合計）'});
    const bar = picture.getByRole('link', {name: `${inJapanese(month)} ¥12,345（2回）`, exact: true});
    await bar.waitFor();
    assert.equal(await picture.getByRole('link').count(), 3, 'a month without purchases leads nowhere');
    const rows = page.getByRole('region', {name: '購入履歴'}).getByRole('row');
    await rows.nth(6).waitFor();
    await expectSound(page, 'purchases-months-ja-1280');
    await bar.click();
    await page.waitForURL(`**/purchases?period=${month}`);
    await page.getByText(`${inJapanese(month)}の購入`).waitFor();
    await rows.nth(5).waitFor({state: 'detached'});
    assert.equal(await rows.count(), 5, 'the lines of all orders of the month, those that do not count too');
    await expectSound(page, 'purchases-narrowed-ja-1280');
    await page.reload();
    await page.getByText(`${inJapanese(month)}の購入`).waitFor();
    assert.equal(await bar.getAttribute('aria-current'), 'true');
    await page.getByText('数字で見る').click();
    await page.getByRole('row').filter({has: page.getByRole('rowheader', {name: inJapanese(month)})}).getByText('¥12,345').waitFor();
    await page.getByRole('link', {name: 'すべての期間を表示'}).click();
    await rows.nth(6).waitFor();
    assert.equal(new URL(page.url()).search, '');
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.getByText(`${inJapanese(month)}の購入`).waitFor();
    await page.goto(`/customers/${customer.id}/purchases?period=2001-01`);
    await page.getByText('2001年1月の購入はありません').waitFor();
    await page.context().close();
  });

  it('purchases of many years are shown by year, and by month when asked', async () => {
    const page = await held.open('/customers', kWide);
    const customer = await makeCustomer(held, page);
    await buy(page, customer.number, [{at: '2019-12-31', total: 7_000}, {at: monthsAgo(1), total: 21_000}, {at: monthsAgo(2), total: 3_000}]);
    await page.goto(`/customers/${customer.id}/purchases`);
    const picture = page.getByRole('list', {name: 'Purchases over time (captured)'});
    await picture.getByRole('link', {name: '2019 ¥7,000 (1 order)'}).waitFor();
    await expectSound(page, 'purchases-years-en-1920-dark');
    await page.getByRole('link', {name: 'By month (24)'}).click();
    await page.waitForURL('**/purchases?by=month');
    await picture.getByRole('link', {name: /¥21,000/}).click();
    await page.getByText(/^Purchases of /).waitFor();
    assert.match(page.url(), /by=month&period=/);
    await page.context().close();
  });

  it('FEATURES 47: the wheel turned over the purchases scrolls them, and at their end the page', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await buy(page, customer.number, Array.from({length: 40}, () => ({at: '2026-03-01', total: 1500})));
    const table = page.getByRole('region', {name: '購入履歴'});
    // [of the rows, of the page]
    const place = () => Promise.all([table.evaluate((box) => box.scrollTop), page.getByRole('main').evaluate((box) => box.scrollTop)]);
    const turn = async () => {
      await table.hover({position: {x: 400, y: 120}});
      const before = await place();
      await page.mouse.wheel(0, 100);
      await page.waitForFunction(([rows, main]) => document.querySelector('main [aria-label="購入履歴"]').scrollTop !== rows || document.querySelector('main').scrollTop !== main, before);
      return (await place()).map((top, at) => top - before[at]);
    };
    await page.goto(`/customers/${customer.id}/purchases`);
    await page.getByRole('row').nth(40).waitFor();
    const [rows] = await turn();
    assert.ok(rows > 0);
    await page.reload();
    await page.getByRole('row').nth(40).waitFor();
    await table.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    const [, further] = await turn();
    assert.ok(further > 0);
    await page.context().close();
  });

  it('says calmly that nothing was bought, or that nothing of it counts', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}/purchases`);
    await page.getByText('購入履歴はまだありません').waitFor();
    assert.equal(await page.getByRole('figure').count(), 0);
    await buy(page, customer.number, [{at: monthsAgo(1), total: 500, status: '取消完了'}]);
    await page.reload();
    await page.getByText('売上完了の受注はまだありません。').waitFor();
    assert.equal(await page.getByRole('figure').count(), 0);
    await expectSound(page, 'purchases-none-captured-ja');
    await page.context().close();
  });

  it('shows which points go when; a bar leads to the lots behind it', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const put = (values) => api(page, 'PUT', '/settings/points', values, {'If-Match': '*'});
    await put({expiry_mode: 'lots', expiry_days: 0});
    try {
      const give = (delta, expires_at) => api(page, 'POST', `/customers/${customer.id}/points`, {delta, kind: 'manual_grant', ...(expires_at && {expires_at})});
      await page.goto(`/customers/${customer.id}/points`);
      await page.getByText('ポイントの履歴はまだありません').waitFor();
      assert.equal(await page.getByRole('list', {name: '期限ごとのポイント'}).count(), 0);
      await give(1_000);
      await give(300, ahead(20));
      await give(45, ahead(20));
      await give(80, ahead(50));
      await page.reload();
      const bars = page.getByRole('list', {name: '期限ごとのポイント'}).getByRole('link');
      const day = ahead(20).replaceAll('-', '/');
      await bars.filter({hasText: day}).waitFor();
      assert.deepEqual(await bars.evaluateAll((links) => links.map((link) => link.title)), [
        `${day} 345ポイント（付与2件）`, `${ahead(50).replaceAll('-', '/')} 80ポイント（付与1件）`, '無期限 1,000ポイント（付与1件）',
      ]);
      await expectSound(page, 'points-expiry-ja-1280');
      await bars.first().click();
      const lots = page.getByRole('region', {name: `${day}に失効するポイント`});
      await lots.getByRole('row').nth(1).waitFor();
      assert.equal(await lots.getByRole('row').count(), 2);
      assert.equal(new URL(page.url()).search, `?expires=${ahead(20)}`);
      await expectSound(page, 'points-lots-ja-1280');
      await bars.last().click();
      await page.getByRole('region', {name: '無期限のポイント'}).getByRole('row').getByText('1,000').waitFor();
      await page.getByRole('link', {name: '閉じる'}).click();
      await page.getByRole('region', {name: '無期限のポイント'}).waitFor({state: 'detached'});
      await page.context().close();
      const english = await held.open(`/customers/${customer.id}/points?expires=never`, kWide);
      await english.getByRole('region', {name: 'Points that never expire'}).getByRole('row').waitFor();
      await expectSound(english, 'points-expiry-en-1920-dark');
      await english.context().close();
    } finally {
      const rest = await held.open('/customers');
      await held.desk.api(rest, 'PUT', '/settings/points', {expiry_mode: 'balance', expiry_days: 365}, {'If-Match': '*'});
      await rest.context().close();
    }
  });

  it('FEATURES 76: tells how far the next level is, in words and a bar, and who is not judged', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await buy(page, customer.number, [{at: monthsAgo(1), total: 1_234}]);
    const {next} = await api(page, 'GET', `/customers/${customer.id}/level/why`);
    await page.goto(`/customers/${customer.id}`);
    const block = page.getByRole('region', {name: '会員情報'});
    await block.getByText(`次のレベル「${next.name}」まで`).waitFor();
    const bars = block.getByRole('progressbar');
    assert.equal(await bars.count(), next.needs.length);
    const need = next.needs[0];
    const amount = (value) => (need.what === 'total' ? `¥${value.toLocaleString('ja-JP')}` : `${value}回`);
    await block.getByText(`あと${amount(need.missing)}`, {exact: true}).waitFor();
    assert.equal(Math.round(Number(await bars.first().getAttribute('aria-valuenow'))), Math.round((100 * need.has) / need.asked));
    await block.scrollIntoViewIfNeeded();
    await expectSound(page, 'level-progress-ja-1280');
    await page.getByTitle('このレベルの理由').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`次のレベル「${next.name}」まで`).waitFor();
    await expectSound(page, 'level-progress-why-ja');
    await page.keyboard.press('Escape');
    await page.getByRole('button', {name: '会員情報を編集'}).click();
    await page.getByRole('checkbox', {name: /自動で判定しない/}).check();
    await page.getByRole('button', {name: '保存', exact: true}).click();
    await block.getByText('「会員レベルを自動で判定しない」が選ばれているため、判定では変わりません。').waitFor();
    assert.equal(await bars.count(), 0);
    await page.context().close();
    const english = await held.open('/customers', kWide);
    const other = await makeCustomer(held, english);
    await english.goto(`/customers/${other.id}`);
    await english.getByText(`To the next level, “${next.name}”`).waitFor();
    await expectSound(english, 'level-progress-en-1920-dark');
    await english.context().close();
  });
});
