// What has been typed and not saved: neither somebody faster nor an ended session takes it away.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';

const field = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('Unsaved text', (held) => {
  const stale = (page) => page.getByRole('dialog', {name: '別の人が先に変更しました'});
  const api = async (page, method, path, data, version) => {
    const {status, body} = await held.desk.api(page, method, path, data, version ? {'If-Match': `"${version}"`} : {});
    assert.ok(status < 300, JSON.stringify(body));
    return body;
  };
  const takeMine = async (page) => {
    await stale(page).getByRole('radio', {name: /あなたの値/}).check();
    await stale(page).getByRole('button', {name: '選んだ値で保存する'}).click();
    await stale(page).waitFor({state: 'detached'});
  };

  it('of a memo is kept when somebody was faster, and saved over it on purpose', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const memo = await api(page, 'POST', `/customers/${customer.id}/memos`, {title: '電話', body: '午前に'});
    await page.goto(`/customers/${customer.id}/memos`);
    await page.getByRole('article', {name: '電話'}).getByRole('button', {name: /^編集/}).click();
    await field(page, '内容').fill('夜に');
    await api(page, 'PATCH', `/customers/${customer.id}/memos/${memo.id}`, {body: '午後に', pinned: true}, 1);
    await page.getByRole('button', {name: '保存'}).click();
    for (const value of ['午前に', '午後に', '夜に']) await stale(page).getByText(value).first().waitFor();
    await expectSound(page, 'memo-stale-ja');
    await page.keyboard.press('Escape');
    await stale(page).waitFor({state: 'detached'});
    assert.equal(await field(page, '内容').inputValue(), '夜に');
    await page.getByRole('button', {name: '保存'}).click();
    await takeMine(page);
    await page.getByText('メモを保存しました').waitFor();
    const {body} = await held.desk.api(page, 'GET', `/customers/${customer.id}/memos/${memo.id}`);
    assert.equal(body.body, '夜に');
    assert.equal(body.pinned, true, 'what only the other changed stays');
    await page.context().close();
  });

  it('of a mail template, a kind of points and a member of staff as well', async () => {
    const page = await held.open('/settings/mail-templates');
    const {items} = await api(page, 'GET', '/mail-templates?limit=200');
    const template = items.find(({label, language}) => label.ja === '退会の完了' && language === 'ja');
    await page.getByRole('button', {name: '編集: 退会の完了 日本語'}).click();
    await field(page, '件名').fill('私の件名');
    await api(page, 'PATCH', `/mail-templates/${template.id}`, {subject: '相手の件名'}, template.version);
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await takeMine(page);
    await page.getByText('テンプレートを保存しました').waitFor();
    await page.getByRole('cell', {name: '私の件名'}).waitFor();

    const kind = await api(page, 'POST', '/point-kinds', {name: 'お礼', kind: 'manual_grant'});
    await page.goto('/settings/point-kinds');
    await page.getByRole('button', {name: '編集: お礼'}).click();
    await page.getByRole('dialog').getByRole('textbox').fill('私のお礼');
    await api(page, 'PATCH', `/point-kinds/${kind.id}`, {name: '相手のお礼'}, kind.version);
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await takeMine(page);
    await page.getByText('ポイント区分「私のお礼」を保存しました').waitFor();

    await page.goto('/settings/staff');
    const viewer = (await api(page, 'GET', '/staff?limit=200')).items.find(({login}) => login === 'viewer');
    await page.getByRole('button', {name: '操作: viewer'}).click();
    await page.getByRole('menuitem', {name: '編集'}).click();
    await field(page, '氏名').fill('私の名前');
    await api(page, 'PATCH', `/staff/${viewer.id}`, {name: '相手の名前'}, viewer.version);
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await takeMine(page);
    await page.getByText('メンバーを保存しました').waitFor();
    assert.equal((await api(page, 'GET', '/staff?limit=200')).items.find(({login}) => login === 'viewer').name, '私の名前');
    await page.context().close();
  });

  it('is still there after the session has ended: the password is asked for in place, and the save goes on', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '連絡先を編集'}).click();
    await field(page, '電話番号').fill('0398765432');
    await page.context().clearCookies();
    await page.keyboard.press('Control+s');
    const again = page.getByRole('dialog', {name: 'ログインの有効期限が切れました'});
    await again.getByText('owner').first().waitFor();
    await page.keyboard.press('Escape');
    await expectSound(page, 'sign-in-again-ja');
    await again.getByLabel('パスワード', {exact: true}).fill('wrong wrong wrong');
    await again.getByRole('button', {name: 'ログインして続ける'}).click();
    await again.getByRole('alert').waitFor();
    await again.getByLabel('パスワード', {exact: true}).fill(kPassword);
    await page.keyboard.press('Enter');
    await again.waitFor({state: 'detached'});
    await page.getByText('保存しました。電話番号を変更しました。').waitFor();
    await page.getByText('03-9876-5432').first().waitFor();
    held.desk.sessions.clear(); // the other tests sign in anew
    await page.context().close();
  });

  it('can be given up for the sign-in page', async () => {
    const page = await held.open('/customers/new');
    await field(page, '姓').fill('試験');
    await page.context().clearCookies();
    await field(page, '郵便番号').fill('150-0001');
    await page.getByRole('button', {name: '入力を捨ててログイン画面へ'}).click();
    await page.waitForURL('**/signin?back=*');
    await page.getByText('有効期限が切れました').waitFor();
    held.desk.sessions.clear();
    await page.context().close();
  });

  it('in the box of points asks before it is left; so does a coupon chosen in a dialog', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await api(page, 'POST', '/coupons', {name: 'お礼の券', code: `R${Date.now()}`, discount: 'amount', value: 100, customer_limited: true});
    await page.goto(`/customers/${customer.id}/points`);
    await page.getByRole('textbox', {name: 'コメント'}).fill('お詫び');
    await page.keyboard.press('Alt+1');
    await page.getByText('保存していない変更があります').waitFor();
    await page.getByRole('button', {name: '変更を破棄する'}).click();
    await page.getByRole('tab', {name: '基本情報', selected: true}).waitFor();
    await page.goto(`/customers/${customer.id}/coupons`);
    await page.getByRole('button', {name: /付与/}).first().click();
    const dialog = page.getByRole('dialog').first();
    await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().click();
    await page.getByRole('option', {name: /お礼の券/}).click();
    await dialog.getByRole('button', {name: 'キャンセル'}).click();
    await page.getByText('保存していない変更があります').waitFor();
    await page.context().close();
  });

  it('of a coupon counts what is chosen, ticked or no number as well; what was put back is no change', async () => {
    const page = await held.open('/coupons');
    const dialog = page.getByRole('dialog', {name: 'クーポンを追加'});
    const discount = dialog.getByRole('combobox', {name: '割引内容'});
    const open = () => page.getByRole('button', {name: 'クーポンを追加'}).click();
    const choose = async (option) => {
      await discount.click();
      await page.getByRole('option', {name: option}).click();
    };
    const question = page.getByText('保存していない変更があります');
    const changes = [
      () => choose('送料無料'),
      () => dialog.getByRole('checkbox', {name: '有効にする'}).uncheck(),
      async () => {
        await dialog.getByRole('button', {name: 'カレンダーを開く'}).first().click();
        await page.locator('table button:text-is("15")').click();
        assert.match(await field(dialog, '有効期間の初日').inputValue(), /\/15$/);
      },
      () => field(dialog, '有効期間の最終日').fill('いつか'),
      () => field(dialog, 'ご利用可能回数（1人あたり）').fill('何回も'),
    ];
    for (const change of changes) {
      await open();
      await change();
      await dialog.getByRole('button', {name: 'キャンセル'}).click();
      await question.waitFor();
      await page.getByRole('button', {name: '変更を破棄する'}).click();
      await dialog.waitFor({state: 'detached'});
    }
    await open();
    await choose('送料無料');
    await choose('金額指定');
    await dialog.getByRole('button', {name: 'キャンセル'}).click();
    await dialog.waitFor({state: 'detached'});
    assert.equal(await question.count(), 0);
    await page.context().close();
  });
});
