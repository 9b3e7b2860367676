// The addresses of a customer: the one that is billed, and those that things are sent to.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf, choiceBox, dialogOf, field, kEnglish, section, undo} from './support/record.mjs';

atTheDesk('An address', (held) => {
  const {api, importOrders} = apiOf(held);

  it('FEATURES 44: only what was changed is sent, and orders keep the address they had', async () => {
    const page = await held.open('/customers');
    await page.addInitScript(() => {
      const real = window.fetch;
      window.sentByTest = [];
      window.fetch = async (request, ...rest) => {
        if (request.method === 'PATCH') window.sentByTest.push(await request.clone().json());
        return real(request, ...rest);
      };
    });
    const sent = () => page.evaluate(() => window.sentByTest);
    const customer = await makeCustomer(held, page, {postal_code: '1500001', prefecture: 13, city: '渋谷区', street: '神宮前1-2-3'});
    const address = await api(page, 'POST', `/customers/${customer.id}/addresses`, {label: '実家', postal_code: '1500001', prefecture: 13, city: '渋谷区', street: '神宮前1-2-3'});
    await importOrders(page, `受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量,お届け先氏名,お届け先郵便番号,お届け先住所\nKEEPS-1,${customer.number},2026-03-01 10:00:00,売上完了,1500,P1,緑茶,1500,1,試験 花子,1500001,東京都渋谷区神宮前1-2-3\n`);
    const purchases = async () => {
      await page.goto(`/customers/${customer.id}/purchases`);
      const row = page.getByRole('region', {name: '購入履歴'}).getByRole('row').filter({hasText: 'KEEPS-1'});
      await row.waitFor();
      return row.innerText();
    };
    const told = async () => {
      await page.getByRole('button', {name: 'その他の操作'}).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', {name: '開示（CSV）'}).click()]);
      const csv = Buffer.concat(await (await download.createReadStream()).toArray()).toString('utf8');
      return csv.split('\r\n').filter((line) => line.startsWith('"受注"'));
    };
    const row = await purchases();
    const before = await told();
    assert.ok(before.some((line) => line.endsWith('"お届け先住所","東京都渋谷区神宮前1-2-3"')), before.join('\n'));

    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '住所（請求先）を編集'}).click();
    await page.getByText('請求先の住所です。変更しても、これまでの注文の住所は変わりません。').waitFor();
    await field(page, '郵便番号').fill('０６０ー０００１');
    await page.getByText('住所を入力しました').waitFor();
    // A house number that stands there is not overwritten by the town (U4).
    assert.deepEqual([await field(page, '市区町村').inputValue(), await field(page, '町域・番地').inputValue()], ['札幌市中央区', '神宮前1-2-3']);
    await field(page, '町域・番地').fill('北一条西2-1');
    await page.getByRole('button', {name: '保存', exact: true}).click();
    await section(page, '住所（請求先）').getByText('北海道札幌市中央区北一条西2-1').waitFor();
    assert.deepEqual((await sent()).map((body) => Object.keys(body).sort()), [['city', 'postal_code', 'prefecture', 'street']]);

    await page.goto(`/customers/${customer.id}/addresses`);
    await page.getByRole('button', {name: '編集: 実家'}).click();
    await field(dialogOf(page), '町域・番地').fill('神南9-9-9');
    await dialogOf(page).getByRole('button', {name: '保存'}).click();
    await page.getByRole('article', {name: '実家'}).getByText('東京都渋谷区神南9-9-9').waitFor();
    assert.deepEqual(await sent(), [{street: '神南9-9-9'}]);
    await page.getByRole('button', {name: '削除: 実家'}).click();
    await dialogOf(page).getByText('これまでの注文の住所は変わりません。').waitFor();
    await dialogOf(page).getByRole('button', {name: '削除する'}).click();
    await page.getByText('お届け先はまだ登録されていません').waitFor();
    assert.equal((await api(page, 'GET', `/customers/${customer.id}/addresses`)).items.some(({id}) => id === address.id), false);

    assert.equal(await purchases(), row);
    assert.deepEqual(await told(), before);
    await page.context().close();
  });

  it('FEATURES 45: of 55 delivery addresses all are there and one is the default; one is edited, one deleted and taken back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const add = async (from, to) => {
      for (let number = from; number <= to; ++number) {
        await api(page, 'POST', `/customers/${customer.id}/addresses`, {label: `届け先${number}`, family_name: '試験', given_name: `${number}号`, street: `${number}-2-3`});
      }
    };
    await add(1, 55);
    await page.goto(`/customers/${customer.id}/addresses`);
    await page.getByRole('tab', {name: 'お届け先住所 55'}).waitFor();
    const cards = page.getByRole('article');
    const card = (name) => page.getByRole('article', {name, exact: true});
    const defaults = cards.filter({has: page.getByText('既定', {exact: true})});
    const namesOf = () => cards.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    await cards.nth(54).waitFor();
    // The default first, then the newest first.
    assert.deepEqual(await namesOf(), ['届け先1', ...Array.from({length: 54}, (_, at) => `届け先${55 - at}`)]);
    assert.equal(await defaults.count(), 1);
    await card('届け先2').scrollIntoViewIfNeeded();
    await expectSound(page, 'addresses-55-ja-1280');

    await card('届け先30').getByRole('button', {name: '編集: 届け先30'}).click();
    const form = dialogOf(page);
    await field(form, '郵便番号').fill('150-0001');
    await form.getByText('住所を入力しました').waitFor();
    assert.equal(await choiceBox(form, '都道府県').inputValue(), '東京都');
    assert.deepEqual([await field(form, '市区町村').inputValue(), await field(form, '町域・番地').inputValue()], ['渋谷区', '30-2-3']);
    await field(form, '呼び名').fill('勤務先');
    await form.getByRole('checkbox', {name: '既定のお届け先にする'}).check();
    await expectSound(page, 'address-edit-ja-1280');
    await form.getByRole('button', {name: '保存'}).click();
    await form.waitFor({state: 'detached'});
    await card('勤務先').getByText('〒150-0001 東京都渋谷区30-2-3').waitFor();
    await defaults.filter({hasText: '届け先1'}).waitFor({state: 'detached'});
    assert.equal(await defaults.count(), 1);
    assert.equal((await namesOf())[0], '勤務先');

    // The default goes: another takes its place, and gives it back.
    await card('勤務先').getByRole('button', {name: '削除: 勤務先'}).click();
    await dialogOf(page).getByText('お届け先「勤務先」を削除します。').waitFor();
    await dialogOf(page).getByRole('button', {name: '削除する'}).click();
    await card('勤務先').waitFor({state: 'detached'});
    await page.getByRole('tab', {name: 'お届け先住所 54'}).waitFor();
    assert.deepEqual([await cards.count(), await defaults.count()], [54, 1]);
    await undo(page, 'お届け先を削除しました');
    await card('勤務先').waitFor();
    await page.getByRole('tab', {name: 'お届け先住所 55'}).waitFor();
    assert.deepEqual([await cards.count(), await defaults.count(), (await namesOf())[0]], [55, 1, '勤務先']);

    // More than one answer of the server holds.
    await add(56, 103);
    await page.reload();
    await cards.nth(99).waitFor();
    await page.getByRole('button', {name: 'さらに表示'}).click();
    await cards.nth(102).waitFor();
    assert.equal(new Set(await namesOf()).size, 103);
    assert.equal(await page.getByRole('button', {name: 'さらに表示'}).count(), 0);
    await page.context().close();

    const english = await held.open(`/customers/${customer.id}/addresses`, kEnglish);
    await english.getByRole('article').nth(99).waitFor();
    assert.equal(await english.getByText('Default', {exact: true}).count(), 1);
    await english.getByRole('button', {name: 'Show more'}).scrollIntoViewIfNeeded();
    await expectSound(english, 'addresses-many-en-1920');
    await english.context().close();
  });
});
