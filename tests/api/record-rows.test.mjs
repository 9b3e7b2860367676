// What a customer's record keeps and says, row by row of its promises; how it ends stands in record-ends.test.mjs.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kWhole = {
  status: 'member', family_name: '青木', given_name: '花子', family_kana: 'アオキ', given_kana: 'ハナコ', email2: 'hana@example.jp', phone: '0312345678',
  fax: '0312345679', postal_code: '1500001', prefecture: 13, city: '渋谷区', street: '神宮前1-2-3', building: '青葉ビル', company: '青木商店',
  department: '経理', sex: 'female', birth_date: '1985-04-03', memo: '電話は夜', alert: '長男と同姓',
};
// The same in other writing.
const kOtherwise = {
  family_name: ' 青木　', family_kana: 'あおき', given_kana: 'ﾊﾅｺ', email2: 'Ｈana@EXAMPLE.jp', phone: '０３－１２３４－５６７８', fax: '+81 3-1234-5679',
  postal_code: '〒150-0001', birth_date: '昭和60年4月3日', memo: '電話は夜 ', sex: 'female', prefecture: 13,
};

async function finished(client, answer) {
  const {job} = expectAnswer(answer, 202);
  for (;;) {
    const seen = expectAnswer(await client.get(`/jobs/${job}`), 200);
    if (!['queued', 'running'].includes(seen.status)) return seen;
    await pause(20);
  }
}
const importFile = async (client, path, lines) => finished(client, await client.request('post', path, {raw: lines.join('\n'), type: 'text/csv'}));

