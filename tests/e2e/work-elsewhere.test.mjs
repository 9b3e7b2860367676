// What goes on elsewhere is told, what cannot be taken back is asked for first, and long lists can be narrowed and read.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, kPassword, shoot} from './support/desk.mjs';

const csv = (rows) => `顧客番号,姓\n${rows.join('\n')}\n`;
const startImport = async (held, page, rows, query = '') => {
  const started = await held.desk.api(page, 'POST', `/imports/customers${query}`, csv(rows), {'Content-Type': 'text/csv'});
  assert.equal(started.status, 202, JSON.stringify(started.body));
  return started.body.job;
};
/** As somebody without the right to undo. */
const withoutUndo = (page) =>
  page.route('**/api/v1/me', async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    await route.fulfill({response: answer, json: {...me, rights: me.rights.filter((right) => right !== 'operation.undo')}});
  });

atTheDesk('Work elsewhere', (held) => {
  it('one is told that a job of one\'s own has ended, unless one looks at it', async () => {
    const page = await held.open('/memos');
    const known = page.waitForResponse((response) => response.url().includes('/api/v1/jobs?')); // what ended before is no news
    await page.reload();
    await (await known).finished();
    const job = await startImport(held, page, ['通知-1,通知']);
    const told = page.getByRole('alert').filter({hasText: /顧客CSV登録（.*）が完了しました/});
    await told.waitFor();
    await expectSound(page, 'job-ended-toast');
    await told.getByRole('button', {name: 'ジョブを見る'}).click();
    await page.waitForURL(`**/jobs/${job}`);
    await page.context().close();
  });

  it('a form that is not the last of a page asks before it is left', async () => {
    const page = await held.open('/settings/options');
    const first = page.getByRole('switch').or(page.getByRole('radio')).first();
    await first.waitFor();
    const section = page.locator('main section').filter({has: page.getByRole('radio', {checked: false})}).first();
    await section.getByRole('radio', {checked: false}).first().check();
    await page.getByRole('link', {name: 'ジョブ', exact: true}).click();
    await page.getByRole('dialog').getByRole('button', {name: 'このまま編集する'}).or(page.getByRole('dialog').getByRole('button').first()).first().waitFor();
    assert.match(page.url(), /settings\/options$/);
    await page.context().close();
  });

  it('deleting a memo asks whoever could not undo it', async () => {
    const page = await held.open('/');
    const customer = await makeCustomer(held, page);
    const memo = await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: '電話の件', body: '折り返す'});
    assert.equal(memo.status, 201, JSON.stringify(memo.body));
    await withoutUndo(page);
    await page.goto(`/customers/${customer.id}/memos`);
    const card = page.getByRole('article', {name: '電話の件'});
    await card.getByRole('button', {name: '削除: 電話の件'}).click();
    const dialog = page.getByRole('dialog', {name: 'メモの削除'});
    await dialog.getByText('「電話の件」').waitFor();
    await expectSound(page, 'memo-delete-asks');
    await dialog.getByRole('button', {name: 'キャンセル'}).click();
    await card.waitFor();
    await card.getByRole('button', {name: '削除: 電話の件'}).click();
    await dialog.getByRole('button', {name: '削除する'}).click();
    await card.waitFor({state: 'detached'});
    await page.context().close();
  });

  it('operations and jobs are narrowed, and their header stays while they scroll', async () => {
    const page = await held.open('/operations', {size: {width: 1280, height: 500}});
    const list = page.getByRole('region', {name: '操作履歴'});
    await list.getByRole('link').first().waitFor();
    const tall = await list.evaluate((element) => element.scrollHeight > element.clientHeight);
    if (tall) {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      assert.ok(await list.getByRole('columnheader', {name: '実行者'}).isVisible());
    }
    await shoot(page, 'operations-ja-short');
    await page.getByRole('textbox', {name: '開始日'}).fill('2030/01/01');
    await page.getByText('条件に合う操作はありません').waitFor();
    assert.match(page.url(), /from=2030-01-01/);
    await page.getByRole('button', {name: '条件クリア'}).first().click();
    await list.getByRole('link').first().waitFor();
    await page.goto('/jobs');
    const jobs = page.getByRole('region', {name: 'ジョブ', exact: true});
    await jobs.getByRole('link').first().waitFor();
    await page.getByRole('combobox', {name: '状態'}).click();
    await page.getByRole('option', {name: '失敗'}).click();
    await page.getByText('条件に合うジョブはありません').waitFor();
    await page.setViewportSize({width: 1280, height: 800});
    await expectSound(page, 'jobs-filtered-ja');
    await page.context().close();
    const english = await held.open('/operations', {language: 'en', size: {width: 1920, height: 1080}});
    await english.getByRole('region', {name: 'Operations'}).getByRole('link').first().waitFor();
    await expectSound(english, 'operations-en-1920');
    await english.context().close();
  });

  it('every kind of job the filter offers is known to the server', async () => {
    const page = await held.open('/jobs');
    const box = page.getByRole('combobox', {name: '処理'});
    await box.click();
    const kinds = await page.getByRole('option').evaluateAll((options) => options.map((option) => option.getAttribute('value')));
    assert.ok(kinds.length > 10);
    for (const kind of kinds) assert.equal((await held.desk.api(page, 'GET', `/jobs?kind=${kind}&limit=1`)).status, 200, kind);
    await page.context().close();
  });

  it('all other sessions end only once one was asked', async () => {
    const elsewhere = await held.browser.newContext({baseURL: held.server.origin});
    const other = await elsewhere.request.post('/api/v1/session', {data: {login: 'owner', password: kPassword}, headers: {Origin: held.server.origin}});
    assert.equal(other.status(), 201);
    const isIn = async () => (await elsewhere.request.get('/api/v1/me')).status() === 200;
    const page = await held.open('/settings/sessions');
    await page.getByRole('button', {name: 'ほかの端末をすべてログアウト'}).click();
    const dialog = page.getByRole('dialog', {name: 'ほかの端末をすべてログアウト'});
    await dialog.getByText(/この端末のほかの \d+ 台/).waitFor();
    await expectSound(page, 'end-other-sessions');
    assert.ok(await isIn());
    await dialog.getByRole('button', {name: 'すべてログアウト'}).click();
    await page.getByText('ログアウトさせました').waitFor();
    assert.ok(!(await isIn()));
    await elsewhere.close();
    await page.context().close();
  });

  it('the week of a calendar begins as one likes it', async () => {
    const page = await held.open('/operations');
    await page.getByRole('button', {name: /さんのメニュー/}).click();
    const kept = page.waitForResponse((response) => response.url().endsWith('/me/preferences') && response.request().method() === 'PUT');
    await page.getByRole('radiogroup', {name: '週の始まり'}).getByText('月曜日').click();
    assert.equal((await kept).status(), 200);
    await shoot(page, 'me-menu-ja');
    await page.keyboard.press('Escape');
    await page.locator('#operations-from').locator('..').getByRole('button').click();
    await page.locator('thead th').filter({hasText: '月'}).first().waitFor();
    const first = await page.locator('[data-dates-dropdown], [role="dialog"]').locator('thead th').first().innerText();
    assert.equal(first, '月');
    await expectSound(page, 'calendar-monday-ja');
    await page.context().close();
  });
});
