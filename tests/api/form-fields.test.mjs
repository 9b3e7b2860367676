import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer, pointers} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';

const kOptions = [
  {code: 's', labels: {ja: '小', en: 'Small'}},
  {code: 'm', labels: {ja: '中'}},
  {code: 'l', labels: {ja: '大', en: 'Large'}},
];
const kFields = [
  {key: 'pet', labels: {ja: 'ペットの名前', en: 'Name of the pet'}, type: 'text', max_length: 20, on_list: true},
  {key: 'story', labels: {ja: 'ご要望', en: 'Wishes'}, type: 'long_text'},
  {key: 'shoe', labels: {ja: '靴のサイズ', en: 'Shoe size'}, type: 'number', minimum: 10, maximum: 40},
  {key: 'met', labels: {ja: '来店日', en: 'Visited on'}, type: 'date'},
  {key: 'size', labels: {ja: '服のサイズ', en: 'Size'}, type: 'select', options: kOptions},
  {key: 'likes', labels: {ja: '好きなサイズ', en: 'Sizes liked'}, type: 'multi', options: kOptions},
  {key: 'agreed', labels: {ja: '規約に同意', en: 'Agreed'}, type: 'checkbox'},
];
const kSignUp = {
  family_name: '青木', given_name: '花子', email: 'aoki@example.jp', device: 'smartphone',
  'x.pet': ' 𠮷丸 ', 'x.story': '一行目\r\n二行目', 'x.shoe': 24, 'x.met': '令和7年4月1日', 'x.size': 'm', 'x.likes': ['l', 's'], 'x.agreed': true,
};

