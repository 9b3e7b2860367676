// scratch: kill -9 in the middle of jobs
import {Server} from './support/server.mjs';
import {Client} from './support/client.mjs';
import {startPostgres} from './support/postgres.mjs';
import {setTimeout as pause} from 'node:timers/promises';
const engine = process.argv[2] ?? 'sqlite', rounds = +(process.argv[3] ?? 12), N = +(process.argv[4] ?? 4000);
let pg; if (engine === 'postgres') { pg = await startPostgres(); process.env.OTOKUI_POSTGRES_FOLDER = pg.folder; }
const server = await Server.start(engine);
const c = new Client(server, 'owner');
const ok = (a) => { if (a.status > 299) throw new Error(a.status + ' ' + a.text); return a.body; };
const csv = (tag) => '顧客番号,姓,名,ステータス,メールアドレス,メモ\n' + Array.from({length: N}, (_, i) => `K${i},姓${i},名${i},会員,k${i}@example.jp,${tag}`).join('\n') + '\n';
async function job(id) { for (;;) { const j = ok(await c.get('/jobs/' + id, {check: false})); if (!['queued', 'running'].includes(j.status)) return j; await pause(100); } }
async function importIt(tag, mode) { return ok(await c.request('post', `/imports/customers?mode=${mode}`, {raw: csv(tag), type: 'text/csv', check: false})).job; }
let j = await job(await importIt('v0', 'create')); console.log('base', j.status, j.create);
for (const [name, amount] of [['銀', 1], ['金', 100]]) { const a = await c.post('/levels', {name, minimum_total: amount}, {check: false}); if (a.status > 299) console.log('level', a.text); }
const g = ok(await c.post('/groups', {name: '会'}, {check: false})).id;
const orders = '受注番号,顧客番号,受注日,決済状況,合計\n' + Array.from({length: N / 2}, (_, i) => `O${i},K${i},2026-11-01,売上完了,${i}`).join('\n') + '\n';
j = await job(ok(await c.request('post', '/imports/orders', {raw: orders, type: 'text/csv', check: false})).job); console.log('orders', j.status, j.create);
const cp = await c.post('/coupons', {code: 'KILL', name: 'k', discount: 'amount', value: 100, customer_limited: true}, {check: false}); const coupon = ok(cp).id;
let lastOp, v = 0, erased = 0;
const count = async (condition) => ok(await c.post('/customers/search', {condition, limit: 0}, {check: false})).total;
const acts = {
  async import() { return importIt('v' + ++v, 'update'); },
  async undo() { if (!lastOp) return acts.import(); const a = await c.post(`/operations/${lastOp}/undo`, {}, {check: false}); lastOp = undefined; if (a.status !== 202) { console.log('undo', a.status, a.text.slice(0, 200)); return acts.import(); } return a.body.job; },
  async judge() { return ok(await c.post('/levels/judge', {date: '2026-11-2' + (1 + v % 8)}, {check: false})).job; },
  async group() { return ok(await c.post(`/groups/${g}/members`, {[v++ % 2 ? 'remove' : 'add']: {condition: {field: 'status', op: 'in', value: ['member']}}}, {check: false})).job; },
  async coupon() { return ok(await c.post(`/coupons/${coupon}/grants`, {condition: {field: 'status', op: 'in', value: ['member']}}, {check: false})).job; },
  async erase() { const id = ok(await c.post('/customers/search', {condition: {field: 'number', op: 'is', value: 'K' + (N - 1 - erased++)}, columns: ['number']}, {check: false})).items[0]; return ok(await c.post(`/customers/${id.id}/erase`, {number: id.number, reason: null}, {check: false})).job; },
  async export() { return ok(await c.post('/exports/customers', {}, {check: false})).job; },
};
const names = Object.keys(acts);
for (let r = 0; r < rounds; ++r) {
  const name = names[r % names.length];
  let id;
  try { id = await acts[name](); } catch (e) { console.log(r, name, 'not started', String(e).slice(0, 300)); continue; }
  const wait = Math.floor(Math.random() ** 2 * 2500);
  await pause(wait);
  const kills = 1 + (r % 2);
  for (let k = 0; k < kills; ++k) { await server.stop('SIGKILL'); await server.serve(); await pause(Math.random() * 800); }
  const done = await Promise.race([job(id), pause(120000, {status: 'HANGS'})]);
  if (name === 'import' && done.status === 'done') lastOp = done.operation;
  let verify; try { verify = (await server.command(['verify'])).trim().split('\n').at(-1); } catch (e) { verify = e.message.slice(0, 800); }
  const memo = {}; for (let i = 0; i <= v; ++i) { const n = await count({field: 'memo', op: 'is', value: 'v' + i}); if (n) memo['v' + i] = n; }
  console.log(r, name, 'killed after', wait, 'x' + kills, done.status, JSON.stringify({done: done.done, total: done.total, ok: done.ok, ng: done.ng, sk: done.skipped, p: done.problem?.code}), verify, JSON.stringify(memo));
}
console.log(server.output.split('\n').filter((l) => /"level":"(error|critical)"|exception/i.test(l)).slice(0, 20).join('\n'));
await server.stop(); await pg?.stop(); process.exit(0);
