import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const box = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('Fields of the shop', (held) => {
  it('FEATURES 90: are built with a live preview, and can be put in order by keyboard', async () => {
    const page = await held.open('/settings/form-fields');
    await page.getByText('独自の項目はまだありません').waitFor();
    await expectSound(page, 'form-fields-empty-ja');
    await page.getByRole('button', {name: '項目を追加'}).click();
    const dialog = page.getByRole('dialog', {name: '項目を追加'});
    const preview = dialog.getByRole('region', {name: 'プレビュー'});
    await box(dialog, '項目名（日本語）').fill('服のサイズ');
    await box(dialog, 'キー').fill('ＳＩＺＥ');
    assert.equal(await box(dialog, 'キー').inputValue(), 'size');
    await dialog.getByRole('combobox', {name: '種類'}).click();
    await page.getByRole('option', {name: '選択（1つ）'}).click();
    await box(dialog, '選択肢1（日本語）').fill('小');
    await box(dialog, '選択肢2（日本語）').fill('小');
    await dialog.getByRole('switch', {name: '必須にする'}).click();
    await preview.getByText('服のサイズ').waitFor();
    await preview.getByText('必須').waitFor();
    await dialog.getByRole('button', {name: '保存'}).click();
    await dialog.getByText('同じ値が2回あります。').waitFor();
    await box(dialog, '選択肢2（日本語）').fill('大');
    await preview.getByRole('combobox', {name: '服のサイズ'}).click();
    await page.getByRole('option', {name: '大'}).waitFor();
    await page.keyboard.press('Escape');
    await expectSound(page, 'form-fields-builder-ja');
    await dialog.getByRole('switch', {name: '必須にする'}).click();
    await dialog.getByRole('button', {name: '保存'}).click();
    await page.getByRole('cell', {name: 'x.size'}).waitFor();
    const add = async (label, key, type) => {
      await page.getByRole('button', {name: '項目を追加'}).click();
      await box(dialog, '項目名（日本語）').fill(label);
      await box(dialog, 'キー').fill(key);
      if (type) {
        await dialog.getByRole('combobox', {name: '種類'}).click();
        await page.getByRole('option', {name: type}).click();
      }
      await dialog.getByRole('button', {name: '保存'}).click();
      await page.getByRole('cell', {name: `x.${key}`}).waitFor();
    };
    await add('ペットの名前', 'pet');
    await add('来店日', 'met', '日付');
    await add('規約に同意', 'agreed', 'チェックボックス');
    await add('ご要望', 'wishes', '複数行テキスト');
    await page.getByRole('button', {name: '上へ: ペットの名前'}).press('Enter');
    await page.getByText('「ペットの名前」を1番目に移動しました').waitFor();
    await page.getByRole('row').nth(1).getByText('ペットの名前').waitFor();
    await expectSound(page, 'form-fields-ja');
    await page.context().close();
  });

  it('FEATURES 89: stand on forms and record, in search and history; one in use is retired, and comes back by undo', async () => {
    const page = await held.open('/customers');
    const {id} = await makeCustomer(held, page, {'x.size': 'o1', 'x.wishes': '一行目\n二行目'});
    await page.goto(`/customers/${id}`);
    const section = page.getByRole('region', {name: 'フリーフォーム'});
    await section.getByText('小', {exact: true}).waitFor();
    await section.getByText('二行目').waitFor();
    await section.getByRole('button', {name: 'フリーフォームを編集'}).click();
    const form = page.getByRole('form', {name: /フリーフォーム/});
    await box(form, 'ペットの名前').fill('ポチ');
    await box(form, '来店日').fill('令和7年4月1日');
    await form.getByRole('checkbox', {name: '規約に同意'}).check();
    await expectSound(page, 'form-fields-section-ja');
    await form.getByRole('button', {name: '保存'}).click();
    await section.getByText('ポチ').waitFor();
    await section.getByText('2025/04/01').waitFor();
    await expectSound(page, 'form-fields-record-ja');
    await page.getByRole('tab', {name: '変更履歴'}).click();
    const card = page.getByRole('article').first();
    await card.getByRole('rowheader', {name: 'ペットの名前'}).waitFor();
    await card.getByRole('cell', {name: 'ポチ'}).waitFor();
    assert.equal(await card.getByText('answers').count(), 0);
    await page.goto('/settings/form-fields');
    await page.getByRole('button', {name: 'アクション: ペットの名前'}).or(page.getByRole('button', {name: /: ペットの名前$/}).last()).first().click();
    await page.getByRole('menuitem', {name: '使用を終了'}).click();
    await page.getByRole('dialog').getByRole('button', {name: '使用を終了'}).click();
    await page.getByText('「ペットの名前」の使用を終了しました').waitFor();
    await page.getByText('使用終了', {exact: true}).waitFor();
    await page.getByRole('button', {name: '元に戻す'}).click();
    await page.getByText('使用終了', {exact: true}).waitFor({state: 'detached'});
    await page.context().close();
  });

  it('are found by their answers, and stand in English too', async () => {
    const page = await held.open('/settings/form-fields', {language: 'en', size: {width: 1920, height: 1080}});
    await page.getByRole('cell', {name: 'x.size'}).waitFor();
    await expectSound(page, 'form-fields-en-1920');
    const found = await held.desk.api(page, 'POST', '/customers/search', {condition: {field: 'x.pet', op: 'is', value: 'ポチ'}, columns: ['name', 'x.size', 'x.met']});
    assert.equal(found.body.total, 1);
    await page.goto('/customers/new');
    await page.getByRole('region', {name: 'Free-form fields'}).waitFor();
    await expectSound(page, 'form-fields-new-en');
    await page.context().close();
  });

  it('FEATURES 126: fields that 会員登録設定 turns off are gone from the form, those it requires are marked', async () => {
    const page = await held.open('/settings/options');
    const form = page.getByRole('region', {name: '会員登録設定'});
    await form.getByRole('radiogroup', {name: '会社名'}).getByRole('radio', {name: '使用しない'}).check();
    await form.getByRole('radiogroup', {name: 'セイ'}).getByRole('radio', {name: '必須'}).check();
    await expectSound(page, 'registration-ja');
    await form.getByRole('button', {name: '保存'}).click();
    await page.getByText('保存しました').waitFor();
    await page.goto('/customers/new');
    await box(page, 'セイ').waitFor();
    assert.equal(await box(page, 'セイ').getAttribute('aria-required'), 'true');
    assert.equal(await box(page, '会社名').count(), 0);
    await box(page, '姓').fill('森');
    await page.getByRole('button', {name: '登録'}).last().click();
    await page.getByText('入力してください。').waitFor();
    await page.context().close();
  });
});
