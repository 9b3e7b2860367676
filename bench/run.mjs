// Measures the whole product through its program and its API, and prints the table of docs/benchmarks.md.
//
//   node bench/run.mjs BINARY
//   OTOKUI_BENCH_SIZES    customers, with commas between; 10000,100000,1000000 when not set
//   OTOKUI_BENCH_ENGINES  sqlite, postgres or both with a comma; both when not set
//   OTOKUI_BENCH_ORDERS   orders per customer; 5 when not set
//
// Times are those a client on the same machine sees: they hold one HTTP exchange, about half a millisecond.
import {mkdtempSync, rmSync} from 'node:fs';
import {cpus, tmpdir, totalmem} from 'node:os';
import {join, resolve} from 'node:path';
import {createDatabase, startPostgres} from '../tests/api/support/postgres.mjs';
import {Product} from './product.mjs';
import {kRows, measure} from './measures.mjs';

const listOf = (name, fallback) => (process.env[name] ?? fallback).split(',').filter(Boolean);
const sizes = listOf('OTOKUI_BENCH_SIZES', '10000,100000,1000000').map(Number);
const engines = listOf('OTOKUI_BENCH_ENGINES', 'sqlite,postgres');
const ordersPerCustomer = Number(process.env.OTOKUI_BENCH_ORDERS ?? 5);
const binary = resolve(process.argv[2] ?? 'build/bench/otokui');

/** Durable, and with the memory that docs/operations.md asks for: a quarter of the machine's for its buffers. */
const kServer = [
  `shared_buffers=${Math.round(totalmem() / 4 / 2 ** 20)}MB`,
  `effective_cache_size=${Math.round(totalmem() / 2 / 2 ** 20)}MB`,
  'random_page_cost=1.1',
  'work_mem=32MB',
  'max_wal_size=4GB',
];

async function measureOne(engine, customers, postgres) {
  const folder = mkdtempSync(join(tmpdir(), 'otokui-bench-'));
  const database = engine === 'sqlite' ? `sqlite:${join(folder, 'otokui.db')}` : await createDatabase(postgres.folder);
  const product = new Product(binary, database, folder);
  try {
    return await measure(product, {customers, ordersPerCustomer, folder});
  } finally {
    await product.stop();
    rmSync(folder, {recursive: true, force: true});
  }
}

function print(columns) {
  const table = [
    ['', 'target at 1,000,000', ...columns.map(({engine, customers}) => `${engine} ${customers.toLocaleString('en')}`)],
    ['---', '---', ...columns.map(() => '---:')],
    ...kRows.map(({key, label, target}) => [label, target, ...columns.map(({results}) => results[key] ?? '')]),
  ];
  for (const row of table) console.log(`| ${row.join(' | ')} |`);
}

const postgres = engines.includes('postgres') ? await startPostgres(kServer) : undefined;
const columns = [];
try {
  for (const engine of engines) {
    for (const customers of sizes) {
      process.stderr.write(`${engine}, ${customers.toLocaleString('en')} customers\n`);
      columns.push({engine, customers, results: await measureOne(engine, customers, postgres)});
    }
  }
} finally {
  await postgres?.stop();
}
const memory = Math.round(totalmem() / 2 ** 30);
console.log(`${cpus().length} cores (${cpus()[0].model}), ${memory} GiB; ${ordersPerCustomer} orders per customer; ms: p50 / p95\n`);
print(columns);
