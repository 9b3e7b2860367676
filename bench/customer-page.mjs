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
const {engines} = await import('../tests/api/support/server.mjs');
const {call, makeLongCustomer, startShop} = await import('./long-customer.mjs');

const [rounds = '40', customers = '20000'] = process.argv.slice(2);
const kTarget = 10;

async function moments(server, id) {
  const items = (await call(server, 'GET', `/customers/${id}/timeline?kinds=record&limit=200`)).items;
  return [items[20 % items.length].at, items.at(-1).at];
}

async function measure(engine, server) {
  const id = await makeLongCustomer(server);
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
  const server = await startShop(engine, customers);
  try {
    await measure(engine, server);
  } finally {
    await server.remove();
  }
}
await postgres?.stop();
