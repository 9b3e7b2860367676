// Groups of customers as the shop makes them, and what becomes of their members.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf, dialogOf, field, kEnglish, undo} from './support/record.mjs';

atTheDesk('A group of customers', (held) => {
  const {api, read} = apiOf(held);

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
});
