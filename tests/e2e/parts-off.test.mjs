import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const kParts = ['labels', 'levels', 'special_types', 'block_list', 'points', 'coupons'];

atTheDesk('Parts that are switched off', (held) => {
  const put = async (page, on) => {
    const {status} = await held.desk.api(page, 'PATCH', '/settings/features', Object.fromEntries(kParts.map((part) => [part, on])), {'If-Match': '*'});
    assert.equal(status, 200);
  };

  it('FEATURES 54: are gone from record, list, conditions, settings and menu, and come back; the past still names them', async () => {
    const page = await held.open('/customers');
    const {body: catalogue} = await held.desk.api(page, 'GET', '/catalogue');
    const label = catalogue.fields.find(({key}) => key === 'labels').options[0];
    const customer = await makeCustomer(held, page, {labels: [label.value]});
    await page.goto(`/customers/${customer.id}`);
    await page.getByText(label.labels.ja).first().waitFor();
    await page.getByRole('tab', {name: 'ポイント履歴'}).waitFor();
    await put(page, false);
    try {
      await page.reload();
      await page.getByRole('tab', {name: '基本情報'}).waitFor();
      for (const name of ['ポイント履歴', 'クーポン履歴']) assert.equal(await page.getByRole('tab', {name}).count(), 0, name);
      for (const name of ['顧客ラベル', '会員レベル', '特殊会員種別', 'ブロックリスト', 'ブロック理由', '保有ポイント', label.labels.ja]) {
        assert.equal(await page.getByText(name, {exact: true}).count(), 0, name);
      }
      await expectSound(page, 'parts-off-record-ja');
      await page.goto(`/customers/${customer.id}/history`);
      await page.getByRole('rowheader', {name: '顧客ラベル（使用終了）'}).waitFor();
      await page.goto('/customers');
      await page.locator('tbody tr').first().waitFor();
      await expectSound(page, 'parts-off-list-ja');
      await page.getByRole('button', {name: /詳細条件/}).click();
      assert.equal(await page.getByText('顧客ラベル', {exact: true}).count(), 0);
      assert.equal(await page.getByRole('link', {name: 'クーポン'}).count(), 0);
      await page.goto('/settings/options');
      await page.getByRole('region', {name: '機能の使用'}).waitFor();
      for (const name of ['会員レベル', '特殊会員種別', 'ブロック理由', 'ポイント区分']) assert.equal(await page.getByRole('link', {name, exact: true}).count(), 0, name);
      await expectSound(page, 'parts-off-settings-ja');
    } finally {
      await put(page, true);
    }
    await page.goto(`/customers/${customer.id}`);
    await page.getByText(label.labels.ja).first().waitFor();
    await page.getByRole('tab', {name: 'ポイント履歴'}).waitFor();
    await page.context().close();
  });
});
