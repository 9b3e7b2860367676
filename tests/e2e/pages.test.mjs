import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';

// All that a change between light and dark can spoil.
const kColours = ['color-contrast', 'link-in-text-block'];

const pages = {
  '/operations': {ja: '操作履歴', en: 'Operations'},
  '/memos': {ja: 'すべてのメモ', en: 'All memos'},
  '/coupons': {ja: 'クーポン', en: 'Coupons'},
  '/jobs': {ja: 'ジョブ', en: 'Jobs'},
  '/settings/general': {ja: '設定', en: 'Settings'},
  '/settings/form-fields': {ja: '設定', en: 'Settings'},
  '/settings/options': {ja: '設定', en: 'Settings'},
  '/settings/point-kinds': {ja: '設定', en: 'Settings'},
  '/settings/staff': {ja: '設定', en: 'Settings'},
  '/settings/roles': {ja: '設定', en: 'Settings'},
  '/settings/security': {ja: '設定', en: 'Settings'},
  '/settings/member-groups': {ja: '設定', en: 'Settings'},
  '/settings/labels': {ja: '設定', en: 'Settings'},
  '/settings/levels': {ja: '設定', en: 'Settings'},
  '/settings/level-judging': {ja: '設定', en: 'Settings'},
  '/settings/block-reasons': {ja: '設定', en: 'Settings'},
  '/settings/tokens': {ja: '設定', en: 'Settings'},
  '/settings/sessions': {ja: '設定', en: 'Settings'},
  '/settings/password': {ja: '設定', en: 'Settings'},
  '/settings/my-mails': {ja: '設定', en: 'Settings'},
  '/customers/import': {ja: 'CSV登録', en: 'CSV import'},
};

atTheDesk('The other pages', (held) => {
  for (const language of ['ja', 'en']) {
    it(`are sound in ${language}, light and dark`, async () => {
      const page = await held.open('/', {language, size: language === 'ja' ? {width: 1280, height: 800} : {width: 1920, height: 1080}});
      for (const [path, titles] of Object.entries(pages)) {
        await page.goto(path);
        await page.getByRole('heading', {name: titles[language], exact: true}).waitFor();
        await page.locator('[aria-busy="true"]').first().waitFor({state: 'detached'});
        const name = `${path.slice(1).replaceAll('/', '-')}-${language}`;
        await expectSound(page, `${name}-light`);
        await page.emulateMedia({colorScheme: 'dark'});
        await expectSound(page, `${name}-dark`, kColours);
        await page.emulateMedia({colorScheme: 'light'});
      }
      await page.context().close();
    });
  }

  it('add a member of staff with a link that is shown once', async () => {
    const page = await held.open('/settings/staff');
    await page.getByRole('button', {name: 'メンバーを追加'}).click();
    await page.getByRole('textbox', {name: 'ログインID'}).fill('saburo');
    await page.getByRole('textbox', {name: '氏名'}).fill('三郎');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText(/password#/).waitFor();
    await page.getByRole('button', {name: '閉じる'}).click();
    await page.getByText('saburo').waitFor();
    assert.equal(await page.getByText(/password#/).count(), 0);
    await page.context().close();
  });

  it('make an API token and revoke it', async () => {
    const page = await held.open('/settings/tokens');
    await page.getByRole('button', {name: 'APIトークンを作成'}).click();
    await page.getByRole('textbox', {name: '名前'}).fill('倉庫システム');
    await page.getByRole('dialog').getByRole('button', {name: 'APIトークンを作成'}).click();
    const password = page.getByLabel('パスワード', {exact: true});
    const token = page.getByText(/^otk_/);
    await password.or(token).waitFor();
    if (await password.isVisible()) {
      await password.fill(kPassword);
      await page.getByRole('dialog').getByRole('button', {name: 'APIトークンを作成'}).click();
    }
    await token.waitFor();
    await page.getByRole('button', {name: '閉じる'}).click();
    await page.getByRole('button', {name: '取り消す'}).click();
    await page.getByRole('dialog').getByRole('button', {name: '取り消す'}).click();
    await page.getByText('APIトークンはまだありません').waitFor();
    await page.context().close();
  });

  it('keep the shop name', async () => {
    const page = await held.open('/settings/general');
    await page.getByRole('textbox', {name: 'ショップ名'}).fill('青葉茶舗');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('設定を保存しました').waitFor();
    await page.reload();
    await page.getByRole('banner').getByText('青葉茶舗').waitFor();
    await page.context().close();
  });

  it('describe the API without any outside help', async () => {
    const page = await held.open('/api/docs');
    await page.getByRole('heading', {name: 'Otokui API'}).waitFor();
    await page.getByRole('textbox', {name: 'Filter'}).fill('postal');
    await page.getByRole('heading', {name: 'The places of a postal code'}).waitFor();
    await expectSound(page, 'api-docs');
    await page.context().close();
  });

  it('say so when there is no such page', async () => {
    const page = await held.open('/no/such/page');
    await page.getByText('ページが見つかりません').waitFor();
    await expectSound(page, 'missing-ja');
    await page.context().close();
  });
});
