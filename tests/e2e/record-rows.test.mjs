// What a record is made of, value by value: boxes and what they offer, delivery addresses, groups, and the two ways to leave.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';

const kEnglish = {language: 'en', size: {width: 1920, height: 1080}};

const field = (scope, name) => scope.getByRole('textbox', {name, exact: true});
const choiceBox = (scope, name) => scope.getByRole('combobox', {name, exact: true});
const section = (page, name) => page.getByRole('region', {name, exact: true});
const valueIn = (scope, name) => scope.locator('dl > div').filter({has: scope.page().locator('dt', {hasText: new RegExp(`^${name}$`)})}).locator('dd');
const dialogOf = (page) => page.getByRole('dialog');

/** Presses what the message `told` offers. */
async function undo(page, told, {button = '元に戻す', done = '元に戻しました'} = {}) {
  await page.getByRole('alert').filter({hasText: told}).getByRole('button', {name: button, exact: true}).last().click();
  await page.getByText(done).last().waitFor();
}

/** Opens a box of choices; answers what it offers. */
async function offersOf(page, box) {
  await box.click();
  await page.getByRole('option').first().waitFor();
  return page.getByRole('option').allInnerTexts();
}

async function choose(page, box, option) {
  await box.click();
  await page.getByRole('option', {name: option, exact: true}).click();
}

