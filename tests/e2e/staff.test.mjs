// Roles, the second factor and the question who sits there, as a person meets them.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {codeOf} from '../api/support/totp.mjs';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';

atTheDesk('Staff and security', (held) => {
  const add = async (login, role) => held.server.command(['staff', 'add', '--login', login, '--role', role, '--password-stdin'], `${kPassword}\n`);
  const typePassword = async (page, login) => {
    await page.getByLabel('ログインID').fill(login);
    await page.getByLabel('パスワード', {exact: true}).fill(kPassword);
    await page.getByRole('button', {name: 'ログイン'}).click();
  };

  it('an authenticator app is set up and asked for; a recovery code signs in once', async () => {
    await add('futari', 'operator');
    const page = await held.open('/settings/security', {login: null});
    await typePassword(page, 'futari');
    await page.getByRole('button', {name: '二段階認証を設定'}).click();
    await page.getByRole('img', {name: '認証アプリ用のQRコード'}).waitFor();
    const secret = await page.getByTestId('totp-secret').innerText();
    await expectSound(page, 'totp-enrol');
    await page.getByLabel('アプリに表示された6桁のコード').fill('000000');
    await page.getByRole('button', {name: '有効にする'}).click();
    await page.getByText('確認コードが正しくありません').first().waitFor();
    await page.getByLabel('アプリに表示された6桁のコード').fill(codeOf(secret));
    await page.getByRole('button', {name: '有効にする'}).click();
    const shown = page.getByRole('dialog', {name: 'リカバリーコード'});
    await shown.waitFor();
    const codes = (await shown.locator('pre, code').first().innerText()).split('\n');
    assert.equal(codes.length, 10);
    await expectSound(page, 'totp-codes');
    await shown.getByRole('button', {name: '閉じる'}).click();
    await page.getByText('リカバリーコードの残り: 10 個').waitFor();
    await page.context().clearCookies();

    await page.goto('/signin');
    await typePassword(page, 'futari');
    const code = page.getByLabel('確認コード');
    await code.waitFor();
    await expectSound(page, 'totp-signin');
    await code.fill(codes[0]);
    await page.getByRole('button', {name: 'ログイン'}).click();
    await page.waitForURL('**/customers*');

    await page.context().clearCookies();
    await page.goto('/signin');
    await typePassword(page, 'futari');
    await code.fill(codes[0]);
    await page.getByRole('button', {name: 'ログイン'}).click();
    await page.getByText('確認コードが正しくないか').waitFor();
    // The code that turned it on is used up: the next step's works already.
    await code.fill(codeOf(secret, 1));
    await page.getByRole('button', {name: 'ログイン'}).click();
    await page.waitForURL('**/customers*');
    await page.context().close();
  });

  it('a role is made from ticked rights, and whoever has it sees masks', async () => {
    const page = await held.open('/settings/roles');
    await page.getByRole('button', {name: 'ロールを作成'}).click();
    await page.getByRole('textbox', {name: 'ロール名'}).fill('受付');
    await page.getByRole('checkbox', {name: '顧客の閲覧', exact: true}).check();
    await page.getByRole('checkbox', {name: 'ポイントの付与・減算'}).check();
    await page.getByRole('textbox', {name: '1回のポイント上限'}).fill('300');
    await expectSound(page, 'role-form');
    await page.getByRole('button', {name: '保存'}).click();
    const row = page.getByRole('row').filter({hasText: '受付'});
    await row.waitFor();
    assert.match(await row.innerText(), /300/);
    const {body} = await held.desk.api(page, 'GET', '/roles');
    await add('uketsuke', body.items.find((role) => role.name.ja === '受付').id);
    await page.context().close();

    const masked = await held.open('/customers/1', {login: 'uketsuke'});
    await masked.getByText('*****').first().waitFor();
    assert.equal(await masked.getByRole('button', {name: '編集'}).count(), 0);
    await masked.context().close();
  });

  it('a grave act after ten minutes asks for the password and goes on', async () => {
    const page = await held.open('/settings/staff');
    // The server's clock cannot be moved from here: the first answer is the one an old session gets.
    let refused = 0;
    await page.route('**/api/v1/staff', async (route) => {
      if (route.request().method() !== 'POST' || refused > 0) return route.fallback();
      refused += 1;
      const problem = {type: 'urn:otokui:problem:session.not_fresh', title: '権限がありません', status: 403, code: 'session.not_fresh', request_id: '0'};
      return route.fulfill({status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem)});
    });
    await page.getByRole('button', {name: 'メンバーを追加'}).click();
    await page.getByRole('textbox', {name: 'ログインID'}).fill('shiro');
    await page.getByRole('textbox', {name: '氏名'}).fill('四郎');
    await page.getByRole('textbox', {name: 'フリガナ'}).fill('しろう');
    await page.getByRole('button', {name: '保存'}).click();
    const asked = page.getByRole('dialog', {name: '本人確認'});
    await asked.getByLabel('パスワード', {exact: true}).fill('wrong wrong wrong');
    await asked.getByRole('button', {name: '確認する'}).click();
    await asked.getByRole('alert').waitFor();
    await asked.getByLabel('パスワード', {exact: true}).fill(kPassword);
    await asked.getByRole('button', {name: '確認する'}).click();
    await page.getByText(/password#/).waitFor();
    assert.equal(refused, 1);
    await page.getByRole('button', {name: '閉じる'}).click();
    await page.getByText('シロウ').waitFor();
    await page.context().close();
  });

  it('so does a change of the settings', async () => {
    const page = await held.open('/settings/general');
    let refused = 0;
    await page.route('**/api/v1/settings/general', async (route) => {
      if (route.request().method() !== 'PUT' || refused > 0) return route.fallback();
      refused += 1;
      const problem = {type: 'urn:otokui:problem:session.not_fresh', title: '権限がありません', status: 403, code: 'session.not_fresh', request_id: '0'};
      return route.fulfill({status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem)});
    });
    await page.getByRole('textbox', {name: 'ショップ名'}).fill('本人の店');
    await page.getByRole('radio', {name: 'English'}).check();
    await page.getByRole('button', {name: '保存'}).click();
    const asked = page.getByRole('dialog', {name: '本人確認'});
    await asked.getByLabel('パスワード', {exact: true}).fill(kPassword);
    await asked.getByRole('button', {name: '確認する'}).click();
    await page.getByText('設定を保存しました').waitFor();
    assert.equal(refused, 1);
    await page.reload();
    assert.ok(await page.getByRole('radio', {name: 'English'}).isChecked());
    await page.context().close();
  });

  it('everybody chooses the language of the mails to himself', async () => {
    const page = await held.open('/settings/my-mails', {login: 'viewer'});
    assert.ok(await page.getByRole('radio', {name: 'ショップの設定に従う'}).isChecked());
    await page.getByRole('radio', {name: 'English', exact: true}).check();
    await page.getByText('メールの言語を保存しました').waitFor();
    await expectSound(page, 'my-mails');
    await page.reload();
    assert.ok(await page.getByRole('radio', {name: 'English', exact: true}).isChecked());
    await page.context().close();
  });

  it('a list of addresses that would shut its author out is not saved', async () => {
    const page = await held.open('/settings/security');
    await page.getByLabel('ログインを許可するIPアドレス').fill('192.0.2.0/24');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('ログインできなくなります').waitFor();
    await page.getByLabel('ログインを許可するIPアドレス').fill('192.0.2.7/24');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('192.0.2.7/24: ').waitFor();
    await page.getByLabel('ログインを許可するIPアドレス').fill('127.0.0.0/8');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('設定を保存しました').waitFor();
    await page.context().close();
  });

  it('whoever must have a second factor is kept at its setup', async () => {
    await add('kanri', 'admin');
    const owner = await held.open('/settings/security');
    await owner.getByRole('checkbox', {name: '管理者'}).check();
    await owner.getByRole('button', {name: '保存'}).click();
    await owner.getByText('設定を保存しました').waitFor();
    await owner.context().close();
    const page = await held.open('/signin', {login: null});
    await typePassword(page, 'kanri');
    await page.waitForURL('**/settings/security');
    await page.getByText('設定するまで、ほかの画面は使えません').waitFor();
    await page.getByRole('button', {name: '二段階認証を設定'}).click();
    const secret = await page.getByTestId('totp-secret').innerText();
    await page.getByLabel('アプリに表示された6桁のコード').fill(codeOf(secret));
    await page.getByRole('button', {name: '有効にする'}).click();
    await page.getByRole('dialog', {name: 'リカバリーコード'}).getByRole('button', {name: '閉じる'}).click();
    await page.getByRole('link', {name: '顧客', exact: true}).click();
    await page.waitForURL('**/customers*');
    await page.context().close();
  });

  it('every device is signed out, this one too', async () => {
    await add('minna', 'viewer');
    const page = await held.open('/settings/sessions', {login: 'minna'});
    await page.getByRole('button', {name: 'この端末も含めてすべてログアウト'}).click();
    await page.getByRole('dialog').getByRole('button', {name: 'すべてログアウト'}).click();
    await page.waitForURL('**/signin');
    await page.context().close();
  });
});
