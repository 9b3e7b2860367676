// What stays above a customer's record, and the ways about it: tabs by key, the name of the page.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, shoot} from './support/desk.mjs';

atTheDesk("The head of a customer's page", (held) => {
  const long = Array.from({length: 40}, (_, line) => `${line + 1}. 返品の相談中。次の注文の前に店長へ確認する。`).join('\n');
  const tabs = (page) => page.getByRole('tablist');

  it('stays with its warnings in words, while what they say goes with the page and is short at first', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {alert: '夜は出ない'});
    await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: '返品', body: long, alert: true});
    await page.goto(`/customers/${customer.id}`);
    const alert = page.getByRole('alert').filter({hasText: '要注意：返品'});
    await alert.getByRole('button', {name: '続きを表示'}).waitFor();
    await expectSound(page, 'head-long-ja-1280');
    assert.ok((await tabs(page).boundingBox()).y < 560, 'the record begins on the first screen');
    await alert.getByRole('button', {name: '続きを表示'}).click();
    await alert.getByRole('button', {name: '短く表示'}).waitFor();
    assert.ok((await alert.boundingBox()).height > 500);
    await page.getByRole('heading', {name: '連絡先'}).scrollIntoViewIfNeeded();
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 5000);
    await page.waitForFunction(() => document.querySelector('main').scrollTop > 300);
    await shoot(page, 'head-scrolled-ja-1280');
    const name = await page.getByRole('heading', {level: 1}).boundingBox();
    assert.ok(name.y > 40 && name.y < 120, `the name stays, at ${name.y}`);
    assert.ok(await page.locator('header').getByText('要注意', {exact: true}).isVisible());
    await page.context().close();
  });

  it('tells a long warning to its end by a press that looks like one, in both themes and without a mouse', async () => {
    const luminance = (color) => {
      const [r, g, b] = color.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const scheme of ['light', 'dark']) {
      const page = await held.open('/customers', {scheme});
      const customer = await makeCustomer(held, page, {alert: `${'返品の相談中。次の注文の前に店長へ確認する。'.repeat(20)}以上`});
      await page.goto(`/customers/${customer.id}`);
      const more = page.getByRole('alert').getByRole('button', {name: '続きを表示'});
      await more.waitFor();
      const looks = await more.evaluate((button) => {
        const painted = (element) => {
          // What stands behind it, tints one over the other.
          const layers = [];
          for (let at = element; at; at = at.parentElement) layers.push(getComputedStyle(at).backgroundColor);
          const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
          canvas.fillStyle = 'white';
          canvas.fillRect(0, 0, 1, 1);
          for (const layer of layers.reverse()) {
            canvas.fillStyle = layer;
            canvas.fillRect(0, 0, 1, 1);
          }
          return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const numbers = (color) => color.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number);
        const style = getComputedStyle(button);
        const words = getComputedStyle(document.getElementById(button.getAttribute('aria-controls')));
        return {color: numbers(style.color), words: numbers(words.color), behind: painted(button), underline: style.textDecorationLine, height: button.getBoundingClientRect().height};
      });
      const [light, dark] = [luminance(looks.color), luminance(looks.behind)].sort((a, b) => b - a);
      assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, `${scheme}: ${JSON.stringify(looks)}`);
      assert.notDeepEqual(looks.color, looks.words, 'it is told apart from what it goes on from');
      assert.equal(looks.underline, 'underline');
      assert.ok(looks.height >= 24, `${looks.height}`);
      assert.equal(await more.getAttribute('aria-expanded'), 'false');
      while (!(await more.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab');
      assert.notEqual(await more.evaluate((button) => getComputedStyle(button).outlineStyle), 'none');
      await shoot(page, `warning-more-${scheme}`);
      await page.keyboard.press('Enter');
      const less = page.getByRole('alert').getByRole('button', {name: '短く表示'});
      await less.waitFor();
      assert.equal(await less.getAttribute('aria-expanded'), 'true');
      assert.ok(await less.evaluate((button) => button === document.activeElement));
      assert.ok(await page.getByRole('alert').getByText(/以上$/).isVisible());
      await expectSound(page, `warning-whole-${scheme}`);
      await page.context().close();
    }
  });

  it('leaves the days of the timeline to be read, beside the tabs and in a tab', async () => {
    const page = await held.open('/customers', {language: 'en', size: {width: 1920, height: 700}, scheme: 'dark'});
    const customer = await makeCustomer(held, page);
    for (let memo = 0; memo < 12; ++memo) await held.desk.api(page, 'POST', `/customers/${customer.id}/memos`, {title: `Call ${memo}`, body: 'They will call again.\nIn the evening.'});
    const under = async (heading) => {
      const top = await page.locator('main h1').evaluate((name) => name.closest('[class*="head"]').getBoundingClientRect().bottom);
      return (await heading.boundingBox()).y - top;
    };
    await page.goto(`/customers/${customer.id}`);
    const aside = page.getByRole('complementary', {name: 'Timeline'});
    const day = aside.getByRole('heading', {level: 2}).first();
    await day.waitFor();
    await page.mouse.move(600, 500);
    await page.mouse.wheel(0, 3000);
    await page.waitForFunction(() => document.querySelector('main').scrollTop > 50);
    await shoot(page, 'timeline-beside');
    assert.ok((await under(aside)) >= -1, `the column begins below the head: ${await under(aside)}`);
    await expectSound(page, 'timeline-beside-en-1920-dark');
    await page.mouse.move(1700, 500);
    await page.mouse.wheel(0, 250);
    await page.waitForFunction(() => document.querySelector('aside').scrollTop > 100);
    assert.ok((await under(day)) >= -1);
    await page.setViewportSize({width: 1280, height: 500});
    await page.goto(`/customers/${customer.id}/timeline`);
    const stuck = page.getByRole('tabpanel').getByRole('heading', {level: 2}).first();
    await stuck.waitFor();
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 400);
    await page.waitForFunction(() => document.querySelector('main').scrollTop > 200);
    assert.ok((await under(stuck)) >= -1 && (await under(stuck)) < 12, `the day stays below the head: ${await under(stuck)}`);
    await shoot(page, 'timeline-tab-en-1280');
    await page.context().close();
  });

  it('DOMAIN 8.3: Alt and a digit open the tabs, as the list of keys tells', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('heading', {name: '連絡先'}).waitFor();
    await page.keyboard.press('Alt+3');
    await page.getByRole('tab', {name: /お届け先住所/, selected: true}).waitFor();
    await page.keyboard.press('Alt+1');
    await page.getByRole('tab', {name: '基本情報', selected: true}).waitFor();
    await page.keyboard.press('Shift+?');
    const keys = page.getByRole('dialog', {name: 'キーボード操作'});
    await keys.getByText('Alt+1 … 9').waitFor();
    await page.keyboard.press('Alt+3');
    assert.match(page.url(), /\/customers\/\d+$/);
    await page.context().close();
  });

  it('every page has a name of its own, a customer his', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    const titled = (title) => page.waitForFunction((wanted) => document.title === wanted, title);
    await titled('顧客一覧 – Otokui');
    await page.goto(`/customers/${customer.id}`);
    await titled(`${customer.name} ${customer.number} – Otokui`);
    await page.goto('/settings/general');
    await titled('設定：全般 – Otokui');
    await page.goto('/jobs');
    await titled('ジョブ – Otokui');
    await page.getByRole('button', {name: 'English'}).click();
    await titled('Jobs – Otokui');
    await page.context().clearCookies();
    await page.goto('/signin');
    await titled('Sign in – Otokui');
    await page.context().close();
  });
});