onEachEngine("A customer's record", (held) => {
  const as = (role) => new Client(held.server, role);
  let people = 0;
  const create = async (input = {}, who = as('operator')) =>
    expectAnswer(await who.post('/customers', {family_name: '記録', status: 'member', email: `row${++people}@example.jp`, ...input}), 201);
  const read = async ({id}) => expectAnswer(await as('operator').get(`/customers/${id}`), 200);
  const history = async ({id}) => expectAnswer(await as('operator').get(`/customers/${id}/history?limit=200`), 200).items;
  const undo = async (answer) => expectAnswer(await as('admin').post(`/operations/${answer.headers.get('otokui-operation')}/undo`, {}), 200);
  const exported = async (kind, ids, columns) => {
    const condition = {field: 'id', op: 'in', value: ids};
    const job = await finished(as('admin'), await as('admin').post(`/exports/${kind}`, {condition, encoding: 'utf-8', sort: [{field: 'id', direction: 'asc'}], ...(columns && {columns})}));
    assert.equal(job.status, 'done', JSON.stringify(job.problem));
    return (await as('admin').get(`/jobs/${job.id}/result`)).text;
  };
  const found = async (condition) =>
    expectAnswer(await as('operator').post('/customers/search', {condition, columns: ['id'], sort: [{field: 'id', direction: 'asc'}]}), 200).items.map(({id}) => id);

  it('FEATURES 44: an order keeps the address it came with, whatever becomes of those of its customer', async () => {
    const customer = await create({...kWhole, given_name: '一郎'});
    const address = expectAnswer(await as('operator').post(`/customers/${customer.id}/addresses`, {family_name: '青木', city: '千代田区', street: '丸の内1-9-2'}), 201);
    const job = await importFile(as('admin'), '/imports/orders', [
      '受注番号,顧客番号,受注日,決済状況,合計,お届け先氏名,お届け先郵便番号,お届け先住所,お届け先電話番号',
      `KEEP-1,${customer.number},2026-01-05,売上完了,3000,青木 一郎,100-0005,東京都千代田区丸の内1-9-2,03-1234-5678`,
    ]);
    assert.equal(job.status, 'done', JSON.stringify(job.problem));
    const sent = () => exported('orders', [customer.id], ['number', 'ship_name', 'ship_postal_code', 'ship_address', 'ship_phone']);
    const told = async () =>
      expectAnswer(await as('owner').get(`/customers/${customer.id}/disclosure`), 200).sections.find(({table}) => table === 'orders').rows;
    const [file, rows] = [await sent(), await told()];
    assert.equal(file.split('\r\n')[1], 'KEEP-1,青木 一郎,1000005,東京都千代田区丸の内1-9-2,0312345678');
    const moved = {postal_code: '5300001', prefecture: 27, city: '大阪市北区', street: '梅田1-1', building: null, phone: '0698765432', family_name: '森'};
    expectAnswer(await as('operator').patch(`/customers/${customer.id}`, moved, '*'), 200);
    const path = `/customers/${customer.id}/addresses/${address.id}`;
    expectAnswer(await as('operator').patch(path, {...moved, building: '別館'}, '*'), 200);
    expectAnswer(await as('operator').delete(path, '*'), 204);
    assert.equal((await read(customer)).address, '大阪府大阪市北区梅田1-1');
    assert.deepEqual([await sent(), await told()], [file, rows]);
  });

  it('FEATURES 44: a whole form sent back writes the changed fields alone', async () => {
    const customer = await create(kWhole);
    for (const key of Object.keys(kWhole)) assert.equal(customer[key], kWhole[key], key);
    const answer = await as('admin').patch(`/customers/${customer.id}`, {...kWhole, city: '港区', memo: null}, customer.version);
    const {adjusted, updated_at, ...changed} = expectAnswer(answer, 200);
    const expected = {...customer, city: '港区', memo: null, address: '東京都港区神宮前1-2-3 青葉ビル', version: 2};
    for (const key of Object.keys(changed)) assert.deepEqual(changed[key], expected[key], key);
    const [latest] = await history(customer);
    assert.deepEqual(latest.changes.map(({field, before: was, after: is}) => [field, was, is]).sort(), [['city', '渋谷区', '港区'], ['memo', '電話は夜', null]]);
  });

  it('FEATURES 45: sixty addresses are added, listed, changed and deleted, one of them the default, and each act is taken back', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}/addresses`;
    const list = async () => expectAnswer(await as('operator').get(`${path}?limit=200`), 200).items;
    const defaults = async () => (await list()).filter((address) => address.is_default).map(({label}) => label);
    const made = [];
    for (let i = 1; i <= 60; ++i) made.push(expectAnswer(await as('operator').post(path, {label: `先${i}`, city: '渋谷区', street: `神宮前${i}`}), 201).id);
    const listed = await list();
    assert.deepEqual(listed.map(({id}) => id).sort(), made.toSorted());
    assert.deepEqual(new Set(listed.map(({street}) => street)).size, 60);
    assert.deepEqual(await defaults(), ['先1']);

    const one = `${path}/${made[29]}`;
    const changed = await as('operator').patch(one, {city: '港区', is_default: true}, '*');
    assert.deepEqual([expectAnswer(changed, 200).city, await defaults()], ['港区', ['先30']]);
    assert.deepEqual((await list()).filter(({city}) => city !== '渋谷区').map(({id}) => id), [made[29]]);
    const stood = await list();
    const deleted = await as('operator').delete(one, '*');
    expectAnswer(deleted, 204);
    assert.deepEqual([(await list()).length, (await defaults()).length], [59, 1]);
    await undo(deleted);
    const plain = (addresses) => addresses.map(({version, updated_at, ...rest}) => rest);
    assert.deepEqual(plain(await list()), plain(stood));
    await undo(changed);
    assert.deepEqual(plain(await list()), plain(listed));
    const added = await as('operator').post(path, {label: '先61', is_default: true});
    expectAnswer(added, 201);
    assert.deepEqual(await defaults(), ['先61']);
    await undo(added);
    assert.deepEqual(plain(await list()), plain(listed));
  });

  it('FEATURES 45: their list pages as every list does, the default first and then the newest', async () => {
    const customer = await create();
    const path = `/customers/${customer.id}/addresses`;
    for (let i = 1; i <= 5; ++i) expectAnswer(await as('operator').post(path, {label: `先${i}`}), 201);
    const pages = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await as('operator').get(`${path}?limit=2${cursor && `&cursor=${cursor}`}`), 200);
      pages.push(page.items.map(({label}) => label));
      if (!page.next_cursor) break;
      cursor = page.next_cursor;
    }
    assert.deepEqual(pages, [['先1', '先5'], ['先4', '先3'], ['先2']]);
  });

  /** So that a change made now has another moment. */
  const untilLater = async ({updated_at}) => {
    while (Date.now() <= Date.parse(updated_at)) await pause(1);
  };

  it('FEATURES 60: the same values in any writing leave version and 最終更新日, a real change moves both', async () => {
    const {adjusted, ...customer} = await create(kWhole);
    await untilLater(customer);
    for (const body of [{}, kWhole, kOtherwise]) {
      const same = await as('admin').patch(`/customers/${customer.id}`, body, customer.version);
      expectAnswer(same, 200);
      assert.equal(same.headers.get('otokui-operation'), null);
      assert.deepEqual(await read(customer), customer);
    }
    assert.equal((await history(customer)).length, 1);
    const answer = await as('admin').patch(`/customers/${customer.id}`, {...kOtherwise, phone: '０３－１２３４－５６７０'}, customer.version);
    const changed = expectAnswer(answer, 200);
    assert.deepEqual([changed.phone, changed.version], ['0312345670', customer.version + 1]);
    assert.ok(Date.parse(changed.updated_at) > Date.parse(customer.updated_at));
    await untilLater(changed);
    await undo(answer);
    const back = await read(customer);
    assert.deepEqual([back.phone, back.version], [customer.phone, customer.version + 2]);
    assert.ok(Date.parse(back.updated_at) > Date.parse(changed.updated_at));
  });

  it('FEATURES 60: a file that says nothing new, and what is reckoned from his orders, leave both; a file that does moves both', async () => {
    const customer = await create({...kWhole, given_name: '二郎'});
    await untilLater(customer);
    const stood = await read(customer);
    for (const file of [
      (await exported('customers', [customer.id])).split('\r\n'),
      ['顧客番号,セイ,電話番号,郵便番号,生年月日,都道府県', `${customer.number},ｱｵｷ,０３－１２３４－５６７８,150-0001,S60.4.3,東京`],
    ]) {
      const job = await importFile(as('admin'), '/imports/customers?mode=update', file);
      assert.deepEqual([job.status, job.update, job.unchanged, job.error], ['done', 0, 1, 0], JSON.stringify(job));
      assert.deepEqual(await read(customer), stood);
    }
    const order = await importFile(as('admin'), '/imports/orders', ['受注番号,顧客番号,受注日,決済状況,合計', `SAME-1,${customer.number},2026-01-05 10:00:00,売上完了,3000`]);
    assert.equal(order.status, 'done', JSON.stringify(order.problem));
    const bought = await read(customer);
    assert.deepEqual([bought.purchase_total, bought.version, bought.updated_at], [3000, stood.version, stood.updated_at]);
    const job = await importFile(as('admin'), '/imports/customers?mode=update', ['顧客番号,メモ', `${customer.number},新しい`]);
    assert.deepEqual([job.status, job.update], ['done', 1]);
    const changed = await read(customer);
    assert.deepEqual([changed.memo, changed.version], ['新しい', stood.version + 1]);
    assert.ok(Date.parse(changed.updated_at) > Date.parse(stood.updated_at));
  });

  it('FEATURES 70: その他, 回答しない and no answer are kept, found, written into a file and read from one', async () => {
    const [other, unanswered, none] = [await create({sex: 'other'}), await create({sex: 'unanswered'}), await create()];
    const ids = [other.id, unanswered.id, none.id];
    assert.deepEqual(await Promise.all([other, unanswered, none].map(async (one) => (await read(one)).sex)), ['other', 'unanswered', null]);
    const among = (leaf) => found({all: [{field: 'id', op: 'in', value: ids}, {field: 'sex', ...leaf}]});
    assert.deepEqual(await among({op: 'in', value: ['other']}), [other.id]);
    assert.deepEqual(await among({op: 'in', value: ['unanswered', 'other']}), [other.id, unanswered.id]);
    assert.deepEqual(await among({op: 'not_in', value: ['other']}), [unanswered.id, none.id]);
    assert.deepEqual(await among({op: 'empty'}), [none.id]);
    const file = await exported('customers', ids, ['number', 'sex']);
    assert.equal(file, `顧客番号,性別\r\n${other.number},その他\r\n${unanswered.number},回答しない\r\n${none.number},\r\n`);
    const again = await importFile(as('admin'), '/imports/customers?mode=update', file.trimEnd().split('\r\n'));
    assert.deepEqual([again.status, again.unchanged, again.error], ['done', 3, 0]);
    const words = ['男性', '女性', 'その他', '回答しない', ''];
    const job = await importFile(as('admin'), '/imports/customers', ['顧客番号,姓,性別', ...words.map((word, i) => `SEX-${i},記録,${word}`)]);
    assert.deepEqual([job.status, job.create], ['done', words.length], JSON.stringify(job));
    const rows = await found({field: 'number', op: 'starts_with', value: 'SEX-'});
    assert.deepEqual(await Promise.all(rows.map(async (id) => (await read({id})).sex)), ['male', 'female', 'other', 'unanswered', null]);
    const changed = expectAnswer(await as('operator').patch(`/customers/${other.id}`, {sex: null}, other.version), 200);
    assert.equal(changed.sex, null);
  });

  it('FEATURES 82: 登録経路 says through which door somebody came, or what the file says, and is searched by', async () => {
    const page = await Client.signIn(held.server, 'operator');
    const byHand = await create({}, page);
    const byToken = await create();
    const given = await create({device: 'tablet'});
    const job = await importFile(as('admin'), '/imports/customers', ['顧客番号,姓,登録経路', 'WAY-1,記録,スマートフォン', 'WAY-2,記録,PC', 'WAY-3,記録,電話']);
    assert.deepEqual([job.status, job.create], ['done', 3], JSON.stringify(job));
    const plain = await importFile(as('admin'), '/imports/customers', ['顧客番号,姓', 'WAY-4,記録']);
    assert.deepEqual([plain.status, plain.create], ['done', 1]);
    const [smartphone, pc, phone, csv] = await found({field: 'number', op: 'starts_with', value: 'WAY-'});
    const expected = {[byHand.id]: 'staff', [byToken.id]: 'api', [given.id]: 'tablet', [smartphone]: 'smartphone', [pc]: 'pc', [phone]: 'phone', [csv]: 'csv'};
    for (const [id, device] of Object.entries(expected)) {
      assert.equal((await read({id})).device, device);
      assert.deepEqual(await found({all: [{field: 'id', op: 'in', value: Object.keys(expected)}, {field: 'device', op: 'in', value: [device]}]}), [id]);
    }
    assert.equal(await exported('customers', [byHand.id], ['device']), '登録経路\r\n管理画面\r\n');
    const kept = await importFile(as('admin'), '/imports/customers?mode=update', ['顧客番号,登録経路', 'WAY-1,PC']);
    assert.equal(kept.status, 'failed');
    const {items} = expectAnswer(await as('admin').get(`/jobs/${kept.id}/rows`), 200);
    assert.deepEqual(items.map(({errors}) => errors.map(({column, code}) => `${column} ${code}`)), [['登録経路 read_only']]);
    assert.equal((await read({id: smartphone})).device, 'smartphone');
  });
});

onEachEngine('The block list', (held) => {
  const as = (role) => new Client(held.server, role);
  const put = async (on) => expectAnswer(await as('admin').patch('/settings/features', {block_list: on}, '*'), 200);
  const quote = async (customer) =>
    expectAnswer(await as('viewer').post('/quotes', {customer, lines: [{product_number: 'TEA-001', unit_price: 100, quantity: 1}]}), 200);
  const blocked = {};
  before(async () => {
    for (const action of ['alert', 'refuse']) {
      const reason = expectAnswer(await as('admin').post('/block-reasons', {name: action, action}), 201).id;
      blocked[action] = expectAnswer(await as('admin').post('/customers', {family_name: '黒木', blocked: true, block_reasons: [reason]}), 201).id;
    }
  });

  it('FEATURES 85: while it is off its routes are gone and nobody’s order meets with it, and all comes back', async () => {
    const quotes = async () => Promise.all([quote(blocked.alert), quote(blocked.refuse)]);
    const stood = await quotes();
    assert.deepEqual(stood.map(({block, accepted}) => [block.action, accepted]), [['alert', true], ['refuse', false]]);
    const masters = async () => expectAnswer(await as('viewer').get('/masters'), 200).items.map(({name}) => name);
    await put(false);
    try {
      assert.ok(!(await masters()).includes('block-reasons'));
      const path = `/customers/${blocked.refuse}`;
      for (const route of ['/block-reasons', `${path}/block/why`, `${path}/related?kind=blocked_look_alike`])
        expectAnswer(await as('admin').get(route), 404, 'feature.off');
      assert.deepEqual((await quotes()).map(({block, accepted}) => [block, accepted]), [[null, true], [null, true]]);
      const made = await as('admin').post('/customers', {family_name: '黒木', blocked: true});
      expectAnswer(made, 422, 'customer.invalid');
      assert.ok(pointers(made).includes('/blocked feature_off'), made.text);
      const seen = await importFile(as('admin'), '/imports/customers', ['姓,ブロックリスト,ブロック理由', '黒木,はい,refuse']);
      assert.deepEqual([seen.status, seen.error], ['failed', 1]);
    } finally {
      await put(true);
    }
    assert.ok((await masters()).includes('block-reasons'));
    assert.deepEqual(await quotes(), stood);
    const why = expectAnswer(await as('viewer').get(`/customers/${blocked.refuse}/block/why`), 200);
    assert.deepEqual([why.blocked, why.reasons.map(({action}) => action)], [true, ['refuse']]);
  });
});
