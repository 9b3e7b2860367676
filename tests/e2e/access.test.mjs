import assert from 'node:assert/strict';
import {it} from 'node:test';
import {atTheDesk, expectSound} from './support/desk.mjs';

atTheDesk('The log of readings', (held) => {
  const leaveTraces = async (page) => {
    const ask = (text) => held.desk.api(page, 'POST', '/customers/search', {text, columns: ['name', 'email']});
    const found = await ask('田');
    assert.equal(found.status, 200);
    const [first] = found.body.items;
    await held.desk.api(page, 'GET', `/customers/${first.id}`);
    await held.desk.api(page, 'GET', `/customers/${first.id}`);
    return held.desk.api(page, 'GET', `/customers/${first.id}`).then(({body}) => body);
  };
  const settled = (page) => page.locator('[aria-busy="true"]').first().waitFor({state: 'detached'});

  for (const language of ['ja', 'en'])
    it(`is sound in ${language}, light and dark`, async () => {
      for (const scheme of ['light', 'dark']) {
        const page = await held.open('/', {language, scheme, size: language === 'ja' ? {width: 1280, height: 800} : {width: 1920, height: 1080}});
        await leaveTraces(page);
        await page.goto('/access-log');
        await page.getByRole('heading', {name: language === 'ja' ? '閲覧記録' : 'Reading log', exact: true}).waitFor();
        await page.getByRole('row').nth(1).waitFor();
        await settled(page);
        await expectSound(page, `access-log-${language}-${scheme}`);
        await page.context().close();
      }
    });

  it('tells who opened a customer and how often, from the customer and back', async () => {
    const page = await held.open('/');
    const customer = await leaveTraces(page);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: 'その他の操作'}).click();
    await page.getByRole('menuitem', {name: '閲覧記録を見る'}).click();
    await page.getByRole('heading', {name: '閲覧記録', exact: true}).waitFor();
    assert.equal(await page.getByRole('textbox', {name: '顧客番号'}).inputValue(), customer.number);
    const row = page.getByRole('row').filter({hasText: '顧客を表示'}).first();
    await row.getByText(/^[0-9]+回$/).waitFor();
    await row.getByRole('link', {name: `顧客 ${customer.number}`}).click();
    await page.getByRole('heading', {level: 1, name: customer.name}).waitFor();
    await page.context().close();
  });

  it('tells what was searched for, in words', async () => {
    const page = await held.open('/customers');
    await page.getByRole('row').nth(1).waitFor(); // the list's own search is the older one then
    await leaveTraces(page);
    await page.goto('/access-log?kind=search');
    await page.getByRole('button', {name: 'の内容を見る'}).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('田', {exact: false}).first().waitFor();
    await dialog.getByText('メールアドレス').waitFor();
    await dialog.getByRole('link').first().waitFor();
    await expectSound(page, 'access-detail');
    await page.keyboard.press('Escape');
    await dialog.waitFor({state: 'detached'});
    await page.context().close();
  });

  it('adds up the persons of a period', async () => {
    const page = await held.open('/access-log');
    await page.getByRole('button', {name: '集計する'}).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('閲覧した顧客').first().waitFor();
    await dialog.getByRole('row').filter({hasText: '検索'}).waitFor();
    await expectSound(page, 'access-summary');
    await page.context().close();
  });

  it('narrows by number and clears again', async () => {
    const page = await held.open('/access-log');
    await page.getByRole('row').nth(1).waitFor();
    const number = page.getByRole('textbox', {name: '顧客番号'});
    await number.fill('ない番号');
    await number.press('Enter');
    await page.getByText('条件に合う記録はありません').waitFor();
    await expectSound(page, 'access-empty');
    await page.getByRole('main').getByRole('button', {name: '条件クリア'}).last().click();
    await page.getByRole('row').nth(1).waitFor();
    assert.equal(new URL(page.url()).search, '');
    await page.context().close();
  });

  it('an unusual export is noticed on every page, marked in the log, and taken note of', async () => {
    const page = await held.open('/customers');
    let rows = 0;
    for (const kind of ['customers', 'orders']) {
      const {body} = await held.desk.api(page, 'POST', `/exports/${kind}`, {});
      let job;
      do job = (await held.desk.api(page, 'GET', `/jobs/${body.job}`)).body;
      while (['queued', 'running'].includes(job.status));
      rows += job.ok;
      assert.equal((await page.request.get(`/api/v1/jobs/${body.job}/result`)).status(), 200);
    }
    await page.reload();
    await page.getByRole('link', {name: '通常より多い出力 1件'}).click();
    await page.getByText(`owner さん: 1日に ${rows.toLocaleString('ja-JP')}件（90日間で初めての出力）`).waitFor();
    await page.getByRole('row').filter({hasText: 'ファイルを取得'}).getByText('通常より多い', {exact: true}).waitFor();
    await settled(page);
    await expectSound(page, 'access-unusual');
    await page.getByRole('row').filter({hasText: '通常より多い'}).getByRole('button', {name: 'の内容を見る'}).click();
    await page.getByRole('dialog').getByText('過去90日間に出力した日の中央値', {exact: false}).waitFor();
    await expectSound(page, 'access-unusual-detail');
    await page.keyboard.press('Escape');
    await page.getByRole('button', {name: 'owner さんの警告を確認済みにする'}).click();
    await page.getByRole('link', {name: '通常より多い出力'}).waitFor({state: 'detached'});
    await page.getByText('owner さん: 1日に').waitFor({state: 'detached'});
    await page.context().close();
  });

  it('is not offered to a viewer', async () => {
    const page = await held.open('/customers', {login: 'viewer'});
    await page.getByRole('navigation').getByRole('link', {name: '顧客'}).waitFor();
    assert.equal(await page.getByRole('link', {name: '閲覧記録'}).count(), 0);
    await page.context().close();
  });
});
