import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';

atTheDesk('Masters', (held) => {
  const rowOf = (page, name) => page.getByRole('row').filter({has: page.getByText(name, {exact: true})});
  const namesOf = async (page) => (await page.locator('tbody tr td:nth-child(2)').allInnerTexts()).map((text) => text.split('\n')[0]);
  const choose = async (page, name, act) => {
    await page.getByRole('button', {name: `操作: ${name}`, exact: true}).click();
    await page.getByRole('menuitem', {name: act}).click();
  };
  const master = async (page, path, name) => (await held.desk.api(page, 'GET', `${path}?limit=200`)).body.items.find((row) => row.name === name);

  it('FEATURES 111: a label is added, renamed, put in another place by the keyboard, and each act is taken back', async () => {
    const page = await held.open('/settings/labels');
    await page.getByRole('button', {name: '顧客ラベルを追加'}).click();
    const name = page.getByRole('dialog').getByRole('textbox', {name: '名前'});
    await compose(page, name, ['じょう', 'じょうれん'], '常連');
    await page.getByRole('dialog').getByRole('textbox', {name: '色'}).fill('#1971c2');
    await expectSound(page, 'master-form');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('「常連」を保存しました').waitFor();
    assert.equal((await master(page, '/labels', '常連')).color, '#1971c2');

    const before = await namesOf(page);
    await page.getByRole('button', {name: /「常連」の順序/}).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.getByText('並び順を保存しました').waitFor();
    const moved = await namesOf(page);
    assert.equal(moved.indexOf('常連'), before.indexOf('常連') - 2);
    assert.deepEqual((await held.desk.api(page, 'GET', '/labels?limit=200')).body.items.map((row) => row.name), moved);
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await page.getByText('元に戻しました').first().waitFor();
    await page.waitForFunction((expected) => document.querySelectorAll('tbody tr td:nth-child(2)')[expected.at]?.textContent.startsWith('常連'), {at: before.indexOf('常連')});

    await choose(page, '常連', '編集');
    await name.fill('VIP');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByRole('dialog').getByText(/同じ|すでに/).first().waitFor();
    await name.fill('上得意');
    await page.getByRole('button', {name: '保存'}).click();
    await rowOf(page, '上得意').waitFor();
    await choose(page, '上得意', '削除する');
    await page.getByRole('dialog').getByRole('button', {name: '削除する'}).click();
    await page.getByText('「上得意」を削除しました').waitFor();
    await rowOf(page, '上得意').waitFor({state: 'detached'});
    await page.context().close();
  });

  it('two edits of one label at once: the later one sees both values and chooses', async () => {
    const page = await held.open('/settings/labels');
    const {id, version} = await master(page, '/labels', '休眠');
    await choose(page, '休眠', '編集');
    const form = page.getByRole('dialog', {name: '顧客ラベルの編集'});
    await form.getByRole('textbox', {name: '名前'}).fill('長く休眠');
    await form.getByRole('textbox', {name: '色'}).fill('#1971c2');
    const theirs = await held.desk.api(page, 'PATCH', `/labels/${id}`, {name: 'しばらく休眠'}, {'If-Match': `"${version}"`});
    assert.equal(theirs.status, 200, JSON.stringify(theirs.body));
    await form.getByRole('button', {name: '保存'}).click();
    const dialog = page.getByRole('dialog', {name: '別の人が先に変更しました'});
    await dialog.getByRole('radio', {name: /あなたの値: 長く休眠/}).waitFor();
    await expectSound(page, 'master-stale');
    await dialog.getByRole('radio', {name: /今の値.*: しばらく休眠/}).check();
    await dialog.getByRole('button', {name: '選んだ値で保存する'}).click();
    await page.getByText('「しばらく休眠」を保存しました').waitFor();
    const now = await master(page, '/labels', 'しばらく休眠');
    assert.equal(now.color, '#1971c2');
    await held.desk.api(page, 'PATCH', `/labels/${id}`, {name: '休眠'}, {'If-Match': `"${now.version}"`});
    await page.context().close();
  });

  it('FEATURES 81: deleting a label that customers hold says how many and asks what becomes of them; the count leads to them', async () => {
    const page = await held.open('/settings/labels');
    const {members} = await master(page, '/labels', 'モニター');
    assert.ok(members > 0);
    const count = page.getByRole('button', {name: /「モニター」を使っている顧客/});
    assert.equal(await count.innerText(), `${members}件`);
    await count.click();
    await page.waitForURL(/\/customers\?s=/);
    await page.getByText(`${members}件`).first().waitFor();
    await page.goBack();
    await choose(page, 'モニター', '削除する');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`顧客 ${members}件が「モニター」を使っています。`).waitFor();
    assert.ok(await dialog.getByRole('button', {name: '削除する'}).isDisabled());
    await expectSound(page, 'master-delete');
    await dialog.getByRole('radio', {name: 'ほかの顧客ラベルに付け替える'}).check();
    await dialog.getByLabel('付け替え先').first().click();
    await page.getByRole('option', {name: '休眠'}).click();
    await dialog.getByRole('button', {name: '削除する'}).click();
    await page.getByText('「モニター」を削除しました').waitFor();
    await rowOf(page, 'モニター').waitFor({state: 'detached'});
    assert.equal(await master(page, '/labels', 'モニター'), undefined);
    await page.context().close();
  });

  it('FEATURES 84: the code of a special type that customers hold cannot be typed, and the type not be deleted', async () => {
    const page = await held.open('/settings/special-types');
    const [used] = (await held.desk.api(page, 'GET', '/special-types')).body.items;
    const made = await held.desk.api(page, 'POST', '/customers', {family_name: '社員', status: 'member', special_type: used.id});
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await page.reload();
    await choose(page, used.name, '編集');
    assert.equal(await page.getByRole('textbox', {name: 'コード'}).getAttribute('readonly'), '');
    await page.keyboard.press('Escape');
    await choose(page, used.name, '削除する');
    await page.getByText('使っている顧客がいる間は削除できません').waitFor();
    await page.context().close();
  });

  it('FEATURES 84: what a special type excepts from its barred payment methods is typed in its form', async () => {
    const page = await held.open('/settings/special-types');
    await choose(page, '卸先', '編集');
    const form = page.getByRole('dialog');
    await form.getByRole('switch', {name: '利用不可決済除外設定'}).click();
    const products = form.getByRole('combobox', {name: '除外商品'});
    for (const number of ['TEA-002', 'TEA-001']) {
      await products.fill(number);
      await products.press('Enter');
    }
    await form.getByRole('textbox', {name: '分類'}).fill('卸売業者');
    await expectSound(page, 'special-type-form');
    await form.getByRole('button', {name: '保存'}).click();
    await page.getByText('「卸先」を保存しました').waitFor();
    await rowOf(page, '卸先').getByText('TEA-001、TEA-002').waitFor();
    const row = await master(page, '/special-types', '卸先');
    assert.deepEqual([row.payment_exception, row.excepted_products, row.category], [true, ['TEA-001', 'TEA-002'], '卸売業者']);
    await page.context().close();
  });

  it('FEATURES 87: a reason in use is retired instead of deleted', async () => {
    const page = await held.open('/settings/block-reasons');
    const used = (await held.desk.api(page, 'GET', '/block-reasons')).body.items.find((reason) => reason.members > 0);
    assert.ok(used, 'the demo shop has a blocked customer');
    await choose(page, used.name, '削除する');
    await page.getByRole('button', {name: '使用終了にする'}).click();
    await rowOf(page, used.name).getByText('使用終了').waitFor();
    assert.equal((await master(page, '/block-reasons', used.name)).retired, true);
    await page.context().close();
  });

  it('FEATURES 128: another group is made the default; the default cannot be deleted', async () => {
    const page = await held.open('/settings/groups');
    await choose(page, '友の会', '既定にする');
    await rowOf(page, '友の会').getByText('既定').waitFor();
    assert.equal(await page.getByText('既定', {exact: true}).count(), 1);
    await choose(page, '友の会', '削除する');
    await page.getByText('既定グループは削除できません').waitFor();
    await page.getByRole('dialog').getByRole('button', {name: '閉じる'}).last().click();
    await choose(page, '一般', '既定にする');
    await rowOf(page, '一般').getByText('既定').waitFor();
    await page.context().close();
  });

  it('FEATURES 129: customers move between the two lists by keyboard alone, and the counts follow', async () => {
    const page = await held.open('/settings/groups');
    const {id, members} = await master(page, '/groups', '卸売');
    await page.goto(`/settings/groups/${id}/members`);
    const outside = page.getByRole('listbox', {name: '所属していない顧客'}), inside = page.getByRole('listbox', {name: '所属している顧客'});
    await outside.getByRole('option').first().waitFor();
    await expectSound(page, 'mover-ja');
    await outside.focus();
    const chosen = [await outside.getByRole('option').nth(0).locator('span').first().innerText(), await outside.getByRole('option').nth(2).locator('span').first().innerText()];
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Space', 'ArrowRight']) await page.keyboard.press(key);
    await page.getByText('2件を追加しました').waitFor();
    await inside.getByText(chosen[0]).waitFor();
    await inside.getByText(chosen[1]).waitFor();
    assert.equal((await held.desk.api(page, 'GET', `/groups/${id}`)).body.members, members + 2);
    await page.getByText(`${members + 2}件`, {exact: true}).waitFor();

    const search = page.getByRole('textbox', {name: '所属している顧客を検索'});
    await search.fill(chosen[1]);
    await page.waitForFunction(() => document.querySelectorAll('[role=listbox]')[1].children.length === 1);
    await search.press('ArrowDown');
    for (const key of ['Space', 'ArrowLeft']) await page.keyboard.press(key);
    await page.getByText('1件を外しました').waitFor();
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await page.getByText('元に戻しました').first().waitFor();
    assert.equal((await held.desk.api(page, 'GET', `/groups/${id}`)).body.members, members + 2);
    await page.context().close();
  });

  it('show a viewer what there is, and no way to change it', async () => {
    const page = await held.open('/settings/groups', {login: 'viewer'});
    await rowOf(page, '友の会').waitFor();
    assert.equal(await page.getByRole('button', {name: '顧客グループを追加'}).count(), 0);
    assert.equal(await page.getByRole('button', {name: /操作/}).count(), 0);
    await expectSound(page, 'groups-viewer');
    await page.context().close();
  });
});
