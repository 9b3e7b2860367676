import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';
import {search, total} from './support/list.mjs';

const settled = async (page) => {
  await page.getByText(/件中 /).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({state: 'detached'});
};
const dialog = (page) => page.getByRole('dialog', {name: '検索条件の呼び出し'});
async function callUp(page, scope) {
  await page.getByRole('button', {name: '検索条件の呼び出し'}).click();
  await dialog(page).waitFor();
  if (scope) await choose(page, scope);
}
async function choose(page, scope) {
  await dialog(page).getByRole('combobox', {name: '共有範囲'}).click();
  await page.getByRole('option', {name: scope, exact: true}).click();
}
const listed = async (page) => (await dialog(page).getByRole('button', {name: /で検索する$/}).allInnerTexts()).map((name) => name.trim());
async function save(page, name) {
  await dialog(page).getByRole('textbox', {name: '検索条件名', exact: true}).fill(name);
  await dialog(page).getByRole('button', {name: '保存', exact: true}).click();
  await page.getByText(`「${name}」を保存しました`).waitFor();
}
const findInBox = (page, words) =>
  search(page, async () => {
    await page.getByRole('textbox', {name: '検索語'}).fill(words);
    await page.keyboard.press('Enter');
  });
async function untilListed(page, names) {
  await dialog(page)
    .locator('ul')
    .filter({has: page.getByRole('button', {name: `「${names[0]}」で検索する`})})
    .first()
    .waitFor();
  assert.deepEqual(await listed(page), names);
}

