import assert from 'node:assert/strict';
import {after, before, it} from 'node:test';
import {MailPeer, refusal} from '../api/support/smtp.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';

const field = (page, name) => page.getByRole('textbox', {name, exact: true});

atTheDesk('Mails', (held) => {
  let peer;
  before(async () => {
    peer = await MailPeer.start();
  });
  after(async () => {
    await peer?.stop();
  });

  it('settings are saved, and a test mail shows the mail server\'s own words', async () => {
    const page = await held.open('/settings/mail');
    await page.getByText('メールはまだ設定されていません').waitFor();
    await field(page, 'メールサーバー').fill('mail.example.jp');
    await field(page, '差出人の名前').fill('お得意ショップ');
    await field(page, '差出人のメールアドレス').fill('not a mail');
    await page.getByRole('combobox', {name: '暗号化'}).or(page.getByRole('textbox', {name: '暗号化'})).first().click();
    await page.getByRole('option', {name: /^なし/}).click();
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('暗号化なしの接続は、同じコンピューター上のメールサーバーにだけ使えます').waitFor();
    await page.getByText('メールアドレスの形式が正しくありません').first().waitFor();
    await expectSound(page, 'mail-settings-errors-ja');
    await field(page, 'メールサーバー').fill('127.0.0.1');
    await page.getByLabel('ポート').fill(String(peer.port));
    await field(page, '差出人のメールアドレス').fill('shop@example.jp');
    await page.getByRole('button', {name: '保存'}).click();
    await page.getByText('メールの設定を保存しました').waitFor();
    await field(page, 'テストメールの宛先').fill('hanako@example.jp');
    await page.getByRole('button', {name: 'テストメールを送る'}).click();
    await page.getByText('メールサーバーが受け付けました').waitFor();
    assert.equal(peer.taken.length, 1);
    assert.equal(peer.taken[0].headers.from, 'お得意ショップ <shop@example.jp>');
    peer.will('recipient', refusal(550, '5.1.1 no such user'));
    await page.getByRole('button', {name: 'テストメールを送る'}).click();
    await page.getByText('550 5.1.1 no such user').waitFor();
    await page.getByText('送れませんでした（宛先）').waitFor();
    await expectSound(page, 'mail-settings-ja');
    await page.context().close();
  });

  it('a template is refused with the place of the error, previewed, saved and taken back', async () => {
    const page = await held.open('/settings/mail-templates');
    await page.getByRole('button', {name: '編集: 退会の完了 日本語'}).click();
    const dialog = page.getByRole('dialog');
    await field(dialog, '件名').fill('さようなら {{nobody}}');
    await dialog.getByRole('button', {name: '保存'}).click();
    await dialog.getByText('1行目の7文字目').waitFor();
    await field(dialog, '件名').fill('さようなら {{customer_name}}');
    await dialog.getByRole('button', {name: 'プレビュー'}).click();
    await dialog.getByText('さようなら 鈴木 一郎').waitFor();
    await expectSound(page, 'mail-template-ja');
    await dialog.getByRole('button', {name: '保存'}).click();
    await page.getByText('テンプレートを保存しました').waitFor();
    await page.getByText('編集済み').waitFor();
    await expectSound(page, 'mail-templates-ja');
    await page.getByRole('button', {name: '編集: 退会の完了 日本語'}).click();
    await page.getByRole('button', {name: '標準に戻す'}).click();
    await page.getByRole('dialog').getByRole('button', {name: '保存'}).click();
    await page.getByText('編集済み').waitFor({state: 'detached'});
    await page.context().close();
  });

  it('メール配信履歴 of a customer opens each mail with the body as sent; a viewer sees it masked (FEATURES 51)', async () => {
    const page = await held.open('/customers');
    const {body} = await held.desk.api(page, 'GET', '/mails?limit=1');
    const customer = body.items[0].customer;
    await page.goto(`/customers/${customer}`);
    await page.getByRole('tab', {name: 'メール配信履歴'}).click();
    await page.getByRole('button', {name: /^メールを開く/}).last().click();
    await page.getByLabel('本文').getByText('ご登録ありがとうございます').waitFor();
    await page.getByLabel('本文').getByText('••••••').waitFor();
    await expectSound(page, 'mail-reader-ja');
    await page.context().close();
    const viewer = await held.open(`/customers/${customer}/mails`, {login: 'viewer'});
    await viewer.getByRole('button', {name: /^メールを開く/}).last().click();
    await viewer.getByText('連絡先の閲覧権限がないため').waitFor();
    assert.equal(await viewer.getByLabel('本文').innerText(), '*****');
    await viewer.context().close();
  });

  it('a search finds exactly the customers who got a certain mail', async () => {
    const page = await held.open('/mails');
    const found = new Set();
    let cursor = '';
    do {
      const {body} = await held.desk.api(page, 'GET', `/mails?limit=200${cursor}`);
      for (const mail of body.items) if (mail.template === 'withdrawal') found.add(mail.customer);
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
    } while (cursor);
    assert.ok(found.size > 0);
    const condition = {all: [{has: 'mail', where: {field: 'template', op: 'in', value: ['withdrawal']}}, {field: 'deleted', op: 'in', value: ['no', 'yes']}]};
    const {body, status} = await held.desk.api(page, 'POST', '/customers/search', {condition, limit: 200});
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(new Set(body.items.map((customer) => customer.id)), found);
    await page.context().close();
  });

  it('all mails: a failed one is found by its state and sent again', async () => {
    const page = await held.open('/mails');
    peer.will('recipient', refusal(550, '5.1.1 mailbox closed'));
    const queued = await held.desk.api(page, 'POST', '/settings/mail/test', {to: 'failed@example.jp', queue: true});
    assert.equal(queued.status, 202, JSON.stringify(queued.body));
    await peer.until(() => peer.asked.some((asked) => asked.address === 'failed@example.jp'), 'it was tried');
    await page.getByText('失敗', {exact: true}).first().click();
    await page.waitForURL('**/mails?status=failed');
    await page.reload();
    await page.getByRole('button', {name: 'メールを開く: テストメール'}).click();
    await page.getByText('メールサーバーに拒否されました').waitFor();
    await expectSound(page, 'mail-failed-ja');
    const before = peer.taken.length;
    await page.getByRole('button', {name: '再送する'}).click();
    await page.getByText('送信待ちに入れました').waitFor();
    await peer.until(() => peer.taken.length > before, 'it arrived');
    await page.context().close();
  });

  it('in English', async () => {
    const page = await held.open('/settings/mail', {language: 'en'});
    await page.getByText('Mail server', {exact: true}).waitFor();
    await expectSound(page, 'mail-settings-en');
    await page.goto('/mails');
    await page.getByRole('button', {name: /^Open the mail/}).first().waitFor();
    await expectSound(page, 'mails-en');
    await page.context().close();
  });
});
