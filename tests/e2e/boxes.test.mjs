// What the boxes of a form offer, take and tell, to the eye and to a screen reader, by mouse and by keys.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {heard} from './support/aria.mjs';
import {makeCustomer} from './support/customers.mjs';
import {atTheDesk, expectSound} from './support/desk.mjs';
import {apiOf, choiceBox, choose, dialogOf, field, kEnglish, offersOf, section, valueIn} from './support/record.mjs';

atTheDesk('A box', (held) => {
  const {api, read} = apiOf(held);

  it('FEATURES 70: 性別 is one of four or none at all, is saved and shown', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page);
    await page.goto(`/customers/${customer.id}`);
    const basics = section(page, '基本情報');
    await basics.waitFor();
    assert.equal(await valueIn(basics, '性別').innerText(), '未設定');
    const open = () => page.getByRole('button', {name: '基本情報を編集'}).click();
    const save = async () => {
      await page.getByRole('button', {name: '保存', exact: true}).click();
      await basics.waitFor();
    };
    const codes = {男性: 'male', 女性: 'female', その他: 'other', 回答しない: 'unanswered'};
    await open();
    assert.deepEqual(await offersOf(page, choiceBox(page, '性別')), Object.keys(codes));
    await page.getByRole('option', {name: '男性'}).click();
    await save();
    for (const [word, code] of Object.entries(codes)) {
      if (code !== 'male') {
        await open();
        await choose(page, choiceBox(page, '性別'), word);
        await save();
      }
      assert.equal(await valueIn(basics, '性別').innerText(), word);
      assert.equal((await read(page, customer)).sex, code);
    }
    await expectSound(page, 'sex-ja-1280');
    await page.context().close();

    const english = await held.open(`/customers/${customer.id}`, kEnglish);
    const basic = section(english, 'Basic');
    await basic.waitFor();
    assert.equal(await valueIn(basic, 'Sex').innerText(), 'Prefers not to say');
    await english.getByRole('button', {name: 'Edit Basic'}).click();
    const sex = choiceBox(english, 'Sex');
    assert.deepEqual(await offersOf(english, sex), ['Male', 'Female', 'Other', 'Prefers not to say']);
    await english.getByRole('option', {name: 'Other', exact: true}).click();
    await expectSound(english, 'sex-form-en-1920');
    await english.getByRole('form').getByLabel('Clear the choice (Delete key)').first().click();
    assert.equal(await sex.inputValue(), '');
    await english.getByRole('button', {name: 'Save', exact: true}).click();
    await basic.waitFor();
    assert.equal(await valueIn(basic, 'Sex').innerText(), 'Not set');
    assert.equal((await read(english, customer)).sex, null);
    await english.context().close();
  });

  it('FEATURES 67: the box offers 47 prefectures; a text near its limit counts while it is typed, and is not saved beyond it', async () => {
    const page = await held.open('/customers/new');
    const prefecture = choiceBox(page, '都道府県');
    const offered = await offersOf(page, prefecture);
    assert.equal(new Set(offered).size, 47);
    assert.deepEqual([offered[0], offered[12], offered[46]], ['北海道', '東京都', '沖縄県']);
    await prefecture.fill('京');
    await page.getByRole('option').nth(2).waitFor({state: 'detached'});
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['東京都', '京都府']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.match(await prefecture.inputValue(), /^(東京都|京都府)$/);

    const customer = await makeCustomer(held, page, {city: '渋谷区'});
    await page.goto(`/customers/${customer.id}`);
    await page.getByRole('button', {name: '住所（請求先）を編集'}).click();
    const form = page.getByRole('form', {name: '住所（請求先）の編集'});
    for (const name of ['市区町村', '町域・番地', '建物名']) {
      const box = field(form, name);
      await box.fill('あ'.repeat(160));
      assert.equal(await form.getByText(/／200文字/).count(), 0, `${name}: nothing is counted yet`);
      await box.press('End');
      await page.keyboard.insertText('い');
      await form.getByText('161／200文字', {exact: true}).waitFor();
      await box.fill('渋谷区');
      await form.getByText(/／200文字/).waitFor({state: 'detached'});
    }
    await field(form, '市区町村').fill('あ'.repeat(201));
    await form.getByText('201／200文字', {exact: true}).waitFor();
    await form.getByRole('button', {name: '保存', exact: true}).click();
    await form.getByRole('alert').filter({hasText: '長すぎます。'}).waitFor();
    const city = field(form, '市区町村');
    assert.equal(await city.getAttribute('aria-invalid'), 'true');
    await page.waitForFunction((box) => box === document.activeElement, await city.elementHandle()); // the cursor is where the mistake is
    await expectSound(page, 'address-too-long-ja-1280');
    const before = await read(page, customer);
    assert.deepEqual([before.city, before.street, before.version], ['渋谷区', null, customer.version]);
    // A character outside of the first plane is one character.
    await city.fill('𠮷'.repeat(200));
    await form.getByText('200／200文字', {exact: true}).waitFor();
    await form.getByRole('button', {name: '保存', exact: true}).click();
    await form.waitFor({state: 'detached'});
    assert.equal((await read(page, customer)).city, '𠮷'.repeat(200));
    await expectSound(page, 'address-longest-ja-1280');
    await page.context().close();

    const english = await held.open('/customers/new', kEnglish);
    const words = await offersOf(english, choiceBox(english, 'Prefecture'));
    assert.deepEqual([new Set(words).size, words[0], words[46]], [47, 'Hokkaido', 'Okinawa']);
    await english.getByRole('option', {name: 'Tokyo', exact: true}).click();
    await field(english, 'City').fill('a'.repeat(201));
    await english.getByText('201/200 characters', {exact: true}).waitFor();
    await field(english, 'Family name').fill('Limit');
    await english.getByRole('button', {name: 'Create'}).click();
    await english.getByText('This is too long.').waitFor();
    await expectSound(english, 'address-too-long-en-1920');
    await english.context().close();
  });

  it('tells a screen reader the help beside it, and after a refused save what is wrong with it', async () => {
    const page = await held.open('/coupons');
    const right = (description) => ({description, invalid: false});
    const wrong = (description) => ({description, invalid: true});
    await page.getByRole('button', {name: 'クーポンを追加'}).click();
    const coupon = page.getByRole('dialog', {name: 'クーポンを追加'});
    const name = field(coupon, 'クーポン名');
    assert.deepEqual(await heard(page, name), right('管理用の名前です。顧客には表示されません。'));
    assert.deepEqual(await heard(page, field(coupon, 'ご利用可能回数（1人あたり）')), right('空欄のときは何回でも使えます。'));
    assert.deepEqual(await heard(page, field(coupon, '対象商品の商品番号')), right('1行に1つ。空欄のときは全商品が対象です。'));
    assert.deepEqual(await heard(page, choiceBox(coupon, '割引内容')), right(''));
    const day = field(coupon, '有効期間の初日');
    await day.fill('2025/04/01');
    await coupon.getByText('2025/04/01（火）').waitFor();
    assert.deepEqual(await heard(page, day), right('2025/04/01（火）'));
    await day.fill('昨日');
    const unreadable = await coupon.getByRole('alert').innerText();
    assert.deepEqual(await heard(page, day), wrong(unreadable));
    await day.fill('');
    await coupon.getByRole('button', {name: '保存'}).click();
    await coupon.getByText('入力してください。').first().waitFor();
    assert.deepEqual(await heard(page, name), wrong('管理用の名前です。顧客には表示されません。 入力してください。'));
    await expectSound(page, 'boxes-refused-ja-1280');
    await field(coupon, 'ご利用可能回数（1人あたり）').fill('何回も');
    assert.deepEqual(await heard(page, field(coupon, 'ご利用可能回数（1人あたり）')), wrong('空欄のときは何回でも使えます。 数字で入力してください。'));

    await page.goto('/settings/special-types');
    await page.getByRole('button', {name: /^操作: /}).first().click();
    await page.getByRole('menuitem', {name: '編集'}).click();
    const type = page.getByRole('dialog');
    assert.deepEqual(await heard(page, choiceBox(type, '除外商品')), right('商品番号。注文のすべての商品がここにあるときだけ除外されます。'));
    await field(type, '割引率').fill('101');
    await type.getByRole('button', {name: '保存'}).click();
    await type.getByText('範囲外の値です。').waitFor();
    assert.deepEqual(await heard(page, field(type, '割引率')), wrong('0以外にすると、商品の通常割引は適用されません。 範囲外の値です。'));

    await page.goto('/settings/labels');
    await page.getByRole('button', {name: '顧客ラベルを追加'}).click();
    await field(page, '名前').fill('色違い');
    await field(page, '色').fill('#12');
    await dialogOf(page).getByRole('button', {name: '保存'}).click();
    await dialogOf(page).getByText('色は #rrggbb の形で指定してください。').waitFor();
    assert.deepEqual(await heard(page, field(page, '色')), wrong('色は #rrggbb の形で指定してください。'));

    await page.goto('/settings/password');
    const password = page.getByLabel('新しいパスワード', {exact: true});
    await page.getByLabel('現在のパスワード', {exact: true}).fill('x');
    await password.fill('short');
    assert.deepEqual(await heard(page, password), right('12文字以上。覚えやすい文章でもかまいません。'));
    await page.getByRole('button', {name: '変更する'}).click();
    await page.getByText('12文字以上で入力してください。').waitFor();
    assert.deepEqual(await heard(page, password), wrong('12文字以上。覚えやすい文章でもかまいません。 12文字以上で入力してください。'));
    await page.context().close();
  });

  it('FEATURES 89: of every kind that the shop makes itself is told to be wrong, beside what it asks for', async () => {
    const page = await held.open('/customers');
    const options = [{labels: {ja: '小'}}, {labels: {ja: '大'}}];
    const kinds = {text: '呼び名', long_text: 'ご要望', number: '人数', date: '来店日', select: '寸法', multi: '好み', checkbox: '規約に同意'};
    const made = [];
    for (const [type, ja] of Object.entries(kinds)) {
      const more = type === 'number' ? {minimum: 1, maximum: 9} : type === 'select' || type === 'multi' ? {options} : {};
      made.push(await api(page, 'POST', '/form-fields', {key: `box_${type}`, type, labels: {ja}, required: true, ...more}));
    }
    try {
      await page.goto('/customers/new');
      const own = section(page, 'フリーフォーム');
      const roles = {select: 'combobox', multi: 'combobox', checkbox: 'checkbox'};
      const boxOf = (type) => own.getByRole(roles[type] ?? 'textbox', {name: kinds[type]}); // a box to tick bears its はい or いいえ as well
      assert.deepEqual(await heard(page, boxOf('number')), {description: '1〜9', invalid: false});
      await field(page, '姓').fill('項目');
      await page.getByRole('button', {name: '登録する'}).click();
      await own.getByText('入力してください。').nth(made.length - 1).waitFor();
      for (const type of Object.keys(kinds)) {
        assert.deepEqual([type, await heard(page, boxOf(type))], [type, {description: type === 'number' ? '1〜9 入力してください。' : '入力してください。', invalid: true}]);
      }
      await expectSound(page, 'boxes-own-refused-ja-1280');
    } finally {
      for (const {id} of made) await api(page, 'DELETE', `/form-fields/${id}`, undefined, {'If-Match': '*'});
    }
    await page.context().close();
  });

  it('with a choice is emptied by keys alone, says so, and is saved empty', async () => {
    const page = await held.open('/customers');
    const customer = await makeCustomer(held, page, {sex: 'female', postal_code: '1500001', prefecture: 13, city: '渋谷区'});
    await page.goto(`/customers/${customer.id}?edit=1`);
    const sex = choiceBox(page, '性別');
    await sex.focus();
    assert.equal((await heard(page, sex)).description, 'Deleteキーで選択を消せます。');
    await page.keyboard.press('Delete');
    assert.equal(await sex.inputValue(), '');
    await page.getByText('選択を消しました').waitFor({state: 'attached'});
    assert.equal((await heard(page, sex)).description, '', 'there is nothing to clear any more');
    await expectSound(page, 'choice-cleared-ja-1280');
    await page.keyboard.press('Control+s');
    await section(page, '基本情報').waitFor();
    assert.equal((await read(page, customer)).sex, null);

    await page.getByRole('button', {name: '住所（請求先）を編集'}).click();
    const form = page.getByRole('form', {name: '住所（請求先）の編集'});
    const prefecture = choiceBox(form, '都道府県');
    const arrive = async () => {
      await field(form, '市区町村').focus();
      await page.keyboard.press('Shift+Tab');
      assert.ok(await prefecture.evaluate((box) => box === document.activeElement));
    };
    await arrive();
    assert.equal((await heard(page, prefecture)).description, '文字をすべて消すと、選択も消えます。');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    assert.equal(await prefecture.inputValue(), '東京');
    await page.keyboard.press('Tab');
    assert.equal(await prefecture.inputValue(), '東京都', 'half a name is no other choice');
    await arrive();
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    assert.equal(await prefecture.inputValue(), '');
    await page.keyboard.press('Control+s');
    await form.waitFor({state: 'detached'});
    assert.equal((await read(page, customer)).prefecture, null);
    await page.context().close();

    const english = await held.open('/jobs?status=failed', kEnglish);
    const status = choiceBox(english, 'Status');
    const shows = async (text) => english.waitForFunction(([box, value]) => box.value === value, [await status.elementHandle(), text]);
    await shows('Failed');
    await status.focus();
    assert.equal((await heard(english, status)).description, 'Press Delete to clear the choice.');
    await english.keyboard.press('Backspace');
    await english.waitForURL((url) => url.search === '');
    await shows('');
    await expectSound(english, 'choice-cleared-en-1920');
    await english.context().close();
  });
});
