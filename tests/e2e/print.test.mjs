// 印刷: customer card, call sheet and address labels.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, shoot} from './support/desk.mjs';

atTheDesk('Printing', (held) => {
  const sheet = (page, name) => page.getByRole('article', {name});

  it('U9, U20: the parts chosen are what is on paper, with 様 for a person and 御中 for a company', async () => {
    const page = await held.open('/customers');
    const place = {postal_code: '1500001', prefecture: 13, city: '渋谷区', street: '神宮前1-2-3'};
    const customer = await makeCustomer(held, page, {family_name: '髙橋', given_name: '花子', family_kana: 'タカハシ', company: '（株）緑茶', department: '営業部', ...place, alert: '留守番電話には残さない'});
    await held.desk.api(page, 'POST', `/customers/${customer.id}/addresses`, {label: '倉庫', company: '㈱緑茶', department: '物流部', ...place, street: '千駄ヶ谷4-5-6'});
    await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: '電話', body: '午後に', alert: true});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '印刷', exact: true}).click();
    await sheet(page, '顧客カード').getByRole('heading', {name: '髙橋 花子 様'}).waitFor();
    await expectSound(page, 'print-card-ja-1280');
    await page.getByRole('checkbox', {name: '電話対応シート'}).check();
    await page.getByRole('checkbox', {name: '宛名ラベル'}).check();
    const call = sheet(page, '電話対応シート');
    for (const text of ['03-1234-5678', '留守番電話には残さない', '要注意：電話']) await call.getByText(text).first().waitFor();
    const labels = sheet(page, '宛名ラベル');
    await labels.getByText('髙橋 花子 様').waitFor();
    await labels.getByText('物流部 御中').waitFor();
    assert.equal(await labels.getByText('株式会社緑茶').count(), 2);
    assert.equal(await labels.getByText(/御中/).count(), 1);
    assert.match(page.url(), /parts=card%2Ccall%2Clabel/);
    await page.getByRole('textbox', {name: '使い始めるラベルの位置'}).fill('３');
    assert.equal(await labels.locator('> div').count(), 4);
    await page.getByRole('checkbox', {name: '倉庫'}).uncheck();
    assert.equal(await labels.locator('> div').count(), 3);
    await expectSound(page, 'print-all-ja-1280');
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.getByRole('button', {name: '印刷する'}).isVisible(), false);
    assert.equal(await page.getByRole('navigation').first().isVisible(), false);
    await shoot(page, 'print-paper-ja');
    const pdf = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 3, 'a page for each part');
    await page.context().close();
  });

  it('shows no more than the reader sees, and the last orders only to who may see orders', async () => {
    const page = await held.open('/customers');
    const found = await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'purchase_count', op: 'at_least', value: 1}, columns: ['number'], limit: 1});
    const id = found.body.items[0].id;
    await page.goto(`/customers/${id}/print?parts=call`);
    await sheet(page, '電話対応シート').getByRole('columnheader', {name: '受注番号'}).waitFor();
    await page.context().close();
    const viewer = await held.open(`/customers/${id}/print?parts=card,call,label`, {login: 'viewer', language: 'en', size: {width: 1920, height: 1080}, scheme: 'dark'});
    await sheet(viewer, 'Customer card').waitFor();
    await viewer.getByText('You may not see contact data').waitFor();
    assert.equal(await sheet(viewer, 'Address labels').count(), 0);
    await expectSound(viewer, 'print-viewer-en-1920-dark');
    await viewer.context().close();
  });
});
