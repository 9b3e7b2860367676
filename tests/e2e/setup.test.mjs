import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {chromium} from 'playwright-core';
import {engines, Server} from '../api/support/server.mjs';
import {expectSound} from './support/desk.mjs';

for (const engine of engines) {
  describe(`An empty database (${engine})`, {timeout: 600_000}, () => {
    let server;
    let browser;
    before(async () => {
      server = await Server.start(engine, {people: false});
      browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic']});
    });
    after(async () => {
      await browser?.close();
      await server?.remove();
    });

    it('is set up by the link that the server printed, and then shows where to begin', async () => {
      const link = /http:\/\/\S+\/setup#\S+/.exec(server.output)?.[0];
      assert.ok(link, server.output);
      const page = await (await browser.newContext({baseURL: server.origin, locale: 'ja-JP', viewport: {width: 1280, height: 800}})).newPage();
      page.complaints = [];
      await page.goto(`/setup#${link.split('#')[1]}`);
      await page.getByLabel('ショップ名').fill('青葉茶舗');
      await page.getByLabel('氏名', {exact: true}).fill('青木 花子');
      await page.getByLabel('ログインID').fill('hanako');
      await page.getByLabel('新しいパスワード', {exact: true}).fill('みじかい');
      await page.getByLabel('新しいパスワード（確認）').fill('みじかい');
      await page.getByRole('button', {name: '登録して始める'}).click();
      await page.getByText('12文字以上で入力してください').waitFor();
      await expectSound(page, 'setup-ja');
      await page.getByLabel('新しいパスワード', {exact: true}).fill('青い空に白い雲が浮かんでいる');
      await page.getByLabel('新しいパスワード（確認）').fill('青い空に白い雲が浮かんでいる');
      await page.getByRole('button', {name: '登録して始める'}).click();
      await page.waitForURL('**/customers');
      await page.getByRole('banner').getByText('青葉茶舗').waitFor();
      await page.getByRole('button', {name: '条件クリア'}).click();
      await page.getByText('顧客はまだ登録されていません').waitFor();
      await expectSound(page, 'list-none-ja');
    });
  });
}
