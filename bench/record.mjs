// What the record costs at size, on a shop that `otokui demo` has made: searches with the conditions of the record, lists, counts of
// masters, and the jobs that go through many customers, with what a desk sees meanwhile.
//
//   node bench/record.mjs BINARY DATABASE FOLDER [PART…]      parts: searches lists masters levels groups; all when none is named
//   OTOKUI_BENCH_POSTGRES  process id of the PostgreSQL server, for its seconds of processor
//
// FOLDER holds the shop's key. Times are the server's own, of its request log; processor: of otokui and of PostgreSQL together.
import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {performance} from 'node:perf_hooks';
import {processor as processorOf} from './processor.mjs';
import {Product} from './product.mjs';

const [binary, database, folder, ...parts] = process.argv.slice(2);
const rounds = Number(process.env.OTOKUI_BENCH_ROUNDS ?? 20);
const postmaster = Number(process.env.OTOKUI_BENCH_POSTGRES ?? 0);
const product = new Product(resolve(binary), database, resolve(folder));
const log = join(resolve(folder), 'serve.log');
const wants = (part) => parts.length === 0 || parts.includes(part);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const processor = () => processorOf(product.process.pid, postmaster);

const logged = () => readFileSync(log, 'utf8');
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Runs `act` several times; prints p50, p95 of the server's time, processor and whatever `tell` says of the last answer. */
async function measure(name, act, {times = rounds, tell = () => ''} = {}) {
  try {
    let answer = await act();  // warm
    await pause(20);
    const skip = logged().length;
    const before = processor();
    for (let round = 0; round < times; ++round) answer = await act();
    const used = (processor() - before) / times;
    await pause(50);
    const sorted = [...logged().slice(skip).matchAll(/"duration_us":(\d+)/g)].map((found) => Number(found[1]) / 1000).sort((a, b) => a - b);
    console.log(`| ${name} | ${tell(answer)} | ${at(sorted, 0.5).toFixed(1)} | ${at(sorted, 0.95).toFixed(1)} | ${used.toFixed(1)} |`);
  } catch (error) {
    console.log(`| ${name} | ${error.message.slice(0, 160)} | | | |`);
  }
}

const leaf = (field, op, value) => ({field, op, ...(value !== undefined && {value})});
const has = (thing, where) => ({has: thing, ...(where && {where})});

