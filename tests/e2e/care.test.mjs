import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const tab = (page, name) => page.getByRole('tab', {name: new RegExp(`^${name}`)}); // its number follows
const box = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('Memos, consent and coupons', (held) => {
  it('FEATURES 52: a memo is written, changed and deleted with undo, its author and time beside it', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}/memos`);
    await page.getByText('メモはまだありません').waitFor();
    await expectSound(page, 'memos-empty-ja');
    await page.getByRole('button', {name: 'メモを追加'}).click();
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('内容を入力してください。').waitFor();
    await box(page, '件名').fill('電話の時間');
    await box(page, '内容').fill('午後に電話する。\n午前は留守。');
    await expectSound(page, 'memos-writing-ja');
    await page.keyboard.press('Control+s');
    const memo = page.getByRole('article', {name: '電話の時間'});
    await memo.getByText(/owner \d{4}\/\d\d\/\d\d \d\d:\d\d/).waitFor();
    await memo.getByRole('button', {name: /^編集/}).click();
    await box(page, '内容').fill('夜に電話する。');
    await page.getByRole('button', {name: '保存'}).click();
    await memo.getByText('夜に電話する。').waitFor();
    await memo.getByText(/（編集 owner/).waitFor();
    await memo.getByRole('button', {name: /^削除/}).click();
    await memo.waitFor({state: 'detached'});
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await memo.waitFor();
    await page.context().close();
  });

  it('FEATURES 53: the history tells of a memo and a grant in the words of the screens', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page);
    await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: '電話', body: '午後に電話する', alert: true});
    const {body: coupon} = await held.desk.api(page, 'POST', '/coupons', {name: '履歴の券', code: `H${Date.now()}`, discount: 'amount', value: 100, customer_limited: true});
    await held.desk.api(page, 'POST', `/coupons/${coupon.id}/grants`, {customers: [customer.id]});
    await page.goto(`/customers/${customer.id}/history`);
    const row = (name) => page.getByRole('row').filter({has: page.getByRole('rowheader', {name, exact: true})});
    await row('メモ: 内容').getByText('午後に電話する').waitFor();
    await row('メモ: 要注意').getByText('はい').waitFor();
    await row('クーポンの付与: クーポン').getByText('履歴の券').waitFor();
    assert.equal(await page.getByRole('rowheader', {name: /[a-z]_[a-z]/}).count(), 0, 'names of columns');
    await expectSound(page, 'history-words-ja');
    await page.context().close();
  });

  it('FEATURES 88, U22: a memo marked 要注意 stands above the record until somebody takes it away', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page);
    await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: '返品の相談中', body: '次の注文の前に店長へ確認', alert: true});
    await page.goto(`/customers/${customer.id}`);
    const alert = page.getByRole('alert').filter({hasText: '要注意：返品の相談中'});
    await alert.getByText('次の注文の前に店長へ確認').waitFor();
    await expectSound(page, 'memo-alert-ja');
    await alert.getByRole('button', {name: '表示をやめる'}).click();
    await alert.waitFor({state: 'detached'});
    await page.reload();
    await tab(page, 'メモ管理').click();
    await page.getByRole('article', {name: '返品の相談中'}).waitFor();
    assert.equal(await alert.count(), 0);
    await page.context().close();
  });

  it('all memos are one page, found by their text, which stays out of the address', async () => {
    const page = await held.open('/memos', {size: {width: 1920, height: 1080}});
    await page.getByRole('heading', {name: 'すべてのメモ'}).waitFor();
    await page.getByRole('link', {name: /試験/}).first().waitFor();
    await expectSound(page, 'memos-all-ja-1920');
    await box(page, 'メモの件名・内容').fill('店長');
    await page.keyboard.press('Enter');
    await page.getByText('次の注文の前に店長へ確認').waitFor();
    await page.getByText('夜に電話する。').waitFor({state: 'detached'});
    assert.ok(!decodeURIComponent(page.url()).includes('店長'));
    await page.getByText('要注意のみ').click();
    await page.getByText('当てはまるメモはありません').waitFor();
    assert.match(page.url(), /alert=1/);
    await page.context().close();
  });

  it('FEATURES 77: the record of consent tells when, how and on what ground, and takes a new entry', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page, {newsletter: true});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '同意の記録'}).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row').filter({hasText: 'メルマガ購読'}).getByText('同意').waitFor();
    await dialog.getByText('拒否', {exact: true}).click();
    await box(dialog, '根拠・理由').fill('電話で本人が希望');
    await dialog.getByRole('button', {name: '記録する'}).click();
    await dialog.getByRole('row').filter({hasText: '電話で本人が希望'}).getByText('拒否').waitFor();
    await expectSound(page, 'consent-ja');
    await page.context().close();
  });

  it('a coupon is made, granted to a customer and taken back; FEATURES 49: its uses are listed', async () => {
    const page = await held.open('/coupons');
    await page.getByRole('button', {name: 'クーポンを追加'}).click();
    const form = page.getByRole('dialog');
    await box(form, 'クーポン名').fill('お詫びの500円引き');
    await box(form, 'クーポンコード').fill('ｏwabi-500');
    await form.getByRole('textbox', {name: '割引額'}).fill('500');
    await form.getByText('顧客限定にする').click();
    await expectSound(page, 'coupon-form-ja');
    await form.getByRole('button', {name: '保存'}).click();
    const row = page.getByRole('row').filter({hasText: 'OWABI-500'});
    await row.getByText('¥500引き').waitFor();
    await row.getByText('未発行').waitFor();
    await expectSound(page, 'coupons-ja-1280');

    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}/coupons`);
    await page.getByText('付与されたクーポンはありません。').waitFor();
    await page.getByRole('button', {name: 'クーポンを付与'}).click();
    await page.getByRole('textbox', {name: 'クーポン', exact: true}).or(page.getByRole('combobox', {name: 'クーポン', exact: true})).first().click();
    await page.getByRole('option', {name: /お詫びの500円引き/}).click();
    await page.getByRole('button', {name: '付与する'}).click();
    const grant = page.getByRole('row').filter({hasText: 'OWABI-500'});
    await grant.getByText('利用可能').waitFor();
    const {body: {items}} = await held.desk.api(page, 'GET', '/coupons?text=owabi');
    const used = await held.desk.api(page, 'POST', `/coupons/${items[0].id}/uses`, {customer: customer.id, order_number: '1000000042', amount: 500});
    assert.equal(used.status, 201, JSON.stringify(used.body));
    await page.reload();
    const use = page.getByRole('row').filter({hasText: '1000000042'});
    await use.getByText('¥500').waitFor();
    await expectSound(page, 'customer-coupons-ja');
    await use.getByRole('button', {name: /^キャンセル/}).click();
    await page.getByRole('button', {name: '利用をキャンセルする'}).click();
    await use.getByText('キャンセル済み').waitFor();
    await grant.getByRole('button', {name: /^取り消す/}).click();
    await grant.getByText('取り消し', {exact: true}).waitFor();
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await grant.getByText('利用可能').waitFor();
    await page.context().close();
  });

  it('FEATURES 36: a coupon is granted to those ticked in the list; a re-run adds none', async () => {
    const page = await held.open('/customers');
    const give = async () => {
      await page.getByRole('button', {name: 'クーポンを付与'}).click();
      await page.getByRole('textbox', {name: 'クーポン', exact: true}).or(page.getByRole('combobox', {name: 'クーポン', exact: true})).first().click();
      await page.getByRole('option', {name: /お詫びの1,000円引き/}).click();
      await page.getByRole('button', {name: '付与する'}).click();
    };
    await makeCustomer(held, page);
    await page.reload();
    await page.getByRole('row').filter({hasText: '試験'}).first().getByRole('checkbox').check();
    await give();
    await page.getByText('1人に付与しました').waitFor();
    await give();
    await page.getByText('すでに全員が持っています').waitFor();
    await page.context().close();
  });

  it('are sound in English, dark and wide, and a viewer only reads', async () => {
    const owner = await held.open('/');
    const customer = await makeCustomer(held, owner);
    await held.desk.api(owner, 'POST', `/customers/${customer.id}/memos`, {body: 'Pinned and long. '.repeat(40), pinned: true, alert: true});
    await owner.context().close();
    const page = await held.open('/', {login: 'viewer', language: 'en', scheme: 'dark', size: {width: 1920, height: 1080}});
    for (const [path, name] of [[`/customers/${customer.id}/memos`, 'memos'], [`/customers/${customer.id}/coupons`, 'customer-coupons'], ['/coupons', 'coupons'], ['/memos', 'memos-all']]) {
      await page.goto(path);
      await page.locator('[aria-busy="true"]').first().waitFor({state: 'detached'});
      await page.waitForLoadState('networkidle');
      await expectSound(page, `${name}-en-dark-1920`);
    }
    await page.goto(`/customers/${customer.id}/memos`);
    await page.getByRole('article').first().waitFor();
    assert.equal(await page.getByRole('button', {name: 'Add a memo'}).count(), 0);
    assert.equal(await page.getByRole('button', {name: 'Stop showing'}).count(), 0);
    await page.context().close();
  });
});
