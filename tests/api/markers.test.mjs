// One who breaks in: a role goes through every route over customers whose values are markers, and no marker may come out, neither
// in an answer nor in what a refusal says. Two roles: who may do all but see contact data, and who may see customers alone.
import assert from 'node:assert/strict';
import {before, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer} from './support/client.mjs';
import {onEachEngine} from './support/each.mjs';
import {operations} from './support/document.mjs';

const kContacts = {
  email: 'himitsu.hanako@example.jp', email2: 'ura.hanako@example.com', phone: '08098765432', fax: '0398761234',
  postal_code: '1500001', city: '渋谷区', street: '神宮前９丁目', building: '青葉荘２０３',
};
// Pieces of contact data, of today and of before, that stand nowhere else.
const kContactMarkers = ['himitsu', 'ura.hanako', '98765432', '98761234', '55554444', '1500001', '渋谷区', '神宮前', '青葉荘', '旧居住所'];
// Pieces of orders, mails and former values.
const kOrderMarkers = ['HIMITSU-1', '玉露ひみつ'];
const kMailMarkers = ['退会の手続きが完了', 'taikai'];
const kHistoryMarkers = ['旧姓ひみつ'];

const kWaiting = ['queued', 'running'];

onEachEngine('Markers', (held) => {
  const as = (role) => new Client(held.server, role);
  const owner = () => as('owner');
  const ids = {};
  const moments = [];

  const finished = async (job) => {
    for (;;) {
      const seen = expectAnswer(await owner().get(`/jobs/${job}`), 200);
      if (!kWaiting.includes(seen.status)) return seen;
      await pause(20);
    }
  };
  const importFile = async (path, raw) => finished(expectAnswer(await as('admin').request('post', path, {raw, type: 'text/csv'}), 202).job);
  const all = async (path) => {
    const found = [];
    for (let cursor = ''; ; ) {
      const page = expectAnswer(await owner().get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${cursor}`}`), 200);
      found.push(...page.items);
      if (!page.next_cursor) return found;
      cursor = page.next_cursor;
    }
  };
  /** A member of staff with these rights; his token. */
  const person = async (login, rights) => {
    const role = expectAnswer(await owner().post('/roles', {name: login, rights}), 201);
    expectAnswer(await owner().post('/staff', {login, name: login, role: role.id}), 201);
    return new Client(held.server, {token: await held.server.makeToken(login)});
  };

  before(async () => {
    const operator = as('operator');
    const make = async (body) => expectAnswer(await operator.post('/customers', body), 201).id;
    const live = await make({status: 'member', family_name: '旧姓ひみつ', given_name: '花子', prefecture: 13, ...kContacts, email: 'mae.himitsu@example.jp', phone: '08055554444', street: '旧居住所'});
    await pause(5);
    moments.push(new Date().toISOString());
    await pause(5);
    expectAnswer(await operator.patch(`/customers/${live}`, {family_name: '覆面', ...kContacts}, '*'), 200);
    const {email: _, email2: __, ...place} = kContacts;
    const address = expectAnswer(await operator.post(`/customers/${live}/addresses`, {label: '自宅', family_name: '覆面', prefecture: 13, ...place, street: '旧居住所'}), 201).id;
    expectAnswer(await operator.patch(`/customers/${live}/addresses/${address}`, {street: kContacts.street}, '*'), 200);
    const gone = await make({status: 'guest', family_name: '削除', ...kContacts, email: 'kieta.himitsu@example.jp'});
    expectAnswer(await as('admin').delete(`/customers/${gone}`, '*'), 204);
    const left = await make({status: 'member', family_name: '退会', ...kContacts, email: 'taikai.himitsu@example.jp'});
    expectAnswer(await operator.post(`/customers/${left}/withdraw`, {}, {headers: {'if-match': '*'}}), 200);
    const guest = await make({status: 'guest', family_name: '来客'});
    ids.customer = [live, gone, left, guest];
    ids.address = [address];

    const reason = `550 5.1.1 <${kContacts.email}>: no such user`;
    expectAnswer(await as('admin').post('/bounces', {email: kContacts.email, reason}), 200);
    expectAnswer(await as('admin').post('/form-fields', {key: 'dog', labels: {ja: '犬', en: 'Dog'}, type: 'text'}), 201);
    expectAnswer(await operator.patch(`/customers/${live}`, {'x.dog': 'ポチ'}, '*'), 200);
    ids.memo = [expectAnswer(await operator.post(`/customers/${live}/memos`, {title: '電話', body: '不在がち', alert: true}), 201).id];
    expectAnswer(await operator.post(`/customers/${live}/points`, {delta: 100, kind: 'manual_grant'}), 201);
    const coupon = expectAnswer(await as('admin').post('/coupons', {name: '春', code: 'haru', discount: 'amount', value: 1}), 201).id;
    expectAnswer(await as('admin').post(`/coupons/${coupon}/uses`, {customer: live, order_number: 'X-1', amount: 500}), 201);

    await importFile('/imports/orders', `number,ordered_at,customer_id,payment_status,total,ship_postal_code,ship_address,ship_phone,product_name,quantity,unit_price\nHIMITSU-1,2026-11-01,${live},captured,1000,1500001,渋谷区神宮前９丁目,08098765432,玉露ひみつ,1,1000\n`);
    await importFile('/imports/customers?mode=upsert&on_error=skip&dry_run=true', `id,family_name,email,phone,street\n${live},覆面,himitsu2@example.jp,08098765432,神宮前\n,誰か,not a mail himitsu,08098765432,神宮前\n`);
    await importFile('/imports/customers?mode=update&on_error=skip', `id,phone\n${live},08098765432\n${live},x98765432\n`);
    await finished(expectAnswer(await as('admin').post('/exports/customers', {columns: ['name', 'email', 'phone', 'street'], text: 'himitsu', reason: '監査'}), 202).job);
    expectAnswer(await as('admin').post('/levels', {name: '金', minimum_total: 1}), 201);
    await finished(expectAnswer(await as('admin').post('/levels/judge', {dry_run: true}), 202).job);

    expectAnswer(await operator.post('/customers/search', {text: 'himitsu', columns: ['email']}), 200);
    expectAnswer(await operator.post('/customers/search', {condition: {field: 'phone', op: 'contains', value: '98765432'}}), 200);
    ids.search = [expectAnswer(await operator.post('/searches', {condition: {field: 'email', op: 'contains', value: 'himitsu'}}), 201).search];
    const list = await operator.request('post', '/lists?kind=email', {raw: `${kContacts.email}\nnobody.himitsu@example.jp\n`, type: 'text/plain'});
    ids.list = [expectAnswer(list, 201).list];
    expectAnswer(await operator.get(`/customers/${live}/mails`), 200);

    ids.masked = await person('masked', (await owner().get('/rights')).body.items.filter(({grantable, name}) => grantable && !['contact.read', 'customer.reveal'].includes(name)).map(({name}) => name));
    ids.narrow = await person('narrow', ['customer.read', 'contact.read']);
    const people = (await owner().get('/staff')).body.items;
    const members = people.filter(({login}) => ['masked', 'narrow', 'operator'].includes(login)).map(({id}) => id);
    ids.group = [expectAnswer(await owner().post('/member-groups', {name: '皆', members}), 201).id];
    const content = {condition: {any: [{field: 'email', op: 'contains', value: 'himitsu'}, {field: 'phone', op: 'is', value: kContacts.phone}]}, text: kContacts.email};
    ids.saved = [expectAnswer(await operator.post('/saved-searches', {scope: ids.group[0], name: '共有', content}), 201).id];
    expectAnswer(await operator.patch(`/saved-searches/${ids.saved[0]}`, {content: {...content, text: '090-9876-5432 98765432'}}, '*'), 200);
    Object.assign(ids, {coupon: [coupon], staff: people.map(({id}) => id), role: ['admin'], kind: ['customers'], code: ['1500001']});
    ids.order = (await all(`/customers/${live}/orders`)).map(({id}) => id);
    ids.job = (await all('/jobs')).map(({id}) => id);
    ids.operation = (await all('/operations')).map(({id}) => id);
    ids.mail = (await all('/mails')).map(({id}) => id);
    ids.entry = (await all('/access-log')).map(({id}) => id);
    ids.template = (await all('/mail-templates')).map(({id}) => id);
    ids.field = (await owner().get('/form-fields')).body.items.map(({id}) => id);
    ids.name = ['features', 'customers', 'points'];
    ids.format = ['json', 'csv', 'html'];
    for (const name of ['use', 'token', 'session', 'alert', 'master']) ids[name] = ['1'];
    moments.push(new Date().toISOString());
  });

  /** Every path of the operation with ids of things there are. */
  function pathsOf({path}) {
    const names = [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name);
    return names.reduce((paths, name) => {
      assert.ok(ids[name], `no ids for {${name}} of ${path}`);
      return paths.flatMap((one) => ids[name].map((id) => one.replace(`{${name}}`, id)));
    }, [path]);
  }
  const queriesOf = ({path, parameters}) => {
    const named = parameters.map(({name}) => name);
    const queries = [''];
    if (named.includes('as_of')) queries.push(...moments.map((moment) => `?as_of=${encodeURIComponent(moment)}`));
    if (named.includes('format')) queries.push(...ids.format.map((format) => `?format=${format}`));
    if (path.endsWith('/related')) queries.push('?kind=blocked_look_alike');
    if (path.endsWith('/rows')) queries.push('?outcome=error', '?outcome=update');
    if (named.includes('customer_number')) queries.push('?customer_number=himitsu', ...ids.customer.map((id) => `?customer=${id}`));
    if (named.includes('alert')) queries.push('?alert=true');
    if (named.includes('kinds')) queries.push('?kinds=record,address,mail');
    return queries;
  };
  const leaks = (answer, markers) => markers.filter((marker) => answer.text.includes(marker));

  /** What came out where: "operation marker". */
  async function readAll(client, markers) {
    const found = [];
    for (const operation of operations) {
      if (operation.method !== 'get' || ['listen', 'getPostalCode', 'getOpenApi'].includes(operation.id) || operation.path === '/openapi.json' || operation.path.startsWith('/postal-codes')) continue;
      for (const path of pathsOf(operation))
        for (const query of queriesOf(operation)) {
          const answer = await client.get(path + query, {check: false});
          assert.ok(answer.status < 500, `${path}${query} ${answer.text}`);
          for (const marker of leaks(answer, markers)) found.push(`${operation.id} ${path}${query} ${answer.status} ${marker}`);
        }
    }
    return found;
  }
  /** The same of everything that changes, asked so that it is refused. */
  async function refuseAll(client, markers) {
    const found = [];
    for (const operation of operations) {
      if (operation.method === 'get' || operation.right === 'public' || operation.path.startsWith('/session') || operation.path.startsWith('/me')) continue;
      const types = Object.keys(operation.operation.requestBody?.content ?? {});
      const type = types[0];
      for (const path of pathsOf(operation)) {
        const raw = type ? (type.includes('json') ? '{"no such member":1}' : `himitsu${'\n'}98765432`) : undefined;
        const answer = await client.request(operation.method, path, {raw, type, headers: {'if-match': '"999"'}, check: false});
        assert.ok(answer.status < 500, `${operation.method} ${path} ${answer.text}`);
        const sent = raw?.includes('himitsu') ? ['himitsu', '98765432'] : [];
        for (const marker of leaks(answer, markers.filter((one) => !sent.includes(one)))) found.push(`${operation.id} ${path} ${answer.status} ${marker}`);
      }
    }
    return found;
  }
  const searches = [
    {columns: ['name', 'email', 'email2', 'phone', 'fax', 'postal_code', 'address', 'city', 'street', 'building', 'member_id']},
    {condition: {all: [{field: 'deleted', op: 'in', value: ['no', 'yes']}]}, columns: ['name', 'email', 'memo', 'x.dog']},
    {text: 'himitsu'}, {text: '98765432'}, {text: '神宮前'},
    {condition: {field: 'email', op: 'contains', value: 'x'}}, {sort: [{field: 'email', direction: 'asc'}]},
    {condition: {has: 'mail', where: {field: 'to', op: 'contains', value: 'x'}}},
    {condition: {has: 'address', where: {field: 'street', op: 'contains', value: 'x'}}},
    {condition: {has: 'memo', where: {field: 'body', op: 'contains', value: '不在'}}},
  ];
  async function searchAll(client, markers) {
    const found = [];
    for (const body of searches)
      for (const path of ['/customers/search', '/customers/count', '/searches', '/exports/customers', '/memos/search']) {
        const sent = path === '/customers/count' ? {conditions: [body.condition ?? {text: body.text ?? '覆面'}]} : body;
        const answer = await client.post(path, sent, {check: false});
        assert.ok(answer.status < 500, answer.text);
        const own = JSON.stringify(sent);
        for (const marker of leaks(answer, markers.filter((one) => !own.includes(one)))) found.push(`${path} ${own} ${marker}`);
        if (path === '/exports/customers' && answer.status === 202) {
          const {job} = answer.body;
          await finished(job);
          for (const marker of leaks(await client.get(`/jobs/${job}/result`, {check: false}), markers)) found.push(`export ${own} ${marker}`);
        }
      }
    for (const id of ids.saved) {
      const answer = await client.post(`/saved-searches/${id}/run`, {}, {check: false});
      for (const marker of leaks(answer, markers)) found.push(`run ${marker}`);
    }
    return found;
  }

  it('are there for who may see them', async () => {
    const seen = new Set((await readAll(owner(), [...kContactMarkers, ...kOrderMarkers, ...kMailMarkers, ...kHistoryMarkers])).map((line) => line.split(' ')));
    const operationsSeen = new Set([...seen].map(([operation]) => operation));
    const markersSeen = new Set([...seen].map((words) => words.at(-1)));
    assert.ok(operationsSeen.size >= 12, [...operationsSeen].join());
    assert.deepEqual([...kContactMarkers, ...kOrderMarkers, ...kMailMarkers, ...kHistoryMarkers].filter((marker) => !markersSeen.has(marker)), []);
  });

  it('of contact data come out nowhere for who sees them masked', async () => {
    assert.deepEqual(await readAll(ids.masked, kContactMarkers), []);
    assert.deepEqual(await searchAll(ids.masked, kContactMarkers), []);
  });

  it('of orders, mails and former values come out nowhere for who may see customers alone', async () => {
    const markers = [...kOrderMarkers, ...kMailMarkers, ...kHistoryMarkers];
    // He sees contact data: the address of who has left is one.
    const shown = (line) => !line.endsWith(' taikai');
    assert.deepEqual((await readAll(ids.narrow, markers)).filter(shown), []);
    assert.deepEqual((await searchAll(ids.narrow, markers)).filter(shown), []);
  });

  it('of staff and settings stand in histories only for who could read them elsewhere', async () => {
    const before = expectAnswer(await owner().get('/settings/general'), 200);
    const {version, ...general} = before;
    const changes = [
      await owner().put('/settings/general', {...general, shop_name: '店名ひみつ'}, version),
      await owner().post('/staff', {login: 'shain', name: '社員ひみつ', role: 'viewer', email: 'shain.himitsu@example.jp'}),
      await owner().patch('/roles/' + (await owner().get('/roles')).body.items.find(({name}) => name.ja === 'narrow').id, {name: '役割ひみつ'}, '*'),
    ];
    for (const change of changes) {
      const path = `/operations/${change.headers.get('otokui-operation')}`;
      assert.match((await owner().get(path)).text, /ひみつ/);
      for (const who of [as('viewer'), as('operator')]) {
        const seen = await who.get(path);
        expectAnswer(seen, 200);
        assert.doesNotMatch(seen.text, /ひみつ|himitsu/, path);
        assert.ok(seen.body.changes.length > 0, 'that something was changed is told');
      }
    }
    expectAnswer(await owner().put('/settings/general', {...general, shop_name: '青葉茶舗'}, '*'), 200);
  });

  it('of customers and orders stand in no history and in no rows of a job for who has the right to those alone', async () => {
    const history = await person('rireki', ['history.read']);
    const jobs = await person('jobu', ['job.read']);
    const markers = [...kContactMarkers, ...kOrderMarkers, ...kHistoryMarkers, '覆面', 'ポチ'];
    const found = [];
    for (const id of ids.operation) for (const marker of leaks(await history.get(`/operations/${id}`), markers)) found.push(`operation ${id} ${marker}`);
    for (const id of ids.customer) for (const marker of leaks(await history.get(`/customers/${id}/history`), markers)) found.push(`history ${id} ${marker}`);
    for (const id of ids.job) for (const marker of leaks(await jobs.get(`/jobs/${id}/rows`), markers)) found.push(`rows ${id} ${marker}`);
    assert.deepEqual(found, []);
  });

  it('come out of no answer that is given again after the rights have changed', async () => {
    const tenma = await person('tenma', ['customer.read', 'customer.edit', 'contact.read']);
    const body = {status: 'guest', family_name: '転馬', email: 'tenma.himitsu@example.jp'};
    const headers = {'idempotency-key': 'once'};
    const made = expectAnswer(await tenma.post('/customers', body, {headers}), 201);
    assert.equal(expectAnswer(await tenma.post('/customers', body, {headers}), 201).id, made.id);
    const {id} = (await owner().get('/roles')).body.items.find(({name}) => name.ja === 'tenma');
    expectAnswer(await owner().patch(`/roles/${id}`, {rights: ['customer.read', 'customer.edit']}, '*'), 200);
    const again = await tenma.post('/customers', body, {headers});
    expectAnswer(again, 403, 'idempotency.rights_changed');
    assert.deepEqual(leaks(again, ['himitsu']), []);
  });

  it('come out of no refusal', async () => {
    assert.deepEqual(await refuseAll(ids.masked, kContactMarkers), []);
    assert.deepEqual(await refuseAll(ids.narrow, [...kOrderMarkers, ...kHistoryMarkers]), []);
  });
});
