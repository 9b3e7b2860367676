// What a page of a long customer costs: 1,000 orders, 5,000 rows of points, 2,000 changes. Prints the server's own time of each
// request of the page (median, 95th part, in ms), as its request log has it, the wait for the log of readings included, and
// the processor it took (mean, ms; with PostgreSQL's).
//   OTOKUI_BINARY=build/fast/otokui node bench/customer-page.mjs [ROUNDS] [CUSTOMERS]
//   OTOKUI_ENGINES  "sqlite", "postgres" or both with a comma; both when not set
// With SCALE=0.1 the customer is a tenth of that: does it still build?
process.env.OTOKUI_BINARY ??= new URL('../build/fast/otokui', import.meta.url).pathname;
process.env.OTOKUI_ENGINES ??= 'sqlite,postgres';
const {processor, postgresOf} = await import('./processor.mjs');
const {startPostgres} = await import('../tests/api/support/postgres.mjs');
const {Server, engines, kPassword} = await import('../tests/api/support/server.mjs');

const [rounds = '40', customers = '20000'] = process.argv.slice(2);
const scale = Number(process.env.SCALE ?? 1);
const kOrders = 1000 * scale, kPoints = 5000 * scale, kChanges = 2000 * scale;
const kTarget = 10;

async function call(server, method, path, {body, raw, headers = {}} = {}) {
  const response = await fetch(`${server.origin}/api/v1${path}`, {
    method,
    headers: {authorization: `Bearer ${server.token}`, 'content-type': raw ? 'text/csv' : 'application/json', ...headers},
    body: raw ?? (body && JSON.stringify(body)),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

async function imported(server, kind, csv) {
  const {job} = await call(server, 'POST', `/imports/${kind}`, {raw: csv});
  for (;;) {
    const state = await call(server, 'GET', `/jobs/${job}`);
    if (state.status === 'done') return;
    if (!['queued', 'running'].includes(state.status)) throw new Error(JSON.stringify(state));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Somebody who has bought for years, and whose record is changed all the time. */
async function makeCustomer(server) {
  const {id, number} = await call(server, 'POST', '/customers', {body: {status: 'member', family_name: '長井', email: 'long@example.jp', phone: '0312345678'}});
  const day = (index) => new Date(Date.UTC(2020, 0, 1) + index * 43_200_000).toISOString().slice(0, 19).replace('T', ' ');
  let csv = '受注番号,顧客番号,受注日,決済状況,合計,商品番号,商品名,単価,数量\n';
  for (let index = 0; index < kOrders; ++index) csv += `LONG-${index},${number},${day(index)},売上完了,3000,P${index % 40},緑茶${index % 40},1500,2\n`;
  await imported(server, 'orders', csv);
  for (let index = 0; index < kPoints; ++index)
    await call(server, 'POST', `/customers/${id}/points`, {body: {delta: index % 3 === 2 ? -5 : 10, kind: index % 3 === 2 ? 'manual_deduct' : 'manual_grant', reason: `${index}`}});
  for (let index = 0; index < kChanges; ++index)
    await call(server, 'PATCH', `/customers/${id}`, {body: {memo: `${index}回目`, phone: index % 2 ? '0312345678' : '0612345678', city: `町${index % 7}`}, headers: {'if-match': '*'}});
  return id;
}

async function moments(server, id) {
  const items = (await call(server, 'GET', `/customers/${id}/timeline?kinds=record&limit=200`)).items;
  return [items[20 % items.length].at, items.at(-1).at];
}

async function measure(engine, server) {
  const id = await makeCustomer(server);
  const [recent, older] = await moments(server, id);
  const first = (await call(server, 'GET', `/customers/${id}`)).created_at;
  const cursor = async (path) => (await call(server, 'GET', path)).next_cursor;
  const path = (rest) => `/customers/${id}${rest}`;
  const requests = {
    'the record': path(''),
    'the numbers on the tabs': path('/counts'),
    'the level and the next': path('/level/why'),
    addresses: path('/addresses'),
    'orders, first 50': path('/orders'),
    'purchases, first 100': path('/purchases?limit=100'),
    'purchases of a month': path('/purchases?limit=100&period=2020-06'),
    'purchases by year': path('/purchases/periods'),
    'purchases by month': path('/purchases/periods?by=month'),
    'points, first 50': path('/points'),
    'points by expiry, and lots': path('/points/lots'),
    'history, first 50': path('/history'),
    'timeline, first 50': path('/timeline'),
    'timeline, next 50': path(`/timeline?cursor=${await cursor(path('/timeline'))}`),
    'timeline of changes, 200': path('/timeline?kinds=record,address,payment&limit=200'),
    'the record 20 changes ago': path(`?as_of=${encodeURIComponent(recent)}`),
    'the record 200 changes ago': path(`?as_of=${encodeURIComponent(older)}`),
    'the record before all changes': path(`?as_of=${encodeURIComponent(first)}`),
  };
  const results = {};
  for (const [name, request] of Object.entries(requests)) {
    const times = [];
    await call(server, 'GET', request);
    const used = () => processor(server.process.pid, engine === 'postgres' ? postgresOf(`${postgres.folder}/data`) : 0);
    const before = used();
    for (let round = 0; round < Number(rounds); ++round) {
      server.output = '';
      await call(server, 'GET', request);
      // The line is written after the answer.
      for (;;) {
        const line = /"duration_us":(\d+)/.exec(server.output);
        if (line) {
          times.push(Number(line[1]) / 1000);
          break;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const taken = (used() - before) / Number(rounds);
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
    results[name] = at(0.5);
    console.log(`${engine.padEnd(9)} ${name.padEnd(32)} ${at(0.5).toFixed(1).padStart(6)} ${at(0.95).toFixed(1).padStart(6)} ${taken.toFixed(1).padStart(6)}${at(0.5) > kTarget ? '   more than the target' : ''}`);
  }
  return results;
}

const postgres = engines.includes('postgres') ? await startPostgres() : undefined;
process.env.OTOKUI_POSTGRES_FOLDER = postgres?.folder ?? '';
for (const engine of engines) {
  const server = await Server.start(engine, {people: false});
  try {
    await server.stop();
    await server.command(['demo', '--customers', customers, '--orders-per-customer', '3', '--seed', '7']);
    await server.command(['staff', 'add', '--login', 'bench', '--role', 'owner', '--password-stdin'], `${kPassword}\n`);
    server.token = await server.makeToken('bench');
    await server.serve();
    await measure(engine, server);
  } finally {
    await server.remove();
  }
}
await postgres?.stop();
