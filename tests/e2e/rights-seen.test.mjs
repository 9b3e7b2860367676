// What a page says and offers is what this person may see and do.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound, kPassword} from './support/desk.mjs';
import {section, valueIn} from './support/record.mjs';

atTheDesk('Rights on the pages', (held) => {
  /** Somebody with a role of the shop's own. */
  const person = async (page, login, name, rights) => {
    const role = await held.desk.api(page, 'POST', '/roles', {name, rights});
    assert.equal(role.status, 201, JSON.stringify(role.body));
    await held.server.command(['staff', 'add', '--login', login, '--role', role.body.id, '--password-stdin'], `${kPassword}\n`);
  };
  const hints = async (page) => {
    const boxes = [page.locator('header').getByRole('searchbox'), page.getByRole('search').getByRole('textbox').first()];
    const found = [];
    for (const box of boxes) found.push(await box.getAttribute('placeholder'));
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog').getByRole('combobox');
    found.push(await palette.getAttribute('placeholder'));
    await page.keyboard.press('Escape');
    await palette.waitFor({state: 'detached'});
    return found;
  };

  it('the box for words names what it searches for this person, and nothing else', async () => {
    const page = await held.open('/customers');
    await person(page, 'denwa', '電話係', ['customer.read', 'contact.read']);
    await person(page, 'namae', '氏名だけ', ['customer.read']);
    const whole = '氏名・カナ・メール・電話・顧客番号・住所・会社名・受注番号';
    assert.deepEqual(await hints(page), [whole, whole, '顧客番号・メール・電話（下4桁も可）・氏名・受注番号・画面名']);
    await page.context().close();
    const phones = await held.open('/customers', {login: 'denwa'});
    const noOrders = '氏名・カナ・メール・電話・顧客番号・住所・会社名';
    assert.deepEqual(await hints(phones), [noOrders, noOrders, '顧客番号・メール・電話（下4桁も可）・氏名・画面名']);
    await phones.context().close();
    const names = await held.open('/customers', {login: 'namae', language: 'en'});
    await names.getByRole('heading', {level: 1, name: 'Customers'}).waitFor(); // the language is theirs once it is known who they are
    const few = 'Name, kana, number, company';
    assert.deepEqual(await hints(names), [few, few, 'Number, name, screen']);
    await names.context().close();
  });

  it('a masked value is shown by a press, one at a time, where the role allows it; the log says so', async () => {
    const page = await held.open('/settings/roles');
    await page.getByRole('button', {name: 'ロールを作成'}).click();
    await page.getByRole('checkbox', {name: '伏せた連絡先を1項目ずつ表示（閲覧記録に残る）'}).waitFor();
    await page.keyboard.press('Escape');
    const customer = await makeCustomer(held, page, {phone: '0312345678', email: 'fuse@example.jp', postal_code: '1500001', prefecture: 13, city: '渋谷区'});
    await person(page, 'mado', '窓口', ['customer.read', 'customer.reveal']);
    const viewer = await held.open(`/customers/${customer.id}`, {login: 'viewer'});
    await viewer.getByText('*****').first().waitFor();
    assert.equal(await viewer.getByRole('button', {name: /を表示$/}).count(), 0);
    await viewer.context().close();

    const clerk = await held.open(`/customers/${customer.id}`, {login: 'mado'});
    const head = clerk.locator('header').filter({has: clerk.getByRole('heading', {level: 1})});
    const contacts = section(clerk, '連絡先');
    await contacts.getByRole('button', {name: '電話番号を表示'}).waitFor();
    await expectSound(clerk, 'reveal-masked-ja-1280');
    assert.equal(await clerk.getByText('03-1234-5678').count(), 0);
    await contacts.getByRole('button', {name: '電話番号を表示'}).press('Enter');
    await valueIn(contacts, '電話番号').getByText('03-1234-5678').waitFor();
    assert.equal(await contacts.getByRole('button', {name: '電話番号を表示'}).count(), 0);
    assert.ok(await clerk.evaluate(() => document.activeElement?.textContent === '03-1234-5678'), 'one reads on where one pressed');
    assert.equal(await clerk.getByText('fuse@example.jp').count(), 0, 'the others stay masked');
    await head.getByRole('button', {name: 'メールアドレスを表示'}).click();
    await head.getByText('fuse@example.jp').waitFor();
    await head.getByRole('button', {name: 'メールアドレスをコピー'}).waitFor();
    await expectSound(clerk, 'reveal-shown-ja-1280');
    await clerk.goto('/customers');
    await clerk.getByText('*****').first().waitFor();
    assert.equal(await clerk.getByRole('button', {name: /を表示$/}).filter({hasText: /^表示$/}).count(), 0, 'lists offer it nowhere');
    await clerk.goto(`/customers/${customer.id}`);
    await contacts.getByRole('button', {name: '電話番号を表示'}).waitFor(); // opened anew, it is masked again
    await clerk.context().close();

    await page.goto(`/access-log?customer_number=${customer.number}&kind=reveal`);
    const rows = page.getByRole('region', {name: '閲覧記録'}).locator('tbody tr');
    await rows.filter({hasText: 'mado'}).nth(1).waitFor();
    assert.equal(await rows.count(), 2);
    assert.match(await rows.first().innerText(), /mado[^]*伏せた値を表示/);
    await rows.first().getByRole('button').first().click();
    const dialog = page.getByRole('dialog', {name: '閲覧の内容'});
    await dialog.getByText('メールアドレス', {exact: true}).waitFor();
    await expectSound(page, 'reveal-logged-ja-1280');
    await page.context().close();
  });

  it('in English, in the dark', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await person(page, 'front', 'Front', ['customer.read', 'customer.reveal']);
    await page.context().close();
    const clerk = await held.open(`/customers/${customer.id}`, {login: 'front', language: 'en', size: {width: 1920, height: 1080}, scheme: 'dark'});
    await clerk.getByRole('button', {name: 'Show Phone', exact: true}).first().click();
    await clerk.getByText('03-1234-5678').first().waitFor();
    await expectSound(clerk, 'reveal-en-1920-dark');
    await clerk.context().close();
  });
});
