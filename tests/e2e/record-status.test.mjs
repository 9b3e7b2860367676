// Which status a customer may have next, and the form that leads there.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';
import {apiOf, choiceBox, choose, kEnglish, offersOf, section, undo} from './support/record.mjs';

atTheDesk("A customer's status", (held) => {
  const {api, buy, read} = apiOf(held);

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
});