atTheDesk('A record', (held) => {
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

  it('offers for the status only what follows the one of now, and 退会 only to who may withdraw customers', async () => {
    const page = await held.open('/customers');
    // Everything a 担当 may, save this one right.
    const {rights} = (await api(page, 'GET', '/roles')).items.find((role) => role.id === 'operator');
    const role = await api(page, 'POST', '/roles', {name: '退会なし', rights: rights.filter((right) => right !== 'customer.withdraw')});
    await held.server.command(['staff', 'add', '--login', 'nagai', '--role', role.id, '--password-stdin'], `${kPassword}\n`);
    const customers = {};
    for (const status of ['visitor', 'guest', 'provisional', 'member', 'withdrawn']) customers[status] = await makeCustomer(held, page, {status});
    const offered = async (desk, status, name) => {
      await desk.goto(`/customers/${customers[status].id}?edit=1`);
      return offersOf(desk, choiceBox(desk, name));
    };

    assert.deepEqual(await offered(page, 'visitor', 'ステータス'), ['ビジター', 'ゲスト', '仮会員', '会員']);
    assert.deepEqual(await offered(page, 'guest', 'ステータス'), ['ゲスト', '仮会員', '会員']);
    await expectSound(page, 'status-guest-ja-1280');
    assert.deepEqual(await offered(page, 'provisional', 'ステータス'), ['ゲスト', '仮会員', '会員', '退会']);
    assert.deepEqual(await offered(page, 'withdrawn', 'ステータス'), ['仮会員', '会員', '退会']);
    assert.deepEqual(await offered(page, 'member', 'ステータス'), ['会員', '退会']);

    const other = await held.open('/customers', {login: 'nagai', ...kEnglish});
    assert.deepEqual(await offered(other, 'guest', 'Status'), ['Guest', 'Provisional member', 'Member']);
    assert.deepEqual(await offered(other, 'provisional', 'Status'), ['Guest', 'Provisional member', 'Member']);
    assert.deepEqual(await offered(other, 'withdrawn', 'Status'), ['Withdrawn']);
    assert.deepEqual(await offered(other, 'member', 'Status'), ['Member']);
    await expectSound(other, 'status-member-no-withdrawal-en-1920');
    await other.context().close();
    await page.context().close();
  });

  it('FEATURES 61, 94: the form leads from ゲスト to 会員 to 退会 and back by undo, and refuses 退会 while an order is not settled', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {status: 'guest'});
    const change = async (status) => {
      await page.getByRole('button', {name: '基本情報を編集'}).click();
      await choose(page, choiceBox(page, 'ステータス'), status);
      await page.getByRole('button', {name: '保存', exact: true}).click();
    };
    await page.goto(`/customers/${customer.id}`);
    await change('会員');
    await section(page, '会員情報').getByText('会員レベル', {exact: true}).waitFor();
    await buy(page, customer, ['FOLLOW-1'], '未決済');
    await change('退会');
    const form = page.getByRole('form', {name: '基本情報の編集'});
    await form.getByText(/FOLLOW-1/).waitFor();
    await expectSound(page, 'status-withdraw-refused-ja-1280');
    assert.equal((await read(page, customer)).status, 'member');
    await buy(page, customer, ['FOLLOW-1'], '売上完了', 'update');
    await page.goto(`/customers/${customer.id}`); // no offer of before stands there any more
    await change('退会');
    await section(page, '会員情報').getByText('退会日').waitFor();
    assert.equal((await read(page, customer)).status, 'withdrawn');
    await undo(page, /./);
    await section(page, '会員情報').getByText('会員レベル', {exact: true}).waitFor();
    assert.equal((await read(page, customer)).status, 'member');
    await page.context().close();
  });

  it('FEATURES 70: 性別 is one of four or none at all, is saved and shown', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    const basics = section(page, '基本情報');
    await basics.waitFor();
    assert.equal(await valueIn(basics, '性別').innerText(), '未設定');
    const open = () => page.getByRole('button', {name: '基本情報を編集'}).click();
    const save = async () => {
      await page.getByRole('button', {name: '保存', exact: true}).click();
      await basics.waitFor();
    };
    const codes = {男性: 'male', 女性: 'female', その他: 'other', 回答しない: 'unanswered'};
    await open();
    assert.deepEqual(await offersOf(page, choiceBox(page, '性別')), Object.keys(codes));
    await page.getByRole('option', {name: '男性'}).click();
    await save();
    for (const [word, code] of Object.entries(codes)) {
      if (code !== 'male') {
        await open();
        await choose(page, choiceBox(page, '性別'), word);
        await save();
      }
      assert.equal(await valueIn(basics, '性別').innerText(), word);
      assert.equal((await read(page, customer)).sex, code);
    }
    await expectSound(page, 'sex-ja-1280');
    await page.context().close();

    const english = await held.open(`/customers/${customer.id}`, kEnglish);
    const basic = section(english, 'Basic');
    await basic.waitFor();
    assert.equal(await valueIn(basic, 'Sex').innerText(), 'Prefers not to say');
    await english.getByRole('button', {name: 'Edit Basic'}).click();
    const sex = choiceBox(english, 'Sex');
    assert.deepEqual(await offersOf(english, sex), ['Male', 'Female', 'Other', 'Prefers not to say']);
    await english.getByRole('option', {name: 'Other', exact: true}).click();
    await expectSound(english, 'sex-form-en-1920');
    await english.getByRole('form').getByLabel('Not set').first().click();
    assert.equal(await sex.inputValue(), '');
    await english.getByRole('button', {name: 'Save', exact: true}).click();
    await basic.waitFor();
    assert.equal(await valueIn(basic, 'Sex').innerText(), 'Not set');
    assert.equal((await read(english, customer)).sex, null);
    await english.context().close();
  });

  it('FEATURES 67: the box offers 47 prefectures; a text near its limit counts while it is typed, and is not saved beyond it', async () => {
    const page = await held.open('/customers/new');
    const prefecture = choiceBox(page, '都道府県');
    const offered = await offersOf(page, prefecture);
    assert.equal(new Set(offered).size, 47);
    assert.deepEqual([offered[0], offered[12], offered[46]], ['北海道', '東京都', '沖縄県']);
    await prefecture.fill('京');
    await page.getByRole('option').nth(2).waitFor({state: 'detached'});
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['東京都', '京都府']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.match(await prefecture.inputValue(), /^(東京都|京都府)$/);

    const customer = await makeCustomer(held, page, {city: '渋谷区'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '住所（請求先）を編集'}).click();
    const form = page.getByRole('form', {name: '住所（請求先）の編集'});
    for (const name of ['市区町村', '町域・番地', '建物名']) {
      const box = field(form, name);
      await box.fill('あ'.repeat(160));
      assert.equal(await form.getByText(/／200文字/).count(), 0, `${name}: nothing is counted yet`);
      await box.press('End');
      await page.keyboard.insertText('い');
      await form.getByText('161／200文字', {exact: true}).waitFor();
      await box.fill('渋谷区');
      await form.getByText(/／200文字/).waitFor({state: 'detached'});
    }
    await field(form, '市区町村').fill('あ'.repeat(201));
    await form.getByText('201／200文字', {exact: true}).waitFor();
    await form.getByRole('button', {name: '保存', exact: true}).click();
    await form.getByRole('alert').filter({hasText: '長すぎます。'}).waitFor();
    const city = field(form, '市区町村');
    assert.equal(await city.getAttribute('aria-invalid'), 'true');
    assert.ok(await city.evaluate((box) => box === document.activeElement), 'the cursor is where the mistake is');
    await expectSound(page, 'address-too-long-ja-1280');
    const before = await read(page, customer);
    assert.deepEqual([before.city, before.street, before.version], ['渋谷区', null, customer.version]);
    // A character outside of the first plane is one character.
    await city.fill('𠮷'.repeat(200));
    await form.getByText('200／200文字', {exact: true}).waitFor();
    await form.getByRole('button', {name: '保存', exact: true}).click();
    await form.waitFor({state: 'detached'});
    assert.equal((await read(page, customer)).city, '𠮷'.repeat(200));
    await expectSound(page, 'address-longest-ja-1280');
    await page.context().close();

    const english = await held.open('/customers/new', kEnglish);
    const words = await offersOf(english, choiceBox(english, 'Prefecture'));
    assert.deepEqual([new Set(words).size, words[0], words[46]], [47, 'Hokkaido', 'Okinawa']);
    await english.getByRole('option', {name: 'Tokyo', exact: true}).click();
    await field(english, 'City').fill('a'.repeat(201));
    await english.getByText('201/200 characters', {exact: true}).waitFor();
    await field(english, 'Family name').fill('Limit');
    await english.getByRole('button', {name: 'Create'}).click();
    await english.getByText('This is too long.').waitFor();
    await expectSound(english, 'address-too-long-en-1920');
    await english.context().close();
  });

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

  it('FEATURES 81: groups are made, renamed and deleted; the deletion of one with members asks what becomes of them, and both answers can be taken back', async () => {
    const page = await held.open('/settings/groups');
    const rowOf = (name) => page.getByRole('row').filter({has: page.getByText(name, {exact: true})});
    const act = async (name, item) => {
      await page.getByRole('button', {name: `操作: ${name}`, exact: true}).click();
      await page.getByRole('menuitem', {name: item}).click();
    };
    const masters = async () => (await api(page, 'GET', '/groups?limit=200')).items;
    const group = async (name) => (await masters()).find((one) => one.name === name);
    const name = field(dialogOf(page), '名前');

    await page.getByRole('button', {name: '顧客グループを追加'}).click();
    await name.fill('春の会');
    await field(dialogOf(page), 'ポイント付与率').fill('1.5');
    await expectSound(page, 'group-form-ja-1280');
    await dialogOf(page).getByRole('button', {name: '保存'}).click();
    await page.getByText('「春の会」を保存しました').waitFor();
    await rowOf('春の会').getByText('0件').waitFor();
    assert.equal((await group('春の会')).point_rate, 150);
    await act('春の会', '編集');
    await name.fill('一般');
    await dialogOf(page).getByRole('button', {name: '保存'}).click();
    await dialogOf(page).getByText('すでに使われています。').waitFor();
    await name.fill('夏の会');
    await dialogOf(page).getByRole('button', {name: '保存'}).click();
    await rowOf('夏の会').waitFor();
    assert.equal(await rowOf('春の会').count(), 0);
    await undo(page, '「夏の会」を保存しました');
    await rowOf('春の会').waitFor();
    await act('春の会', '削除する');
    await dialogOf(page).getByText('「春の会」を削除します。あとで元に戻せます。').waitFor();
    assert.equal(await dialogOf(page).getByRole('radio').count(), 0, 'nobody holds it');
    await dialogOf(page).getByRole('button', {name: '削除する'}).click();
    await rowOf('春の会').waitFor({state: 'detached'});
    await undo(page, '「春の会」を削除しました');
    await rowOf('春の会').waitFor();

    const {id} = await group('春の会'), other = await group('友の会');
    const alone = await makeCustomer(held, page, {groups: [id]}), both = await makeCustomer(held, page, {groups: [id, other.id]});
    const groupsOf = async (customer) => (await read(page, customer)).groups_names;
    await page.reload();
    await rowOf('春の会').getByText('2件').waitFor();
    await act('春の会', '削除する');
    await dialogOf(page).getByText('顧客 2件が「春の会」を使っています。').waitFor();
    const go = dialogOf(page).getByRole('button', {name: '削除する'});
    assert.ok(await go.isDisabled(), 'not before an answer is given');
    await dialogOf(page).getByRole('button', {name: 'キャンセル'}).click();
    await dialogOf(page).waitFor({state: 'detached'});
    assert.deepEqual([await groupsOf(alone), (await group('春の会')).members], [['春の会'], 2]);

    await act('春の会', '削除する');
    await dialogOf(page).getByRole('radio', {name: 'この顧客から外す'}).check();
    await expectSound(page, 'group-delete-ja-1280');
    await go.click();
    await rowOf('春の会').waitFor({state: 'detached'});
    await page.getByText('「春の会」を削除しました').last().waitFor();
    assert.deepEqual([await groupsOf(alone), await groupsOf(both)], [[], ['友の会']]);
    await undo(page, '「春の会」を削除しました');
    await rowOf('春の会').getByText('2件').waitFor();
    assert.deepEqual([await groupsOf(alone), (await groupsOf(both)).sort()], [['春の会'], ['友の会', '春の会']]);

    await page.reload(); // no offer of before stands there any more
    await act('春の会', '削除する');
    await dialogOf(page).getByRole('radio', {name: 'ほかの顧客グループに付け替える'}).check();
    assert.ok(await go.isDisabled(), 'not before it is said to which one');
    await dialogOf(page).getByLabel('付け替え先').first().click();
    assert.equal(await page.getByRole('option', {name: '春の会', exact: true}).count(), 0);
    await page.getByRole('option', {name: '友の会', exact: true}).click();
    await go.click();
    await rowOf('春の会').waitFor({state: 'detached'});
    await page.getByText('「春の会」を削除しました').last().waitFor();
    assert.deepEqual([await groupsOf(alone), await groupsOf(both)], [['友の会'], ['友の会']]);
    await rowOf('友の会').getByText(`${other.members + 2}件`).waitFor(); // `both` was counted already
    await undo(page, '「春の会」を削除しました');
    await rowOf('春の会').getByText('2件').waitFor();
    assert.deepEqual([await groupsOf(alone), (await groupsOf(both)).sort()], [['春の会'], ['友の会', '春の会']]);

    // Only a deleted customer holds it: asked all the same, or he would come back without.
    await api(page, 'PATCH', `/customers/${both.id}`, {groups: [other.id]}, {'If-Match': '*'});
    await api(page, 'DELETE', `/customers/${alone.id}`, undefined, {'If-Match': '*'});
    await page.context().close();
    const english = await held.open('/settings/groups', kEnglish);
    await english.getByRole('row').filter({hasText: '春の会'}).getByText('0', {exact: true}).waitFor();
    await english.getByRole('button', {name: 'Actions: 春の会', exact: true}).click();
    await english.getByRole('menuitem', {name: 'Delete'}).click();
    await dialogOf(english).getByRole('button', {name: 'Delete'}).click();
    await dialogOf(english).getByText('Besides, 1 deleted customer holds it.').waitFor();
    await dialogOf(english).getByRole('radio', {name: 'Take it from these customers'}).check();
    await expectSound(english, 'group-delete-deleted-en-1920');
    await dialogOf(english).getByRole('button', {name: 'Delete'}).click();
    await english.getByRole('row').filter({hasText: '春の会'}).waitFor({state: 'detached'});
    await english.context().close();
  });

  it('FEATURES 47: the wheel turned over the purchases scrolls them, and at their end the page', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await buy(page, customer, Array.from({length: 40}, (_, at) => `WHEEL-${at}`), '売上完了');
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

  it('FEATURES 95: deletion stops at what is not settled and names it; キャンセル leaves everything, the act can be taken back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {family_name: '未決済'});
    const orders = Array.from({length: 7}, (_, at) => `OPEN-${at + 1}`);
    await buy(page, customer, orders, '与信完了');
    await page.goto(`/customers/${customer.id}`);
    const before = await read(page, customer);
    const ask = async () => {
      await page.getByRole('button', {name: 'その他の操作'}).click();
      await page.getByRole('menuitem', {name: '削除', exact: true}).click();
      await dialogOf(page).getByText(`（${customer.number}）を削除します。`).waitFor();
    };
    const go = dialogOf(page).getByRole('button', {name: '削除する'});
    await ask();
    await go.click();
    const refusal = dialogOf(page).getByRole('alert');
    await refusal.getByText('決済が完了していない受注').first().waitFor();
    assert.deepEqual(await refusal.getByRole('link').allInnerTexts(), orders.slice(0, 5));
    assert.deepEqual(await read(page, customer), before);
    await expectSound(page, 'delete-refused-ja-1280');
    await refusal.getByRole('link', {name: 'OPEN-3'}).click();
    await page.waitForURL(`**/customers/${customer.id}/purchases`);
    await page.getByRole('row').filter({hasText: 'OPEN-3'}).waitFor();
    await dialogOf(page).waitFor({state: 'detached'});

    await ask();
    await go.click();
    await refusal.waitFor();
    await buy(page, customer, orders, '売上完了', 'update');
    const settled = await read(page, customer);
    await dialogOf(page).getByRole('button', {name: 'キャンセル'}).click();
    await dialogOf(page).waitFor({state: 'detached'});
    await ask();
    assert.equal(await refusal.count(), 0, 'what was refused before is not told of a new question');
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({state: 'detached'});
    assert.deepEqual(await read(page, customer), settled);

    await ask();
    await go.click();
    await page.getByText('顧客を削除しました').waitFor();
    await page.getByText('に削除されています').waitFor();
    assert.equal((await read(page, customer)).deleted, 'yes');
    await expectSound(page, 'deleted-ja-1280');
    await undo(page, '顧客を削除しました');
    await page.getByText('に削除されています').waitFor({state: 'detached'});
    const back = await read(page, customer);
    assert.deepEqual({...back, version: 0, updated_at: ''}, {...settled, version: 0, updated_at: ''});
    await page.context().close();
  });

  it('FEATURES 94, 95: in English, a withdrawal stops at what is not settled; both acts leave everything when they are cancelled', async () => {
    const page = await held.open('/customers', kEnglish);
    const customer = await makeCustomer(held, page);
    await buy(page, customer, ['LEAVE-1'], '未決済');
    await page.goto(`/customers/${customer.id}`);
    const act = async (name, title) => {
      await page.getByRole('button', {name: 'More acts'}).click();
      await page.getByRole('menuitem', {name, exact: true}).click();
      const dialog = page.getByRole('dialog', {name: title});
      await dialog.waitFor();
      return dialog;
    };
    const before = await read(page, customer);
    const leaving = await act('Withdraw', 'Withdraw the member');
    await leaving.getByRole('button', {name: 'Withdraw', exact: true}).click();
    await leaving.getByText('Something has to be settled first').waitFor();
    assert.deepEqual(await leaving.getByRole('alert').getByRole('link').allInnerTexts(), ['LEAVE-1']);
    await expectSound(page, 'withdraw-refused-en-1920');
    await leaving.getByRole('button', {name: 'Cancel'}).click();
    await leaving.waitFor({state: 'detached'});
    const going = await act('Delete', 'Delete the customer');
    await expectSound(page, 'delete-en-1920');
    await going.getByRole('button', {name: 'Cancel'}).click();
    await going.waitFor({state: 'detached'});
    assert.deepEqual(await read(page, customer), before);

    await buy(page, customer, ['LEAVE-1'], '取消完了', 'update');
    await (await act('Withdraw', 'Withdraw the member')).getByRole('button', {name: 'Withdraw', exact: true}).click();
    await page.getByText('The member has left').waitFor();
    assert.equal((await read(page, customer)).status, 'withdrawn');
    await undo(page, 'The member has left', {button: 'Undo', done: 'Undone'});
    assert.equal((await read(page, customer)).status, 'member');
    await page.context().close();
  });
});
