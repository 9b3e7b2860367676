import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, compose, expectSound} from './support/desk.mjs';

atTheDesk('Points', (held) => {
  const box = (page) => page.getByRole('textbox', {name: 'ポイント数'});
  const save = (page) => page.getByRole('button', {name: '保存', exact: true});
  const rows = (page) => page.getByRole('region', {name: 'ポイント履歴'}).getByRole('row');

  async function openMember(more = {}, options = {}) {
    const page = await held.open('/customers', options);
    const customer = await makeCustomer(held, page, {family_name: '白石', given_name: '花', status: 'member', email: `shiraishi${Date.now()}@example.jp`, ...more});
    await page.goto(`/customers/${customer.id}/points`);
    return page;
  }

  it('FEATURES 73 and 123: a typed number is added, minus allowed; [+] and [−] turn the sign; both stand in the history', async () => {
    const page = await openMember();
    await page.getByText('ポイントの履歴はまだありません').waitFor();
    await compose(page, box(page), ['１', '１０', '１００'], '１００');
    await page.getByText('0 → 100 ポイント').waitFor();
    await page.getByRole('textbox', {name: 'コメント'}).fill('配送遅延のお詫び');
    await save(page).click();
    await page.getByText('+100ポイントを反映しました（残高 100）').waitFor();
    await box(page).fill('30');
    await page.getByRole('button', {name: '減算にする'}).click();
    assert.equal(await box(page).inputValue(), '-30');
    await page.getByText('100 → 70 ポイント').waitFor();
    await box(page).press('Enter');
    await page.getByText('−30ポイントを反映しました（残高 70）').waitFor();
    await rows(page).nth(2).getByText('配送遅延のお詫び').waitFor();
    await rows(page).nth(1).getByText('手動減算').waitFor();
    assert.equal(await rows(page).count(), 3);
    await expectSound(page, 'customer-points-ja-1280');
    await page.context().close();
  });

  it('FEATURES 125: the new expiry date is shown before saving and is the one it then has', async () => {
    const page = await openMember();
    const told = await page.getByText(/保存すると、残高全体の有効期限が \d{4}\/\d{2}\/\d{2} になります/).textContent();
    const day = /\d{4}\/\d{2}\/\d{2}/.exec(told)[0];
    await box(page).fill('10');
    await save(page).click();
    await page.getByText(`${day} に 10ポイント`).waitFor();
    await page.context().close();
  });

  it('says what is wrong before anything is sent', async () => {
    const page = await openMember();
    await box(page).fill('abc');
    await page.getByText('整数で入力してください。').waitFor();
    await box(page).fill('-5');
    await page.getByText('残高がマイナスになります。').waitFor();
    await box(page).fill('1000000');
    await page.getByText('999,999以下で入力してください。').waitFor();
    assert.equal(await box(page).getAttribute('aria-invalid'), 'true');
    await page.context().close();
  });

  it('FEATURES 48: a row is cancelled by one of the opposite sign, and an undo adds one too', async () => {
    const page = await openMember();
    await box(page).fill('50');
    await save(page).click();
    await page.getByText('+50ポイントを反映しました').waitFor();
    await rows(page).nth(1).getByRole('button', {name: /取消/}).click();
    const dialog = page.getByRole('dialog', {name: 'ポイントの取消'});
    await dialog.getByText('逆向きの行が追加され').waitFor();
    await dialog.getByRole('button', {name: '取り消す'}).click();
    await page.getByText('取り消しました（残高 0）').waitFor();
    await rows(page).nth(2).getByText('取消済み').waitFor();
    await rows(page).nth(1).getByText('−50').waitFor();
    await box(page).fill('7');
    await save(page).click();
    await page.getByText('+7ポイントを反映しました').waitFor();
    await page.getByRole('button', {name: '元に戻す'}).last().click();
    await rows(page).nth(1).getByText('−7').waitFor();
    await page.context().close();
  });

  it('FEATURES 124: the shop makes its own ポイント区分 and chooses it', async () => {
    const page = await held.open('/settings/point-kinds');
    await page.getByRole('button', {name: '区分を追加'}).click();
    await page.getByRole('textbox', {name: '名前'}).fill('お詫び');
    await save(page).click();
    await page.getByRole('region', {name: 'ポイント区分'}).getByText('お詫び').waitFor();
    await expectSound(page, 'settings-point-kinds-ja');
    await page.context().close();
    const member = await openMember();
    await box(member).fill('10');
    await member.getByRole('combobox', {name: 'ポイント区分'}).click();
    await member.getByRole('option', {name: 'お詫び'}).click();
    await save(member).click();
    await rows(member).nth(1).getByText('手動付与（お詫び）').waitFor();
    await member.context().close();
  });

  it('numbers explain themselves: points, and purchases', async () => {
    const page = await openMember();
    await box(page).fill('120');
    await save(page).click();
    await page.getByText('+120ポイントを反映しました').waitFor();
    await page.getByTitle('内訳を見る: 保有ポイント').click();
    await page.getByText('保有ポイントの内訳 120').waitFor();
    await page.getByText('期限の日の23:59:59まで使えます。').waitFor();
    await expectSound(page, 'customer-points-why-ja');
    await page.keyboard.press('Escape');
    await page.getByTitle('購入総額・購入回数の内訳').click();
    await page.getByText('決済状況が「売上完了」の受注だけを数えます。').waitFor();
    await page.context().close();
  });

  it('FEATURES 54, 61 and 72: a guest has no points, no tab and no number; switched off, nobody has', async () => {
    const guest = await openMember({status: 'guest'});
    await guest.getByRole('tab', {name: '基本情報'}).waitFor();
    assert.equal(await guest.getByRole('tab', {name: 'ポイント履歴'}).count(), 0);
    assert.equal(await guest.getByTitle('内訳を見る: 保有ポイント').count(), 0);
    await guest.context().close();
    const member = await openMember();
    await member.getByRole('tab', {name: 'ポイント履歴'}).waitFor();
    const put = async (points) => {
      const {status} = await held.desk.api(member, 'PUT', '/settings/features', {points}, {'If-Match': '*'});
      assert.equal(status, 200);
    };
    await put(false);
    try {
      await member.reload();
      await member.getByRole('tab', {name: '基本情報'}).waitFor();
      assert.equal(await member.getByRole('tab', {name: 'ポイント履歴'}).count(), 0);
      assert.equal(await member.getByTitle('内訳を見る: 保有ポイント').count(), 0);
      await member.goto('/settings/options');
      await member.getByText('機能の使用').first().waitFor();
      assert.equal(await member.getByRole('link', {name: 'ポイント区分'}).count(), 0);
    } finally {
      await put(true);
    }
    await member.context().close();
  });

  it('reads in English, in the dark, at 1920', async () => {
    const page = await openMember({}, {language: 'en', scheme: 'dark', size: {width: 1920, height: 1080}});
    const amount = page.getByRole('textbox', {name: 'Points', exact: true});
    for (const typed of ['1234', '-34']) {
      await amount.fill(typed);
      await page.getByRole('button', {name: 'Save', exact: true}).click();
      await page.getByText(/pt booked/).last().waitFor();
    }
    await page.getByText(/1,200 pt on/).waitFor();
    await expectSound(page, 'customer-points-en-1920-dark');
    await page.context().close();
  });
});
