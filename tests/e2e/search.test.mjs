import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';
import {rows, runPanel, search, shown, total} from './support/list.mjs';

const statuses = {field: 'status', op: 'in', value: ['guest', 'provisional', 'member']};
const count = async (held, page, condition) => (await held.desk.api(page, 'POST', '/customers/search', {condition, limit: 0})).body.total;
/** The day so many days from the shop's today, as the screens write it. */
const day = (ahead) => new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo'}).format(new Date(Date.now() + ahead * 86_400_000)).replaceAll('-', '/');
const short = (ahead) => day(ahead).split('/').slice(1).map(Number).join('/');
const draft = (page) => page.getByText(/^→ [\d,]+件$/);
const draftCount = async (page) => Number((await draft(page).innerText()).replace(/\D/g, ''));
const builder = (page) => page.getByRole('group', {name: '条件ビルダー'});

atTheDesk('Conditions', (held) => {
  it('are counted beside the title while they are put together, not while an input method converts', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const before = await total(page);
    const box = page.getByRole('textbox', {name: '検索語'});
    await compose(page, box, ['t', 'た', 'たn', 'たなか'], '田');
    await draft(page).waitFor();
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {condition: statuses, text: '田', limit: 0});
    await page.getByText(`→ ${body.total.toLocaleString()}件`).waitFor();
    assert.equal(await total(page), before, 'the list stays until the button is pressed');
    await runPanel(page);
    assert.equal(await total(page), body.total);
    await draft(page).waitFor({state: 'detached'});
    await page.context().close();
  });

  it('tell for each how many there would be without it', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('listitem').getByRole('button', {name: /^ステータス：/}).click();
    const {body} = await held.desk.api(page, 'POST', '/customers/search', {limit: 0});
    await page.getByText(`これを外すと${body.total.toLocaleString()}件`).waitFor();
    await expectSound(page, 'search-without-ja');
    await search(page, () => page.getByRole('button', {name: '外す', exact: true}).click());
    assert.equal(await total(page), body.total);
    await page.context().close();
  });

  it('on dates move with today (A11)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: /^最終購入日の条件/}).click();
    await page.getByRole('checkbox', {name: '相対日付：有効'}).check();
    await page.getByRole('checkbox', {name: '範囲指定'}).check();
    await page.getByRole('textbox', {name: '最終購入日（から） 数'}).fill('400');
    await page.getByText(`現在は ${day(-400)}`).waitFor();
    await page.getByRole('textbox', {name: '最終購入日（まで） 数'}).fill('0');
    await page.getByText(`現在は ${day(0)}`).waitFor();
    await expectSound(page, 'search-relative-ja');
    await page.getByRole('button', {name: '適用', exact: true}).click();
    await runPanel(page);
    const range = {from: {ago: 400, unit: 'day'}, to: {ago: 0, unit: 'day'}};
    assert.equal(await total(page), await count(held, page, {all: [statuses, {field: 'last_purchase_at', op: 'between', value: range}]}));
    await page.getByRole('listitem').getByText(`今日から400日前（${day(-400)}）〜今日（${day(0)}）`).waitFor();
    await page.reload();
    await shown(page);
    await page.getByRole('button', {name: /^最終購入日の条件 今日から400日前/}).click();
    assert.ok(await page.getByRole('checkbox', {name: '相対日付：有効'}).isChecked());
    // The wrong way round is refused here and now.
    await page.getByRole('textbox', {name: '最終購入日（まで） 数'}).fill('500');
    await page.getByText('範囲の始まりと終わりが逆になっています').waitFor();
    assert.ok(await page.getByRole('button', {name: '適用', exact: true}).isDisabled());
    await page.context().close();
  });

  it('on a written day keep that day when it is made to move, and give it back (A11)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: /^最終購入日の条件/}).click();
    await page.getByRole('textbox', {name: '最終購入日（から）'}).fill(day(-30));
    await page.getByRole('checkbox', {name: '相対日付：有効'}).check();
    assert.equal(await page.getByRole('textbox', {name: '最終購入日（から） 数'}).inputValue(), '30');
    await page.getByText(`現在は ${day(-30)}`).waitFor();
    await page.getByRole('checkbox', {name: '相対日付：有効'}).uncheck();
    assert.equal(await page.getByRole('textbox', {name: '最終購入日（から）'}).inputValue(), day(-30));
    await page.context().close();
  });

  it('on birthdays go over the end of the year', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await makeCustomer(held, page, {family_name: '年末', birth_date: '1980-12-31'});
    await makeCustomer(held, page, {family_name: '年始', birth_date: '1990-01-01'});
    await page.getByRole('button', {name: /^生年月日の条件/}).click();
    await page.getByText('誕生日（月日）').click();
    await page.getByRole('combobox', {name: '生年月日（から） 月'}).selectOption('12');
    await page.getByRole('combobox', {name: '生年月日（から） 日'}).selectOption('30');
    await page.getByRole('combobox', {name: '生年月日（まで） 月'}).selectOption('1');
    await page.getByRole('combobox', {name: '生年月日（まで） 日'}).selectOption('2');
    await page.getByRole('button', {name: '適用', exact: true}).click();
    await page.getByRole('textbox', {name: '検索語'}).fill('年');
    await runPanel(page);
    await page.getByRole('link', {name: /^年末/}).first().waitFor();
    await page.getByRole('link', {name: /^年始/}).first().waitFor();
    await page.getByRole('listitem').getByText('生年月日：毎年12/30〜1/2').waitFor();
    await page.context().close();
  });

  it('on birthdays of the days to come move with today, in the panel and in the builder alike', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await makeCustomer(held, page, {family_name: '誕生今日', birth_date: `1988-${day(0).slice(5).replace('/', '-')}`});
    const words = (ahead) => `生年月日：誕生日が今日（${short(0)}）〜今日から${ahead}日後（${short(ahead)}）`;
    const condition = (ahead) => ({all: [statuses, {field: 'birth_date', op: 'anniversary_between', value: {from: {ahead: 0, unit: 'day'}, to: {ahead, unit: 'day'}}}]});
    await page.getByRole('button', {name: /^生年月日の条件/}).click();
    await page.getByText('誕生日（月日）').click();
    await page.getByRole('checkbox', {name: '相対日付：有効'}).check();
    assert.equal(await page.getByRole('textbox', {name: '生年月日（まで） 数'}).inputValue(), '7');
    await page.getByText('1年以上の範囲は、生年月日のある全員になります。').waitFor();
    await expectSound(page, 'search-birthdays-ja');
    await page.getByRole('textbox', {name: '生年月日（まで） 数'}).fill('14');
    await page.getByRole('button', {name: '適用', exact: true}).click();
    await runPanel(page);
    const found = await total(page);
    assert.equal(found, await count(held, page, condition(14)));
    assert.ok(found > 0);
    await page.getByRole('listitem').getByText(words(14)).waitFor();
    await page.reload();
    await shown(page);
    await page.getByRole('button', {name: /^生年月日の条件 誕生日が今日/}).click();
    assert.ok(await page.getByRole('checkbox', {name: '相対日付：有効'}).isChecked());
    await page.getByRole('combobox', {name: '生年月日（まで） 前後'}).selectOption('ago');
    await page.getByText('範囲の始まりと終わりが逆になっています').waitFor();
    assert.ok(await page.getByRole('button', {name: '適用', exact: true}).isDisabled());
    await page.keyboard.press('Escape');

    await page.getByRole('button', {name: '条件ビルダー'}).click();
    const leaf = builder(page).locator('[data-node]').filter({has: page.getByRole('combobox', {name: '生年月日の条件'})}).last();
    await leaf.getByRole('textbox', {name: '生年月日（まで） 数'}).fill('400');
    const everybody = await count(held, page, {all: [statuses, {field: 'birth_date', op: 'not_empty'}]});
    await page.getByText(`→ ${everybody.toLocaleString()}件`).waitFor();
    await leaf.getByRole('checkbox', {name: '相対日付：有効'}).uncheck();
    assert.equal(await leaf.getByRole('combobox', {name: '生年月日（から） 月'}).inputValue(), String(Number(day(0).split('/')[1])));
    await leaf.getByRole('checkbox', {name: '相対日付：有効'}).check();
    await runPanel(page);
    assert.equal(await total(page), await count(held, page, condition(7)));
    await page.getByRole('listitem').getByText(words(7)).first().waitFor();
    await expectSound(page, 'builder-birthdays-ja');
    await page.context().close();
  });

  it('find the deleted with the others, or alone, as the three choices say (A12–A14)', async () => {
    const page = await held.open('/customers');
    await shown(page);
    const customer = await makeCustomer(held, page);
    assert.equal((await held.desk.api(page, 'DELETE', `/customers/${customer.id}`, undefined, {'If-Match': '*'})).status, 204);
    await search(page, () => page.getByRole('button', {name: '条件クリア'}).click());
    const living = await total(page);
    await page.getByText('含む', {exact: true}).click();
    await draft(page).waitFor();
    const all = await draftCount(page);
    await runPanel(page);
    assert.equal(await total(page), all);
    await page.getByText('削除済みのみ', {exact: true}).click();
    await runPanel(page);
    assert.equal((await total(page)) + living, all);
    await page.context().close();
  });

  it('are built to any depth, told in words, and kept by the panel that cannot show them', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: '条件ビルダー'}).click();
    const root = builder(page).getByRole('group', {name: 'すべてを満たす'}).first();
    await root.waitFor();
    assert.equal(await builder(page).getByRole('combobox', {name: '項目'}).or(builder(page).getByRole('textbox', {name: '項目'})).count(), 1, 'the tree of the panel');
    // With the keyboard alone: a group of two, one of them a range of money.
    await builder(page).getByRole('button', {name: 'グループを追加'}).first().press('Enter');
    const group = builder(page).getByRole('group', {name: 'いずれかを満たす'});
    await group.waitFor();
    await group.getByRole('textbox', {name: '氏名'}).fill('田');
    await group.getByRole('button', {name: '条件を追加', exact: true}).press('Enter');
    const second = group.locator('[data-node]').nth(1);
    const field = second.getByRole('combobox', {name: '項目'}).or(second.getByRole('textbox', {name: '項目'}));
    await field.fill('購入総額');
    await page.getByRole('option', {name: '購入総額', exact: true}).click();
    await second.getByRole('textbox', {name: '購入総額（から）'}).fill('10000');
    await second.getByRole('textbox', {name: '購入総額（まで）'}).fill('30000');
    await page.getByText('ステータス：ゲスト・仮会員・会員 かつ （氏名：「田」を含む または 購入総額：¥10,000〜¥30,000）').first().waitFor();
    const condition = {all: [statuses, {any: [{field: 'name', op: 'contains', value: '田'}, {field: 'purchase_total', op: 'between', value: {from: 10_000, to: 30_000}}]}]};
    const expected = await count(held, page, condition);
    await page.getByText(`→ ${expected.toLocaleString()}件`).waitFor();
    await expectSound(page, 'builder-ja-1280');
    await runPanel(page);
    assert.equal(await total(page), expected);
    await page.getByRole('button', {name: 'かんたん検索に戻す'}).click();
    await page.getByText('かんたん検索で表示できない条件').waitFor();
    await expectSound(page, 'builder-others-ja');
    await page.reload();
    await shown(page);
    assert.equal(await total(page), expected);
    await page.getByRole('button', {name: 'ビルダーで編集'}).click();
    // None of these instead of any: the complement within the statuses.
    await builder(page).getByRole('group', {name: 'いずれかを満たす'}).getByRole('combobox', {name: '条件の組み合わせ方'}).selectOption('none');
    await runPanel(page);
    assert.equal(await total(page), (await count(held, page, statuses)) - expected);
    await page.context().close();
  });

  it('take conditions out again, and refuse a range the wrong way round', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: '条件ビルダー'}).click();
    await builder(page).getByRole('button', {name: 'この条件を削除'}).click();
    await builder(page).getByText('条件がありません。すべての顧客が対象です。').waitFor();
    await builder(page).getByRole('button', {name: '条件を追加', exact: true}).click();
    const field = builder(page).getByRole('combobox', {name: '項目'}).or(builder(page).getByRole('textbox', {name: '項目'}));
    await field.fill('購入回数');
    await page.getByRole('option', {name: '顧客購入回数', exact: true}).click();
    await builder(page).getByRole('textbox', {name: /購入回数（から）/}).fill('5');
    await builder(page).getByRole('textbox', {name: /購入回数（まで）/}).fill('2');
    await page.getByText('範囲の始まりと終わりが逆になっています').waitFor();
    assert.ok(await page.getByRole('button', {name: 'この条件で検索する'}).isDisabled());
    await builder(page).getByRole('textbox', {name: /購入回数（まで）/}).fill('9');
    await runPanel(page);
    assert.ok((await total(page)) >= 0);
    await page.context().close();
  });

  it('ask for the orders a customer has, so many of them', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await page.getByRole('button', {name: '条件ビルダー'}).click();
    await builder(page).getByRole('button', {name: '受注の条件を追加'}).click();
    const orders = builder(page).getByRole('group', {name: '受注', exact: true});
    await orders.getByRole('textbox', {name: '件数', exact: true}).fill('2');
    await orders.getByRole('button', {name: '条件を追加', exact: true}).click();
    const leaf = orders.locator('[data-node]').first();
    await leaf.getByRole('combobox', {name: '項目'}).or(leaf.getByRole('textbox', {name: '項目'})).fill('受注日');
    await page.getByRole('option', {name: /^受注日/}).first().click();
    await leaf.getByRole('button', {name: '相対日付：有効'}).first().click();
    await leaf.getByRole('textbox', {name: /（から） 数$/}).fill('700');
    await leaf.getByRole('button', {name: '相対日付：有効'}).nth(1).click();
    const condition = {all: [statuses, {has: 'order', where: {all: [{field: 'ordered_at', op: 'between', value: {from: {ago: 700, unit: 'day'}, to: {ago: 0, unit: 'day'}}}]}, count: {at_least: 2}}]};
    const expected = await count(held, page, condition);
    await page.getByText(`→ ${expected.toLocaleString()}件`).waitFor();
    await page.getByText(/受注（.*今日から700日前/).first().waitFor();
    await expectSound(page, 'builder-orders-ja');
    await runPanel(page);
    assert.equal(await total(page), expected);
    await page.context().close();
  });

  it('are the same in English, wide and dark', async () => {
    const page = await held.open('/customers', {language: 'en', size: {width: 1920, height: 1080}, scheme: 'dark'});
    await rows(page).first().waitFor();
    await page.getByRole('button', {name: 'Condition builder'}).click();
    await page.getByRole('button', {name: 'Add a group'}).first().click();
    await page.getByText('Status is Guest, Provisional member, Member').first().waitFor();
    await expectSound(page, 'builder-en-1920-dark');
    await page.context().close();
  });

  it('say where a word was found that no column shows', async () => {
    const page = await held.open('/customers');
    await shown(page);
    await makeCustomer(held, page, {family_name: '別欄', email2: 'betsuran.second@example.jp'});
    await page.getByRole('textbox', {name: '検索語'}).fill('betsuran.second');
    await runPanel(page);
    await page.getByText(/^一致: /).waitFor();
    assert.match(await page.getByText(/^一致: /).innerText(), /betsuran\.second@example\.jp/);
    await expectSound(page, 'list-hit-ja');
    await page.context().close();
  });
});