atTheDesk('Saved searches', (held) => {
  let group;

  before(async () => {
    const page = await held.open('/customers');
    const people = (await held.desk.api(page, 'GET', '/staff')).body.items.filter(({login}) => ['owner', 'viewer'].includes(login));
    group = (await held.desk.api(page, 'POST', '/member-groups', {name: '受注チーム', members: people.map(({id}) => id)})).body;
    await page.context().close();
  });

  it('keep conditions, columns, order and height of rows, and one click brings them back (B22, B26, B29)', async () => {
    const page = await held.open('/customers');
    await settled(page);
    await callUp(page);
    await dialog(page).getByText('保存した検索条件はまだありません').waitFor();
    await expectSound(page, 'saved-empty');
    await page.keyboard.press('Escape');
    await findInBox(page, '田');
    await search(page, () => page.getByRole('button', {name: 'フリガナ', exact: true}).click());
    const found = await total(page);
    await callUp(page);
    const name = dialog(page).getByRole('textbox', {name: '検索条件名', exact: true});
    await compose(page, name, ['ｔ', 'た', 'たなか'], '田の付く人');
    assert.equal(await name.inputValue(), '田の付く人');
    await page.keyboard.press('Enter');
    await page.getByText('「田の付く人」を保存しました').waitFor();
    await page.goto('/customers');
    await settled(page);
    assert.notEqual(await total(page), found);
    await callUp(page);
    await dialog(page).getByRole('button', {name: '「田の付く人」の詳細'}).click();
    await dialog(page).getByText('並び順：フリガナ（昇順）').waitFor();
    await dialog(page).getByText('「田」').first().waitFor();
    await expectSound(page, 'saved-details');
    await search(page, () => dialog(page).getByRole('button', {name: '「田の付く人」で検索する'}).click());
    await page.locator('th[aria-sort="ascending"]').waitFor();
    assert.equal(await total(page), found);
    assert.equal(await page.getByRole('textbox', {name: '検索語'}).inputValue(), '田');
    await page.context().close();
  });

  it('are renamed, overwritten and deleted, each with a way back (B27, B30, B31)', async () => {
    const page = await held.open('/customers');
    await settled(page);
    await callUp(page);
    await save(page, '変える前');
    await page.keyboard.press('Escape');
    await findInBox(page, '山');
    await callUp(page);
    await dialog(page).getByRole('button', {name: '「変える前」の名前を変更'}).click();
    await page.keyboard.press('Escape'); // ends the renaming, not the dialog
    await dialog(page).getByRole('button', {name: '「変える前」の名前を変更'}).click();
    await page.keyboard.type('変えた後');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('button', {name: '「変えた後」で検索する'}).waitFor();

    await dialog(page).getByRole('button', {name: '「変えた後」を上書き'}).click();
    const confirm = page.getByRole('dialog', {name: '検索条件の上書き'});
    await confirm.getByText('「変えた後」を現在の検索条件で上書きします。').waitFor();
    await expectSound(page, 'saved-overwrite');
    await confirm.getByRole('button', {name: '上書き'}).click();
    await page.getByText('「変えた後」を上書きしました').waitFor();
    await dialog(page).getByRole('button', {name: '「変えた後」の詳細'}).click();
    await dialog(page).getByRole('button', {name: '履歴', exact: true}).click();
    await dialog(page).getByText('前の内容').waitFor();
    await dialog(page).getByText('名前：変える前 → 変えた後').waitFor();

    await dialog(page).getByRole('button', {name: '「変えた後」を削除'}).click();
    await page.getByRole('dialog', {name: '検索条件の削除'}).getByRole('button', {name: '削除'}).click();
    const toast = page.getByRole('alert').filter({hasText: '「変えた後」を削除しました'});
    await dialog(page).getByRole('button', {name: '「変えた後」で検索する'}).waitFor({state: 'detached'});
    await toast.getByRole('button', {name: '元に戻す'}).click();
    await dialog(page).getByRole('button', {name: '「変えた後」で検索する'}).waitFor();
    await page.context().close();
  });

  it('are put in order by keyboard and by dragging (B28)', async () => {
    const page = await held.open('/customers');
    await settled(page);
    await callUp(page, '受注チーム');
    for (const name of ['い', 'ろ', 'は']) await save(page, name);
    await untilListed(page, ['い', 'ろ', 'は']);
    await dialog(page).getByRole('button', {name: '並び替え'}).click();
    await dialog(page).getByRole('button', {name: '「は」を動かす'}).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.getByText('「は」を1番目に動かしました。').waitFor({state: 'attached'});
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), '「は」を動かす（↑↓キー）');
    await expectSound(page, 'saved-order');
    await dialog(page).getByRole('button', {name: '並び替えを保存'}).click();
    await page.getByText('並び順を保存しました').waitFor();
    await untilListed(page, ['は', 'い', 'ろ']);
    await dialog(page).getByRole('button', {name: '並び替え'}).click();
    const items = dialog(page).locator('ol > li');
    await items.filter({hasText: 'ろ'}).dragTo(items.filter({hasText: 'は'}));
    await dialog(page).getByRole('button', {name: '並び替えを保存'}).click();
    await dialog(page).getByRole('button', {name: '並び替え', exact: true}).waitFor();
    await page.reload();
    await settled(page);
    await callUp(page, '受注チーム');
    await untilListed(page, ['ろ', 'は', 'い']);
    await page.context().close();
  });

  it('are shared with a member group until the membership ends (B23, B24, B25, B32)', async () => {
    const owner = await held.open('/customers');
    const viewer = await held.open('/customers', {login: 'viewer'});
    for (const page of [owner, viewer]) await settled(page);
    // By name: words of the one box find the viewer fewer, who may not look into contact data.
    const stored = await held.desk.api(owner, 'POST', '/searches', {condition: {all: [{field: 'family_name', op: 'contains', value: '田'}]}});
    await search(owner, () => owner.goto(`/customers?s=${stored.body.search}`));
    const found = await total(owner);
    await callUp(owner, '受注チーム');
    await save(owner, 'みんなの田');

    await callUp(viewer);
    await dialog(viewer).getByText('保存した検索条件はまだありません').waitFor();
    await choose(viewer, '受注チーム');
    await search(viewer, () => dialog(viewer).getByRole('button', {name: '「みんなの田」で検索する'}).click());
    assert.equal(await total(viewer), found);
    await callUp(viewer, '受注チーム');
    await dialog(viewer).getByRole('button', {name: '「みんなの田」の名前を変更'}).click();
    await viewer.keyboard.type('みんなの田さん');
    await viewer.keyboard.press('Enter');
    await dialog(viewer).getByRole('button', {name: '「みんなの田さん」で検索する'}).waitFor();

    await owner.goto('/settings/member-groups');
    await owner.getByRole('button', {name: '操作: 受注チーム'}).click();
    await owner.getByRole('menuitem', {name: '編集'}).click();
    const form = owner.getByRole('dialog', {name: 'グループの変更'});
    await form.getByRole('listitem').filter({hasText: 'viewer'}).getByRole('button', {name: /外す$/}).click();
    await expectSound(owner, 'member-group-form');
    await form.getByRole('button', {name: '保存'}).click();
    await owner.getByText('メンバーグループを保存しました').waitFor();

    // What the viewer still sees is no longer his to run.
    await dialog(viewer).getByRole('button', {name: '「みんなの田さん」で検索する'}).click();
    await viewer.getByText('保存した検索条件が見つかりません。').waitFor();
    await viewer.reload();
    await settled(viewer);
    await callUp(viewer);
    await dialog(viewer).getByRole('combobox', {name: '共有範囲'}).click();
    await viewer.getByRole('option', {name: '個人用', exact: true}).waitFor();
    assert.equal(await viewer.getByRole('option', {name: '受注チーム'}).count(), 0);
    for (const page of [owner, viewer]) await page.context().close();
  });

  it('go with their group after a warning that names them, and come back with it', async () => {
    const page = await held.open('/settings/member-groups');
    await page.getByText('受注チーム').waitFor();
    await expectSound(page, 'member-groups');
    await page.getByRole('button', {name: '操作: 受注チーム'}).click();
    await page.getByRole('menuitem', {name: '削除'}).click();
    const confirm = page.getByRole('dialog', {name: 'メンバーグループの削除'});
    for (const name of ['い', 'ろ', 'は', 'みんなの田さん']) await confirm.getByText(name, {exact: true}).waitFor();
    await expectSound(page, 'member-group-delete');
    await confirm.getByRole('button', {name: '削除'}).click();
    await page.getByText('メンバーグループはまだありません').waitFor();
    await page.getByRole('alert').filter({hasText: '受注チーム'}).getByRole('button', {name: '元に戻す'}).click();
    await page.getByRole('button', {name: '操作: 受注チーム'}).waitFor();
    const {body} = await held.desk.api(page, 'GET', `/member-groups/${group.id}`);
    assert.deepEqual(body.saved_searches, ['ろ', 'は', 'い', 'みんなの田さん']);
    await page.context().close();
  });

  it('say in English and in the dark what was deleted, and warn', async () => {
    const page = await held.open('/customers', {language: 'en', scheme: 'dark'});
    const saved = await held.desk.api(page, 'POST', '/saved-searches', {scope: 'personal', name: 'Gone', content: {condition: {all: [{field: 'labels', op: 'any_of', value: ['987654321']}]}}});
    assert.equal(saved.status, 201);
    await page.getByRole('button', {name: 'Saved searches'}).click();
    const modal = page.getByRole('dialog', {name: 'Saved searches'});
    await modal.getByRole('button', {name: 'Details of “Gone”'}).click();
    await modal.getByText(/\(deleted\)/).waitFor();
    await modal.getByText('Holds something that was deleted. No customer matches that condition.').waitFor();
    await expectSound(page, 'saved-deleted-en-dark');
    await modal.getByRole('button', {name: 'Search with “Gone”'}).click();
    await page.getByText('No customer matches').waitFor();
    await page.context().close();
  });
});