async function searches() {
  const masters = async (path) => (await product.call('GET', `/${path}`)).items;
  const [label, second] = await masters('labels');
  const [, group] = await masters('groups');
  const [level, higher] = await masters('levels');
  const own = (await product.call('GET', '/form-fields')).items ?? [];
  const cases = {
    'no condition': {},
    'last page': {cursor: 'last'},
    'first view': {condition: leaf('status', 'in', ['guest', 'provisional', 'member'])},
    'points at least 500': {condition: leaf('points', 'at_least', 500)},
    'points at least 1': {condition: leaf('points', 'at_least', 1)},
    'a level': {condition: leaf('level', 'in', [level.id])},
    'one of two levels': {condition: leaf('level', 'in', [level.id, higher.id])},
    'a label': {condition: leaf('labels', 'any_of', [label.id])},
    'one of two labels': {condition: leaf('labels', 'any_of', [label.id, second.id])},
    'both labels': {condition: leaf('labels', 'all_of', [label.id, second.id])},
    'not that label': {condition: leaf('labels', 'none_of', [label.id])},
    'any label': {condition: leaf('labels', 'not_empty')},
    'a group': {condition: leaf('groups', 'any_of', [group.id])},
    'blocked': {condition: leaf('blocked', 'is', true)},
    'newsletter': {condition: leaf('newsletter', 'is', true)},
    'newsletter, not cleaned': {condition: {all: [leaf('newsletter', 'is', true), leaf('cleaned', 'is', false)]}},
    'cleaned': {condition: leaf('cleaned', 'is', true)},
    'a label and a prefecture': {condition: {all: [leaf('labels', 'any_of', [label.id]), leaf('prefecture', 'in', [13])]}},
    'a label and a name': {text: '高橋', condition: leaf('labels', 'any_of', [label.id])},
    'has a memo': {condition: has('memo')},
    'a memo contains': {condition: has('memo', leaf('body', 'contains', '電話'))},
    'holds a coupon': {condition: has('coupon')},
    'points came in within a month': {condition: has('point_entry', leaf('at', 'at_least', {ago: 1, unit: 'month'}))},
    'granted by hand': {condition: has('point_entry', leaf('kind', 'in', ['manual_grant']))},
    'no row of points': {condition: {...has('point_entry'), count: {at_most: 0}}},
    'sorted by points': {sort: [{field: 'points', direction: 'desc'}]},
    'born in a year': {condition: leaf('birth_date', 'between', {from: '1980-01-01', to: '1980-12-31'})},
    'aged 20 to 29': {condition: leaf('age', 'between', {from: 20, to: 29})},
    'never ordered': {condition: {has: 'order', count: {at_most: 0}}},
    'mail domain': {text: '@soft.example.ne.jp'},
    'one kanji by kana': {text: '子', sort: [{field: 'kana', direction: 'asc'}]},
  };
  for (const field of own.filter((one) => one.type === 'number')) cases[`own number ${field.key}`] = {condition: leaf(field.key, 'at_least', 50)};
  for (const field of own.filter((one) => one.type === 'select'))
    cases[`own choice ${field.key}`] = {condition: leaf(field.key, 'in', [field.options[0].code])};
  for (const field of own.filter((one) => one.type === 'text')) cases[`own text ${field.key}`] = {condition: leaf(field.key, 'contains', '木')};
  console.log('\n| search | hits | p50 | p95 | processor |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [name, body] of Object.entries(cases))
    await measure(name, () => product.call('POST', '/customers/search', {body: {limit: 50, ...body}}), {tell: (page) => page.total.toLocaleString('en')});
}

const wide = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

async function lists() {
  const kWanted = 100_000;
  const kinds = ['id', 'number', 'email', 'phone'];
  const found = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const file = join(resolve(folder), 'list.csv');
  await product.command(['export', 'customers', '--columns', kinds.join(','), '--header', 'keys', '--out', file, '--encoding', 'utf-8']);
  const [, ...rows] = readFileSync(file, 'utf8').split(/\r?\n/);
  const step = Math.max(1, Math.floor(rows.length / kWanted / 1.3));
  for (let index = 0; index < rows.length; index += step) {
    const cells = rows[index].split(',').map((cell) => cell.replaceAll('"', '').replace(/^'/, ''));
    kinds.forEach((kind, column) => cells[column] && found[kind].length < kWanted && found[kind].push(cells[column]));
  }
  console.log('\n| list | found | p50 | p95 | processor |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [kind, entries] of Object.entries(found)) {
    if (entries.length === 0) continue;
    const text = entries.map((entry, index) => (kind !== 'email' && index % 3 === 0 ? wide(entry) : entry)).join('\n');
    await measure(`${entries.length.toLocaleString('en')} of kind ${kind}`, () => upload(kind, text), {times: 5, tell: (list) => `${list.found} (${list.not_found} not)`});
  }
}

async function upload(kind, text) {
  const response = await fetch(`http://127.0.0.1:${product.port}/api/v1/lists?kind=${kind}`, {
    method: 'POST', headers: {authorization: `Bearer ${product.token}`, 'content-type': 'text/plain'}, body: text});
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return JSON.parse(answer);
}

async function masters() {
  console.log('\n| list of masters with their counts | members | p50 | p95 | processor |\n| --- | ---: | ---: | ---: | ---: |');
  for (const path of ['labels', 'groups', 'levels', 'special-types', 'block-reasons', 'occupations', 'customer-types'])
    await measure(path, () => product.call('GET', `/${path}`), {tell: ({items}) => items.map((item) => item.members).join(' ')});
}

/** A job to its end, with what a desk sees meanwhile: searches and changes of one customer, in ms. */
async function watched(name, start) {
  const begin = performance.now(), used = processor();
  const {job} = await start();
  const searching = [], changing = [];
  let memory = 0, state;
  for (let round = 0; ; ++round) {
    state = await product.call('GET', `/jobs/${job}`);
    if (!['queued', 'running'].includes(state.status)) break;
    const one = performance.now();
    await product.call('POST', '/customers/search', {body: {condition: leaf('name', 'contains', '高橋'), limit: 50}});
    const two = performance.now();
    await product.call('PATCH', '/customers/77', {body: {company: `計測${round}`}, headers: {'if-match': '*'}});
    searching.push(two - one);
    changing.push(performance.now() - two);
    memory = Math.max(memory, product.memory());
    await pause(100);
  }
  const of = (times) => (times.length === 0 ? '' : (times.sort((a, b) => a - b), `${at(times, 0.5).toFixed(0)} / ${at(times, 0.95).toFixed(0)} / ${times.at(-1).toFixed(0)}`));
  console.log(`| ${name} | ${state.status}: ${state.done} | ${((performance.now() - begin) / 1000).toFixed(1)} | ${((processor() - used) / 1000).toFixed(1)} | ${memory.toFixed(0)} | ${of(searching)} | ${of(changing)} |`);
  if (state.status === 'failed') console.log(JSON.stringify(state.problem ?? state));
  return {job, state};
}

const kJobHead = '\n| job | end | s | s of processor | MiB | a search meanwhile, p50 / p95 / longest | a change meanwhile |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |';

async function levels() {
  console.log(kJobHead);
  const {job} = await watched('judge levels, preview', () => product.call('POST', '/levels/judge', {body: {dry_run: true}}));
  console.log(JSON.stringify(await product.call('GET', `/levels/judge/${job}`)).slice(0, 600));
  await watched('judge levels, apply the plan', () => product.call('POST', `/levels/judge/${job}/apply`, {body: {}}));
}

async function groups() {
  console.log(kJobHead);
  const made = async (name) => (await product.call('POST', '/groups', {body: {name}})).id;
  const suffix = Date.now() % 100_000;
  const small = await made(`計測十万${suffix}`), other = await made(`計測移動先${suffix}`);
  const tokyo = {condition: leaf('prefecture', 'in', [13])};
  await watched('add those of a prefecture', () => product.call('POST', `/groups/${small}/members`, {body: {add: tokyo}}));
  console.log('\n| | members | p50 | p95 | processor |');
  await measure('members, first page', () => product.call('POST', '/customers/search', {body: {limit: 50, condition: leaf('groups', 'any_of', [small])}}), {tell: (page) => page.total});
  await measure('not members, first page', () => product.call('POST', '/customers/search', {body: {limit: 50, condition: leaf('groups', 'none_of', [small])}}), {tell: (page) => page.total});
  await measure('members, last page', () => product.call('POST', '/customers/search', {body: {limit: 50, cursor: 'last', condition: leaf('groups', 'any_of', [small])}}), {tell: (page) => page.first_row});
  await measure('not members, last page', () => product.call('POST', '/customers/search', {body: {limit: 50, cursor: 'last', condition: leaf('groups', 'none_of', [small])}}), {tell: (page) => page.first_row});
  console.log(kJobHead);
  await watched('delete it, moving its members', () => product.call('DELETE', `/groups/${small}?members=move&to=${other}`, {headers: {'if-match': '*'}}));
  await watched('take them out', () => product.call('POST', `/groups/${other}/members`, {body: {remove: tokyo}}));
}

await product.command(['staff', 'add', '--login', 'owner', '--role', 'owner', '--password-stdin'], {input: 'bench-owner-of-the-shop\n'}).catch(() => {});
product.token = await product.makeToken('bench');
await product.serve();
try {
  if (wants('searches')) await searches();
  if (wants('masters')) await masters();
  if (wants('lists')) await lists();
  if (wants('levels')) await levels();
  if (wants('groups')) await groups();
} finally {
  await product.stop();
}
