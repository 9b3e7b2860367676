import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';

atTheDesk('Signing in', (held) => {
  it('leads back to the page one asked for', async () => {
    const page = await held.open('/jobs', {login: null});
    await page.waitForURL('**/signin?back=%2Fjobs');
    await page.getByRole('heading', {name: 'ログイン'}).waitFor();
    await expectSound(page, 'signin-ja');
    await page.getByLabel('ログインID').fill('owner');
    await page.getByLabel('パスワード', {exact: true}).fill(kPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/jobs');
    await page.getByRole('heading', {name: 'ジョブ'}).waitFor();
    await page.context().close();
  });

  it('says that login or password are wrong, and keeps the login', async () => {
    const page = await held.open('/signin', {login: null});
    await page.getByLabel('ログインID').fill('owner');
    await page.getByLabel('パスワード', {exact: true}).fill('wrong wrong wrong');
    await page.getByRole('button', {name: 'ログイン'}).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('ログインID').inputValue(), 'owner');
    assert.equal(await page.getByLabel('パスワード', {exact: true}).inputValue(), '');
    await page.context().close();
  });

  it('speaks English when asked to', async () => {
    const page = await held.open('/signin', {login: null});
    await page.getByRole('button', {name: 'English'}).click();
    await page.getByRole('button', {name: 'Sign in'}).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await expectSound(page, 'signin-en');
    await page.context().close();
  });

  it('is asked again when the session has ended, and goes on where one was', async () => {
    const page = await held.open('/operations', {login: 'viewer'});
    await page.getByRole('heading', {name: '操作履歴'}).waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', {name: '顧客', exact: true}).click();
    await page.waitForURL('**/signin?back=*');
    await page.getByText('有効期限が切れました').waitFor();
    await page.context().close();
  });

  it('by a one-time link sets a password and takes the link out of the address', async () => {
    const printed = await held.server.command(['staff', 'add', '--login', 'jiro', '--role', 'operator']);
    const link = /http:\/\/\S+/.exec(printed)?.[0] ?? '';
    const token = link.split('#')[1];
    const page = await held.open(`/password#${token}`, {login: null});
    await page.getByLabel('新しいパスワード', {exact: true}).fill('青い空に白い雲が浮かんでいる');
    await page.getByLabel('新しいパスワード（確認）').fill('青い空に白い雲が浮かんでいる');
    assert.equal(new URL(page.url()).hash, '');
    await expectSound(page, 'password-ja');
    await page.getByRole('button', {name: 'パスワードを設定する'}).click();
    await page.waitForURL('**/signin');
    assert.equal(await page.getByLabel('ログインID').inputValue(), 'jiro');
    await page.context().close();
  });
});
