import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

atTheDesk('The past of a customer', (held) => {
  // Somebody who was made, moved and called by another name.
  async function livedThrough(page) {
    const {id} = await makeCustomer(held, page, {prefecture: 13, city: '渋谷区', memo: '古いメモ'});
    const change = async (version, data) => {
      const answer = await held.desk.api(page, 'PATCH', `/customers/${id}`, data, {'If-Match': `"${version}"`});
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    };
    await change(1, {phone: '0612345678', memo: '新しいメモ'});
    await held.desk.api(page, 'POST', `/customers/${id}/addresses`, {label: '実家', family_name: '試験', prefecture: 1, city: '札幌市'});
    await change(2, {family_name: '改姓', prefecture: 27, city: '北区'});
    return id;
  }

  it('is one stream with day headings, filters and ways to what happened', async () => {
    const page = await held.open('/customers');
    const id = await livedThrough(page);
    await page.goto(`/customers/${id}`);
    await page.getByRole('tab', {name: 'タイムライン'}).click();
    const stream = page.getByRole('region', {name: 'この顧客の出来事'});
    await stream.getByText('顧客の変更: 姓・都道府県・市区町村').waitFor();
    await stream.getByText('お届け先の登録').waitFor();
    assert.equal(await stream.getByRole('heading', {level: 2}).count(), 1);
    await expectSound(page, 'timeline-ja-1280');
    await stream.getByRole('button', {name: 'お届け先'}).click();
    await stream.getByText('顧客の登録').waitFor({state: 'detached'});
    assert.equal(await stream.getByRole('button', {name: 'お届け先'}).getAttribute('aria-pressed'), 'true');
    await stream.getByRole('button', {name: '受注', exact: true}).click();
    await stream.getByRole('button', {name: 'お届け先'}).click();
    await stream.getByText('選んだ種類の出来事はありません').waitFor();
    await stream.getByRole('button', {name: 'すべて'}).click();
    await stream.getByRole('link', {name: '顧客の登録'}).click();
    await page.waitForURL(/\/operations\/\d+$/);
    await page.context().close();
  });

  it('stands beside the tabs on a wide screen, in English as well', async () => {
    const page = await held.open('/customers', {size: {width: 1920, height: 1080}, language: 'en'});
    const id = await livedThrough(page);
    await page.goto(`/customers/${id}`);
    await page.getByRole('complementary', {name: 'Timeline'}).getByText('Delivery address added').waitFor();
    assert.equal(await page.getByRole('tab', {name: 'Timeline'}).count(), 0);
    await expectSound(page, 'timeline-en-1920');
    // Somebody of the demo shop, with orders.
    await page.goto('/customers/7');
    await page.getByRole('complementary', {name: 'Timeline'}).getByRole('button', {name: 'Orders'}).waitFor();
    await expectSound(page, 'timeline-orders-en-1920');
    await page.context().close();
  });

  it('shows the record as it was, and gives single values back', async () => {
    const page = await held.open('/customers');
    const id = await livedThrough(page);
    await page.goto(`/customers/${id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '過去の状態を見る'}).click();
    await page.waitForURL(`**/customers/${id}/past?at=*`); // the moment itself, from the start
    const slider = page.getByRole('slider', {name: '変更のあった時点'});
    await slider.waitFor();
    await page.getByRole('status').filter({hasText: '今と違う項目'}).waitFor();
    // By the keyboard to the beginning: nothing lies before it.
    await slider.focus();
    await page.keyboard.press('Home');
    const phone = page.getByRole('row').filter({has: page.getByRole('rowheader', {name: '電話番号', exact: true})});
    await phone.getByRole('cell', {name: '03-1234-5678'}).waitFor();
    await phone.getByRole('cell', {name: '06-1234-5678'}).waitFor();
    assert.ok(await page.getByRole('button', {name: '前の変更'}).isDisabled());
    await page.getByText('お届け先はありません').waitFor();
    await expectSound(page, 'past-ja-1280');
    await page.getByRole('switch', {name: '今と違う項目だけを表示'}).check();
    await page.getByRole('rowheader', {name: '顧客番号'}).waitFor({state: 'detached'});
    await page.getByRole('button', {name: '電話番号をこの値に戻す'}).click();
    await page.getByText(/電話番号を.*の値に戻しました/).waitFor();
    await page.getByRole('rowheader', {name: '電話番号', exact: true}).waitFor({state: 'detached'});
    await page.getByRole('button', {name: '氏名をこの値に戻す'}).click();
    await page.getByRole('heading', {name: /^試験 花子/}).waitFor();
    // The slider has the new moments, too.
    await page.keyboard.press('Escape');
    await page.getByRole('link', {name: '今の状態に戻る'}).click();
    await page.getByRole('tab', {name: '変更履歴'}).click();
    await page.getByRole('article').filter({hasText: '過去の値に戻す'}).first().waitFor();
    await expectSound(page, 'history-ja-1280');
    await page.context().close();
  });

  it('can be asked for at any moment; before the first write there is nobody', async () => {
    const page = await held.open('/customers', {language: 'en'});
    const id = await livedThrough(page);
    await page.goto(`/customers/${id}/past`);
    await page.getByLabel('Date and time', {exact: true}).fill('2001-02-03T04:05:06');
    await page.getByRole('button', {name: 'Show', exact: true}).click();
    await page.getByText('There was no such customer yet').waitFor();
    await expectSound(page, 'past-not-yet-en-1280');
    await page.context().close();
  });

  it('begins with the registration, whether a change tells of it or not; the keyboard steps and the address keeps the moment', async () => {
    const page = await held.open('/customers');
    const {body} = await held.desk.api(page, 'GET', '/customers/7'); // of the demo shop: came in as a whole
    const registered = body.created_at.slice(0, 10).replaceAll('-', '/');
    const changed = await held.desk.api(page, 'PATCH', '/customers/7', {memo: 'あとから'}, {'If-Match': '*'});
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    await page.goto('/customers/7/past');
    const slider = page.getByRole('slider', {name: '変更のあった時点'});
    await slider.waitFor();
    assert.equal(await slider.getAttribute('max'), '1');
    await page.getByText(`${registered} `, {exact: false}).first().waitFor();
    await slider.focus();
    await page.keyboard.press('End');
    await page.waitForURL((url) => url.searchParams.get('at') === changed.body.updated_at);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL((url) => url.searchParams.get('at') === body.created_at);
    assert.match(await slider.getAttribute('aria-valuetext'), new RegExp(`^${registered} .* 登録$`));
    await page.getByRole('status').filter({hasText: '今と違う項目'}).waitFor();
    await expectSound(page, 'past-beginning-ja-1280');
    // Whoever gets the address sees the same moment; before the registration there is nobody yet.
    await page.reload();
    await slider.waitFor();
    assert.equal(await slider.inputValue(), '0');
    const day = page.getByLabel('日時を指定', {exact: true});
    await day.fill('1999/01/01');
    await page.getByRole('button', {name: '表示', exact: true}).click();
    await page.getByText('この時点では、まだ登録されていません').waitFor();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'この時点では、まだ登録されていません');
    await page.context().close();
    const english = await held.open('/customers/7/past', {language: 'en', size: {width: 1920, height: 1080}});
    await english.getByRole('slider').waitFor();
    await expectSound(english, 'past-beginning-en-1920');
    await english.context().close();
  });

  it('who may only look gets no acts and sees contact data masked', async () => {
    const owner = await held.open('/customers');
    const id = await livedThrough(owner);
    await owner.context().close();
    const page = await held.open(`/customers/${id}/past`, {login: 'viewer'});
    await page.getByRole('slider', {name: '変更のあった時点'}).waitFor();
    await page.getByRole('status').filter({hasText: '今と違う項目'}).waitFor();
    await page.getByRole('cell', {name: '*****'}).first().waitFor();
    assert.equal(await page.getByRole('button', {name: /この値に戻す/}).count(), 0);
    await page.context().close();
  });
});
