// What is measured, in the order of the table.
import {execFile} from 'node:child_process';
import {createReadStream, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);

export const kRows = [
  {key: 'demo', label: 'demo shop, rows/s (customers and orders)', target: '20,000'},
  {key: 'start', label: 'start until ready, s', target: '1'},
  {key: 'idle', label: 'memory when idle, MiB', target: '100 (SQLite)'},
  {key: 'everybody', label: 'first page and total: no condition', target: '60, PostgreSQL 200'},
  {key: 'mail', label: 'first page and total: one mail address', target: '5'},
  {key: 'name', label: 'first page and total: two kanji of a name', target: '60, PostgreSQL 200'},
  {key: 'phone', label: 'first page and total: four digits of a phone number', target: '60, PostgreSQL 200'},
  {key: 'facts', label: 'first page and total: prefecture, purchase total and date range', target: '60, PostgreSQL 200'},
  {key: 'last', label: 'last page', target: '60, PostgreSQL 200'},
  {key: 'customer', label: 'one customer', target: '10'},
  {key: 'update', label: 'one update', target: ''},
  {key: 'create', label: 'one create', target: ''},
  {key: 'creates', label: 'durable creates/s, 16 clients', target: '1,500'},
  {key: 'busy', label: 'memory after all this, MiB', target: ''},
  {key: 'export', label: 'export, rows/s', target: '200,000'},
  {key: 'import', label: 'import, rows/s', target: '30,000'},
];

const kRounds = 60;
const kSample = 60;
const kClients = 16;
const kCreateSeconds = 5;
const kMostImported = 100_000;

const number = (value) => Math.round(value).toLocaleString('en');

async function quantiles(rounds, act) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    const begin = performance.now();
    await act(round);
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  return `${at(0.5)} / ${at(0.95)}`;
}

/** Living customers spread evenly over all of them, so that what is looked for differs from round to round. */
async function sample(product, customers) {
  const found = [];
  for (let index = 0; index < kSample; ++index) {
    const id = 1 + Math.floor((index * customers) / kSample);
    const customer = await product.call('GET', `/customers/${id}`);
    if (customer.deleted === 'no') found.push(customer);
  }
  return found;
}

async function measureSearches(product, people, results) {
  const search = (body) => product.call('POST', '/customers/search', {body: {limit: 50, ...body}});
  const leaf = (field, op, value) => ({field, op, value});
  const one = (round) => people[round % people.length];
  const withMail = people.filter((person) => person.email);
  const withPhone = people.filter((person) => (person.phone ?? '').length >= 8);
  const withKanji = people.filter((person) => /^\p{sc=Han}{2}/u.test(person.family_name ?? ''));

  results.everybody = await quantiles(kRounds, () => search({}));
  results.mail = await quantiles(kRounds, (round) =>
    search({condition: leaf('email', 'is', withMail[round % withMail.length].email)}));
  results.name = await quantiles(kRounds, (round) =>
    search({condition: leaf('name', 'contains', withKanji[round % withKanji.length].family_name.slice(0, 2))}));
  results.phone = await quantiles(kRounds, (round) =>
    search({condition: leaf('phone', 'contains', withPhone[round % withPhone.length].phone.slice(-4))}));
  results.facts = await quantiles(kRounds, (round) => {
    const from = 5_000 + 500 * (round % 20);
    return search({
      condition: {
        all: [
          leaf('prefecture', 'in', [one(round).prefecture ?? 13]),
          leaf('purchase_total', 'between', {from, to: from + 30_000}),
          leaf('registered_at', 'between', {from: {ago: 3, unit: 'year'}, to: {ago: 30, unit: 'day'}}),
        ],
      },
    });
  });
  results.last = await quantiles(kRounds, () => search({cursor: 'last'}));
}

async function measureRecords(product, people, results) {
  const one = (round) => people[round % people.length];
  results.customer = await quantiles(kRounds, (round) => product.call('GET', `/customers/${one(round).id}`));
  results.update = await quantiles(kRounds, (round) =>
    product.call('PATCH', `/customers/${one(round).id}`, {
      body: {company: `株式会社 第${round}`},
      headers: {'if-match': '*'},
    }));
  results.create = await quantiles(kRounds, (round) => product.call('POST', '/customers', {body: newCustomer('one', round)}));
  results.creates = number(await createsPerSecond(product));
}

function newCustomer(series, index) {
  return {
    family_name: '計測',
    given_name: `${series}${index}`,
    email: `bench-${series}-${index}@example.jp`,
    phone: `090${String(10_000_000 + index)}`,
    status: 'guest',
  };
}

/** By wrk, beside which the server has nearly both cores; each client has a token, since limits are counted per token. */
async function createsPerSecond(product) {
  const tokens = await Promise.all(Array.from({length: kClients}, (_, client) => product.makeToken(`bench ${client}`)));
  const script = fileURLToPath(new URL('creates.lua', import.meta.url));
  const {stdout} = await run('wrk', ['-t1', `-c${kClients}`, `-d${kCreateSeconds}`, '-s', script, `http://127.0.0.1:${product.port}`], {
    env: {...process.env, OTOKUI_TOKENS: tokens.join(',')},
  });
  if (/Non-2xx/.test(stdout)) throw new Error(`creates failed:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
}

async function countLines(path) {
  let lines = 0;
  for await (const part of createReadStream(path)) for (const byte of part) if (byte === 10) ++lines;
  return lines;
}

async function measureFiles(product, customers, folder, results) {
  const exported = join(folder, 'customers.csv');
  const {seconds} = await product.command(['export', 'customers', '--out', exported, '--encoding', 'utf-8']);
  results.export = number((await countLines(exported)) / seconds);

  const rows = Math.min(customers, kMostImported);
  const lines = ['family_name,given_name,family_kana,given_kana,email,phone,postal_code,prefecture,city,street,status'];
  for (let index = 0; index < rows; ++index)
    lines.push(`取込,太郎${index},トリコミ,タロウ,import-${index}@example.jp,080${String(10_000_000 + index)},1500001,東京都,渋谷区神宮前,1-2-${index % 99},guest`);
  const file = join(folder, 'import.csv');
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
  const imported = await product.command(['import', 'customers', file]);
  results.import = number(rows / imported.seconds);
}

export async function measure(product, {customers, ordersPerCustomer, folder}) {
  const results = {};
  const made = await product.command([
    'demo', '--customers', String(customers), '--orders-per-customer', String(ordersPerCustomer),
  ]);
  results.demo = number((customers * (1 + ordersPerCustomer)) / made.seconds);
  await product.command(['staff', 'add', '--login', 'owner', '--role', 'owner', '--password-stdin'], {
    input: 'bench-owner-of-the-shop\n',
  });
  product.token = await product.makeToken('bench');
  results.start = (await product.serve()).toFixed(2);
  results.idle = number(product.memory());
  const people = await sample(product, customers);
  await measureSearches(product, people, results);
  await measureRecords(product, people, results);
  results.busy = number(product.memory());
  await measureFiles(product, customers, folder, results);
  return results;
}
