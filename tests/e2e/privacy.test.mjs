import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const dialogOf = (page) => page.getByRole('dialog');
const chooseAct = async (page, name) => {
  await page.getByRole('button', {name: 'その他の操作'}).click();
  await page.getByRole('menuitem', {name}).click();
};

/** A customer of the demo with an order that is not settled. */
async function findTied(held, page) {
  const {body} = await held.desk.api(page, 'POST', '/customers/search', {
    condition: {all: [{field: 'status', op: 'in', value: ['member']}, {has: 'order', where: {field: 'payment_status', op: 'in', value: ['authorized', 'unpaid']}}]},
    limit: 1,
  });
  return body.items[0];
}

atTheDesk('What a person may ask of the shop', (held) => {
  it('FEATURES 94: withdrawing asks first; キャンセル changes nothing, the act can be taken back', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {newsletter: true});
    const read = async () => (await held.desk.api(page, 'GET', `/customers/${customer.id}`)).body;
    await page.goto(`/customers/${customer.id}`);
    await chooseAct(page, '退会');
    await dialogOf(page).getByText(customer.number).waitFor();
    await expectSound(page, 'withdraw-ja');
    await dialogOf(page).getByRole('button', {name: 'キャンセル'}).click();
    assert.equal((await read()).status, 'member');
    await chooseAct(page, '退会');
    await dialogOf(page).getByLabel('理由').fill('引っ越し');
    await dialogOf(page).getByRole('button', {name: '退会にする'}).click();
    await page.getByText('退会にしました').waitFor();
    const left = await read();
    assert.equal(left.status, 'withdrawn');
    assert.equal(left.newsletter, false);
    await page.getByRole('button', {name: '元に戻す'}).click();
    await page.waitForFunction(async (id) => (await (await fetch(`/api/v1/customers/${id}`)).json()).status === 'member', customer.id);
    await page.context().close();
  });

  it('FEATURES 94: what is unfinished is named, with a way to it', async () => {
    const page = await held.open('/customers');
    const tied = await findTied(held, page);
    await page.goto(`/customers/${tied.id}`);
    await chooseAct(page, '退会');
    await dialogOf(page).getByRole('button', {name: '退会にする'}).click();
    await dialogOf(page).getByText('先に片付けるものがあります').waitFor();
    await expectSound(page, 'withdraw-ties-ja');
    await dialogOf(page).getByRole('alert').getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname === `/customers/${tied.id}/purchases` && url.searchParams.has('order'));
    await dialogOf(page).waitFor({state: 'detached'});
    await page.context().close();
  });

  it('FEATURES 95: deleting says what goes and what stays, and names what stands in the way, with a way to it', async () => {
    const page = await held.open('/customers');
    const tied = await findTied(held, page);
    await page.goto(`/customers/${tied.id}`);
    await chooseAct(page, '削除');
    await dialogOf(page).getByText('付与済みで使えるクーポンは取り消されます。').waitFor();
    await dialogOf(page).getByText('注文・お届け先・履歴は残ります。').waitFor();
    await dialogOf(page).getByRole('button', {name: '削除する'}).click();
    await dialogOf(page).getByText('先に片付けるものがあります').waitFor();
    await expectSound(page, 'delete-ties-ja');
    await dialogOf(page).getByRole('alert').getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname === `/customers/${tied.id}/purchases` && url.searchParams.has('order'));
    await dialogOf(page).waitFor({state: 'detached'});
    await page.context().close();
  });

  it('FEATURES 95: erasing wants the number typed, leaves no name, and says so', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {family_name: '抹消', given_name: '予定'});
    await page.goto(`/customers/${customer.id}`);
    await chooseAct(page, '個人情報の抹消');
    const number = dialogOf(page).getByLabel(/顧客番号/);
    await number.fill('1');
    await dialogOf(page).getByRole('button', {name: '抹消する'}).click();
    await dialogOf(page).getByText('顧客番号が一致しません。').waitFor();
    assert.equal(await dialogOf(page).getByRole('alert').count(), 0, 'told once, at its box');
    await expectSound(page, 'erase-ja');
    await number.fill(customer.number);
    await dialogOf(page).getByRole('button', {name: '抹消する'}).click();
    await page.waitForURL('**/jobs/*');
    await page.getByText('完了').first().waitFor();
    await page.goto(`/customers/${customer.id}`);
    await page.getByText('この顧客の個人情報は').waitFor();
    assert.equal(await page.getByText('抹消 予定').count(), 0);
    await expectSound(page, 'erased-ja');
    await page.context().close();
  });

  it('the disclosure comes as a page with what the shop knows', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {family_name: '開示', given_name: '請求'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', {name: '開示（印刷用ページ）'}).click()]);
    const text = await (await download.createReadStream()).toArray();
    assert.match(Buffer.concat(text).toString('utf8'), /開示 請求/);
    await page.context().close();
  });
});