onEachEngine('Fields of the shop', (held) => {
  const as = (role) => new Client(held.server, role);
  const operationOf = (answer) => answer.headers.get('otokui-operation');
  const fieldOf = async (key) => (await as('admin').get('/form-fields')).body.items.find((field) => field.key === key);
  const catalogued = async (key, role = 'admin') => (await as(role).get('/catalogue')).body.fields.find((field) => field.key === key);
  const found = async (condition, more = {}) =>
    expectAnswer(await as('operator').post('/customers/search', {condition, ...more}), 200).items.map(({id}) => id);
  const change = async (key, body) => {
    const field = await fieldOf(key);
    return expectAnswer(await as('admin').patch(`/form-fields/${field.id}`, body, field.version), 200);
  };
  async function finished(job) {
    for (;;) {
      const {body} = await as('admin').get(`/jobs/${job}`);
      if (['done', 'failed', 'cancelled'].includes(body.status)) return body;
      await pause(50);
    }
  }
  const importCsv = async (csv, query = 'mode=upsert&on_error=skip') =>
    finished(expectAnswer(await as('admin').request('post', `/imports/customers?${query}`, {raw: csv, type: 'text/csv'}), 202).job);
  let customer;

  before(async () => {
    for (const field of kFields) expectAnswer(await as('admin').post('/form-fields', field), 201);
    customer = expectAnswer(await as('operator').post('/customers', kSignUp), 201);
  });

  it('FEATURES 90: each type is in the catalogue at once, in the order of the shop, required or not', async () => {
    const {body} = await as('viewer').get('/catalogue');
    assert.deepEqual(body.fields.filter(({group}) => group === 'own').map(({key}) => key), kFields.map(({key}) => `x.${key}`));
    assert.deepEqual(body.fields.filter(({group}) => group === 'own').map(({type}) => type),
      ['text', 'text', 'number', 'date', 'choice', 'set', 'boolean']);
    assert.ok(body.default_columns.includes('x.pet'));
    const fields = (await as('admin').get('/form-fields')).body.items;
    const order = [...fields].reverse().map(({id}) => id);
    expectAnswer(await as('admin').put('/form-fields/order', {ids: order}), 204);
    assert.equal((await as('admin').get('/form-fields')).body.items[0].key, 'agreed');
    expectAnswer(await as('admin').put('/form-fields/order', {ids: order.slice(1)}), 422, 'form_field.invalid');
    expectAnswer(await as('admin').put('/form-fields/order', {ids: fields.map(({id}) => id)}), 204);
    await change('pet', {required: true});
    assert.equal((await catalogued('x.pet')).required, true);
    const refused = await as('operator').post('/customers', {family_name: '別'});
    expectAnswer(refused, 422, 'customer.invalid');
    assert.deepEqual(pointers(refused), ['/x.pet required']);
    await change('pet', {required: false});
  });

  it('FEATURES 89: what a sign-up brought is shown, searchable, exported', async () => {
    const record = expectAnswer(await as('viewer').get(`/customers/${customer.id}`), 200);
    assert.equal(record['x.pet'], '𠮷丸');
    assert.equal(record['x.story'], '一行目\n二行目');
    assert.equal(record['x.shoe'], 24);
    assert.equal(record['x.met'], '2025-04-01');
    assert.deepEqual([record['x.size'], record['x.size_name']], ['m', '中']);
    assert.deepEqual([record['x.likes'], record['x.likes_names']], [['s', 'l'], ['小', '大']]);
    assert.equal(record['x.agreed'], true);
    assert.deepEqual(customer.adjusted.find(({pointer}) => pointer === '/x.met'), {pointer: '/x.met', before: '令和7年4月1日', after: '2025-04-01'});
    for (const [field, op, value] of [
      ['x.pet', 'contains', '吉'], ['x.pet', 'not_contains', '犬'], ['x.shoe', 'at_least', 24], ['x.met', 'is', '2025-04-01'],
      ['x.size', 'in', ['m']], ['x.likes', 'any_of', ['s']], ['x.agreed', 'is', true], ['x.story', 'not_empty', undefined],
    ])
      assert.deepEqual(await found({field, op, value}), field === 'x.pet' && value === '吉' ? [] : [customer.id], `${field} ${op}`);
    const rows = expectAnswer(await as('operator').post('/customers/search', {columns: ['number', 'x.likes', 'x.agreed']}), 200).items;
    assert.deepEqual(rows[0]['x.likes_names'], ['小', '大']);
    const {job} = expectAnswer(await as('admin').post('/exports/customers', {encoding: 'utf-8'}), 202);
    await finished(job);
    const csv = (await as('admin').get(`/jobs/${job}/result`)).text;
    assert.ok(csv.split('\r\n')[0].includes('ペットの名前'), csv);
    assert.ok(csv.includes('小|大'), csv);
    const again = await importCsv(csv);
    assert.deepEqual([again.create, again.update, again.unchanged, again.error], [0, 0, 1, 0]);
  });

  it('a file fills them by label or key, and each wrong cell is told', async () => {
    const job = await importCsv(
      ['氏名,ペットの名前,x.shoe,服のサイズ,好きなサイズ,規約に同意,来店日',
       '田中 一郎,ポチ,２５,大,小|中,はい,S60.1.2',
       '佐藤 二郎,,9,特大,小|特大,たぶん,2026-02-31'].join('\r\n'), 'mode=create&on_error=skip');
    assert.deepEqual([job.create, job.error], [1, 1]);
    const rows = expectAnswer(await as('admin').get(`/jobs/${job.id}/rows`), 200).items;
    assert.deepEqual(rows[1].errors.map(({column, code}) => `${column} ${code}`).sort(),
      ['x.shoe out_of_range', '服のサイズ not_a_choice', '好きなサイズ not_a_choice', '来店日 no_such_day', '規約に同意 not_a_choice'].sort());
    const shown = Object.fromEntries(rows[0].changes.map(({field, after}) => [field, after]));
    assert.equal(shown['x.shoe'], 25);
    assert.deepEqual(shown['x.likes'], ['小', '中']);
    const [id] = await found({field: 'x.pet', op: 'is', value: 'ポチ'});
    const record = (await as('viewer').get(`/customers/${id}`)).body;
    assert.deepEqual([record['x.met'], record['x.agreed'], record['x.size']], ['1985-01-02', true, 'l']);
    const number = record.number;
    const second = await importCsv([`顧客番号,x.shoe`, `${number},`].join('\r\n'));
    assert.equal(second.update, 1);
    const after = (await as('viewer').get(`/customers/${id}`)).body;
    assert.deepEqual([after['x.shoe'], after['x.pet']], [null, 'ポチ']);
  });

  it('their history is told field by field, an undo takes one answer back', async () => {
    const now = (await as('operator').get(`/customers/${customer.id}`)).body;
    const written = await as('operator').patch(`/customers/${customer.id}`, {'x.size': 'l', 'x.pet': '吉丸'}, now.version);
    expectAnswer(written, 200);
    const [latest] = (await as('viewer').get(`/customers/${customer.id}/history`)).body.items;
    assert.deepEqual(latest.changes.filter(({field}) => field.startsWith('x.')).map(({field, before, after}) => [field, before, after]),
      [['x.pet', '𠮷丸', '吉丸'], ['x.size', '中', '大']]);
    assert.ok(!latest.changes.some(({field}) => field === 'answers'));
    expectAnswer(await as('operator').post(`/operations/${operationOf(written)}/undo`, {}), 200);
    assert.equal((await as('operator').get(`/customers/${customer.id}`)).body['x.pet'], '𠮷丸');
  });

  it('wrong answers are refused with every field, and nothing changes', async () => {
    const before = (await as('operator').get(`/customers/${customer.id}`)).body;
    const refused = await as('operator').patch(`/customers/${customer.id}`,
      {'x.pet': 'あ'.repeat(21), 'x.shoe': 41, 'x.met': '昭和65年1月1日', 'x.size': 'xl', 'x.likes': 's', 'x.agreed': 1, 'x.none': 1}, before.version);
    expectAnswer(refused, 422, 'customer.invalid');
    assert.deepEqual(pointers(refused), ['/x.agreed wrong_type', '/x.likes wrong_type', '/x.met outside_era', '/x.none unknown_field',
      '/x.pet too_long', '/x.shoe out_of_range', '/x.size not_a_choice']);
    for (const error of refused.body.errors) assert.ok(error.detail, JSON.stringify(error));
    assert.deepEqual((await as('operator').get(`/customers/${customer.id}`)).body, before);
  });

  it('a removed option stays with who has it and is offered no more', async () => {
    const changed = await change('size', {options: kOptions.filter(({code}) => code !== 'm')});
    assert.deepEqual(changed.options.map(({code, removed}) => [code, removed]), [['s', false], ['l', false], ['m', true]]);
    assert.equal((await as('viewer').get(`/customers/${customer.id}`)).body['x.size_name'], '中');
    assert.deepEqual(await found({field: 'x.size', op: 'in', value: ['m']}), [customer.id]);
    expectAnswer(await as('operator').post('/customers', {family_name: '別', 'x.size': 'm'}), 422, 'customer.invalid');
    await change('size', {options: kOptions});
  });

  it('a field in use is retired, not deleted; what is kept about it says so', async () => {
    const field = await fieldOf('pet');
    expectAnswer(await as('admin').delete(`/form-fields/${field.id}`, field.version), 409, 'form_field.in_use');
    const saved = expectAnswer(await as('operator').post('/saved-searches', {scope: 'personal', name: '吉丸の人',
      content: {condition: {field: 'x.pet', op: 'contains', value: '丸'}}}), 201);
    await change('pet', {retired: true});
    assert.equal(await catalogued('x.pet'), undefined);
    assert.ok(!('x.pet' in (await as('viewer').get(`/customers/${customer.id}`)).body));
    const {warnings} = (await as('operator').get(`/saved-searches/${saved.id}`)).body;
    assert.deepEqual(warnings, [{pointer: '/content/condition/field', code: 'field_retired'}]);
    assert.deepEqual(await found({field: 'x.pet', op: 'contains', value: '丸'}), []);
    const told = await as('owner').get(`/customers/${customer.id}/disclosure`, {check: false});
    assert.ok(told.text.includes('𠮷丸'), 'what the shop still holds is told to the person');
    await change('pet', {retired: false});
    assert.deepEqual(await found({field: 'x.pet', op: 'contains', value: '丸'}), [customer.id]);
  });

  it('what cannot be a field is refused; roles without the right read only', async () => {
    const bad = await as('admin').post('/form-fields', {key: 'Größe', labels: {ja: 'メールアドレス'}, type: 'select', minimum: 3, nonsense: 1});
    expectAnswer(bad, 422, 'form_field.invalid');
    const worse = await as('admin').post('/form-fields', {key: 'Größe', labels: {ja: 'メールアドレス'}, type: 'select', minimum: 3});
    assert.deepEqual(pointers(worse), ['/key bad_character', '/labels/ja taken', '/minimum not_for_type', '/options required']);
    expectAnswer(await as('admin').post('/form-fields', {...kFields[0], labels: {ja: '別の名'}}), 409, 'form_field.key_taken');
    expectAnswer(await as('admin').post('/form-fields', {...kFields[0], key: 'other'}), 409, 'form_field.label_taken');
    const field = await fieldOf('pet');
    const fixed = await as('admin').patch(`/form-fields/${field.id}`, {type: 'number', key: 'other'}, field.version);
    assert.deepEqual(pointers(fixed), ['/key read_only', '/type read_only']);
    expectAnswer(await as('admin').patch(`/form-fields/${field.id}`, {required: true}), 428);
    expectAnswer(await as('admin').patch(`/form-fields/${field.id}`, {required: true}, 1), 412, 'form_field.stale');
    expectAnswer(await as('operator').post('/form-fields', kFields[0]), 403, 'forbidden');
    expectAnswer(await as('viewer').get(`/form-fields/${field.id}`), 200);
    expectAnswer(await as('admin').patch(`/form-fields/${field.id}`, field, field.version), 200);
  });

  it('FEATURES 126: what 会員登録設定 turns off is gone from form and API schema; FEATURES 64: kana are required by setting', async () => {
    const {body: settings} = await as('admin').get('/settings/registration');
    assert.ok(Object.values(settings).every((value) => value === 'optional' || typeof value === 'number'), 'as shipped nothing is required');
    const put = async (more) => {
      const {body: now} = await as('admin').get('/settings/registration');
      return expectAnswer(await as('admin').put('/settings/registration', {...now, ...more}, now.version), 200);
    };
    await put({company: 'hidden', family_kana: 'required', given_kana: 'required'});
    const fields = Object.fromEntries((await as('operator').get('/catalogue')).body.fields.map((field) => [field.key, field]));
    assert.equal(fields.company.creatable, false);
    assert.equal(fields.family_kana.required, true);
    const refused = await as('operator').post('/customers', {family_name: '森', company: '森商店', family_kana: 'モリ'});
    expectAnswer(refused, 422, 'customer.invalid');
    assert.deepEqual(pointers(refused), ['/company read_only', '/given_kana required']);
    const made = expectAnswer(await as('operator').post('/customers', {family_name: '森', family_kana: 'もり', given_kana: 'ﾊﾅ'}), 201);
    assert.equal(made.kana, 'モリ ハナ');
    const row = await importCsv('氏名\r\n林 太郎', 'mode=create&on_error=skip');
    assert.equal(row.error, 1);
    await put({company: 'optional', family_kana: 'optional', given_kana: 'optional'});
    expectAnswer(await as('operator').post('/customers', {family_name: '森'}), 201);
  });

  it('a field made by an undo, or taken away by one, is known to the next request', async () => {
    const made = await as('admin').post('/form-fields', {key: 'brief', labels: {ja: '短命'}, type: 'text'});
    expectAnswer(made, 201);
    expectAnswer(await as('admin').post(`/operations/${operationOf(made)}/undo`, {}), 200);
    const refused = await as('operator').post('/customers', {family_name: '森', 'x.brief': 'x'});
    assert.deepEqual(pointers(refused), ['/x.brief unknown_field']);
  });

  it('a retried creation makes one field, and it is known at once', async () => {
    const headers = {'idempotency-key': 'form-field-once'};
    const body = {key: 'once', labels: {ja: '一度'}, type: 'checkbox'};
    const first = expectAnswer(await as('admin').post('/form-fields', body, {headers}), 201);
    assert.ok(await catalogued('x.once'));
    assert.equal(expectAnswer(await as('admin').post('/form-fields', body, {headers}), 201).id, first.id);
  });

  it('another server over the same database knows them by the request that needs them', async (t) => {
    if (held.server.engine !== 'postgres') return t.skip('SQLite has one server');
    const other = Object.assign(Object.create(Object.getPrototypeOf(held.server)), held.server);
    await other.serve();
    try {
      const there = (role) => new Client(other, role);
      expectAnswer(await there('viewer').get('/catalogue'), 200);
      const made = expectAnswer(await as('admin').post('/form-fields', {key: 'far', labels: {ja: '遠く'}, type: 'select', options: [{code: 'a', labels: {ja: '甲'}}]}), 201);
      const {id} = expectAnswer(await there('operator').post('/customers', {family_name: '遠藤', 'x.far': 'a'}), 201);
      expectAnswer(await as('admin').patch(`/form-fields/${made.id}`, {options: [{code: 'a', labels: {ja: '甲'}}, {code: 'b', labels: {ja: '乙'}}]}, made.version), 200);
      expectAnswer(await there('operator').patch(`/customers/${id}`, {'x.far': 'b'}, 1), 200);
      assert.deepEqual(await found({field: 'x.far', op: 'in', value: ['b']}), [id]);
    } finally {
      await other.stop();
    }
  });

  it('the books agree', async () => {
    await held.server.command(['verify']);
  });
});

