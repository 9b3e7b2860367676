import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';

const record = async (page) => page.getByRole('tab', {name: '基本情報'}).waitFor();
const section = (page, name) => page.getByRole('region', {name});

atTheDesk('Membership', (held) => {
  let made = 0;
  const create = async (page, values) => {
    const number = String(++made);
    await page.goto('/customers/new');
    await page.getByRole('textbox', {name: '姓', exact: true}).fill(`会員${number}`);
    for (const [name, value] of Object.entries(values.texts ?? {})) await page.getByRole('textbox', {name, exact: true}).fill(value);
    if (values.status) {
      await page.getByRole('combobox', {name: 'ステータス'}).click();
      await page.getByRole('option', {name: values.status, exact: true}).click();
    }
    await page.getByRole('button', {name: '登録する'}).click();
    await record(page);
  };

  it('FEATURES 80, 74: several groups and a level are set by the form, the group asked for only once', async () => {
    const page = await held.open('/');
    await create(page, {status: '会員'});
    await page.getByRole('button', {name: '会員情報を編集'}).click();
    const form = page.getByRole('form', {name: /会員情報/});
    await form.getByRole('button', {name: '顧客グループ追加'}).click();
    await form.getByRole('combobox', {name: '顧客グループ 2'}).click();
    assert.equal(await page.getByRole('option', {name: '一般', exact: true}).count(), 0);
    await page.getByRole('option', {name: '友の会', exact: true}).click();
    await form.getByRole('combobox', {name: '会員レベル'}).click();
    await page.getByRole('option', {name: 'ゴールド', exact: true}).click();
    await expectSound(page, 'membership-form-ja');
    await form.getByRole('button', {name: '保存'}).click();
    await section(page, '会員情報').getByText('一般、友の会').waitFor();
    await section(page, '会員情報').getByText(/判定すると/).waitFor();
    await page.getByRole('button', {name: /会員レベル ゴールド/}).click();
    await page.getByRole('dialog').getByText(/判定すると/).waitFor();
    await expectSound(page, 'membership-level-why-ja');
    await page.context().close();
  });

  it('FEATURES 60, 61: members have the block, who is none 「非会員」, and who has left the day of it', async () => {
    const page = await held.open('/');
    await create(page, {status: 'ゲスト'});
    const block = section(page, '会員情報');
    await block.getByText('非会員').waitFor();
    for (const name of ['会員ID', '会員レベル', '保有ポイント']) assert.equal(await block.getByText(name, {exact: true}).count(), 0);
    await create(page, {status: '仮会員'});
    await section(page, '会員情報').getByText('仮会員').waitFor();
    await section(page, '会員情報').getByText('会員ID').waitFor();
    assert.equal(await section(page, '会員情報').getByText('会員レベル', {exact: true}).count(), 0);
    await create(page, {status: '会員'});
    for (const name of ['会員ID', '会員レベル', '登録日', '最終更新日']) await section(page, '会員情報').getByText(name, {exact: true}).first().waitFor();
    const id = new URL(page.url()).pathname.split('/')[2];
    assert.equal((await held.desk.api(page, 'POST', `/customers/${id}/withdraw`, {})).status, 200);
    await page.reload();
    await section(page, '会員情報').getByText('退会日').waitFor();
    await page.context().close();
  });

  it('FEATURES 86, 110: the reasons wake with はい, are asked for, and mark record, look-alike and list', async () => {
    const page = await held.open('/');
    const texts = {名: '似人', 郵便番号: '9896712', 電話番号: '0355557777'};
    await create(page, {status: '会員', texts});
    const name = await page.getByRole('heading', {level: 1}).innerText();
    await page.getByRole('button', {name: '配信・対応を編集'}).click();
    const form = page.getByRole('form', {name: /配信・対応/});
    assert.equal(await form.getByRole('combobox', {name: 'ブロック理由'}).isDisabled(), true);
    await form.getByRole('checkbox', {name: 'ブロックリスト'}).check();
    await form.getByRole('button', {name: '保存'}).click();
    await form.getByText('ブロックリストに登録する理由を1つ以上選んでください。').waitFor();
    await form.getByRole('combobox', {name: 'ブロック理由'}).click();
    await page.getByRole('option', {name: '受取拒否'}).click();
    await form.getByRole('button', {name: '保存'}).click();
    await page.getByText('ブロックリストに登録されています。').waitFor();
    await page.getByText(/ownerが登録/).waitFor();
    await expectSound(page, 'membership-blocked-ja');
    await page.goto('/customers');
    await page.getByRole('row', {name: new RegExp(name)}).getByText('ブロック', {exact: true}).waitFor();
    await create(page, {status: '会員', texts});
    await page.getByText('ブロックリストの顧客に似ています（1人）').waitFor();
    await expectSound(page, 'membership-alike-ja');
    await page.context().close();
  });

  it('FEATURES 76: a judging is looked at first, then applied', async () => {
    const page = await held.open('/settings/level-judging', {size: {width: 1920, height: 1080}});
    await page.getByRole('button', {name: '判定を確かめる'}).click();
    await page.getByRole('table', {name: 'レベルごとの人数'}).waitFor();
    await expectSound(page, 'membership-judging-ja-1920');
    await page.getByRole('button', {name: 'この結果を反映する'}).click();
    await page.getByRole('dialog').getByRole('button', {name: '反映する'}).click();
    await page.getByText(/人のレベルを変えました/).waitFor();
    await page.context().close();
    const english = await held.open('/settings/level-judging', {language: 'en'});
    await english.getByRole('button', {name: 'See who would move'}).click();
    await english.getByText('Nobody moves').waitFor();
    await expectSound(english, 'membership-judging-en');
    await english.context().close();
  });
});
