// scratch: fuzz with rows that are there
import {Server} from './support/server.mjs';
import {Client} from './support/client.mjs';
import {complaints, operations, resolve} from './support/document.mjs';
import {startPostgres} from './support/postgres.mjs';
import {writeFileSync, appendFileSync} from 'node:fs';
const engine = process.argv[2] ?? 'sqlite';
const only = process.argv[3];
let pg; if (engine === 'postgres') { pg = await startPostgres(); process.env.OTOKUI_POSTGRES_FOLDER = pg.folder; }
const server = await Server.start(engine);
const bad = new Map();
function note(key, text) { if (!bad.has(key)) { bad.set(key, text); console.log('!!', key, '\n   ', text.slice(0, 900)); } }
const owner = new Client(server, 'owner');
const tokens = [];
for (let i = 0; i < 30; ++i) tokens.push(new Client(server, {token: (await owner.post('/tokens', {name: 'f' + i})).body.token}));
let n = 0;
const client = () => tokens[n++ % tokens.length];
const ok = (a, s = 299) => { if (a.status > s) throw new Error(a.status + a.text); return a.body; };
// fixtures
import {randomBytes} from 'node:crypto';
const RANDOM = randomBytes(9000).toString('base64');
const c = {};
const fresh = {};
async function fixtures() {
  const k = n++;
  c.customer = ok(await client().post('/customers', {family_name: '田中', given_name: '花' , email: `t${k}@example.jp`, status: 'member', phone: '0312345678'})).id;
  c.address = ok(await client().post(`/customers/${c.customer}/addresses`, {family_name: '田', postal_code: '1000001', prefecture: 13, city: '千代田区', street: '1-1'})).id;
  c.memo = ok(await client().post(`/customers/${c.customer}/memos`, {body: 'めも'})).id;
  const m = {};
  for (const [kind, body] of [['labels', {name: 'ラベル' + k}], ['groups', {name: 'グループ' + k}], ['levels', {name: 'レベル' + k}], ['special-types', {name: '特別' + k, code: 'c' + k}], ['block-reasons', {name: '理由' + k}], ['occupations', {name: '職' + k}], ['customer-types', {name: '種' + k}]]) {
    const a = await client().post('/' + kind, body, {check: false});
    if (a.status > 201) console.log('fixture', kind, a.status, a.text); else m[kind] = a.body.id;
  }
  c.master = m;
  const p = await client().post(`/customers/${c.customer}/points`, {delta: 100, kind: 'manual_grant'}, {check: false});
  if (p.status > 201) console.log('points', p.text); else c.entry = p.body.id;
  const cp = await client().post('/coupons', {code: 'C' + k, name: 'クーポン', discount: 'amount', value: 100, customer_limited: true}, {check: false});
  if (cp.status > 201) console.log('coupon', cp.text); else c.coupon = cp.body.id;
  const ff = await client().post('/form-fields', {key: 'k' + k, labels: {ja: '欄' + k}, type: 'text'}, {check: false});
  if (ff.status > 201) console.log('ff', ff.text); else c.field = ff.body.id;
  const ss = await client().post('/saved-searches', {name: 's' + k, scope: 'personal', content: {condition: {field: 'name', op: 'empty'}}}, {check: false});
  if (ss.status > 201) console.log('ss', ss.text); else c.saved = ss.body.id;
  const se = await client().post('/searches', {text: '田中'}, {check: false}); c.search = se.body.search;
  const li = await client().request('post', '/lists?kind=id', {raw: '1\n2\n3', type: 'text/plain', check: false}); c.list = li.body?.list; if (!c.list) console.log(li.text);
  const pk = await client().post('/point-kinds', {name: '区分' + k, kind: 'manual_grant'}, {check: false});
  if (pk.status > 201) console.log('pk', pk.text); else c.kind = pk.body.id ?? pk.body.code;
  const st = await client().post('/staff', {login: 'u' + k, name: 'u', role: 'viewer'}, {check: false});
  if (st.status > 201) console.log('st', st.text); else c.staff = st.body.id ?? st.body.staff?.id;
  const ro = await client().post('/roles', {name: '役' + k, rights: ['customer.read']}, {check: false});
  if (ro.status > 201) console.log('ro', ro.text); else c.role = ro.body.id;
  const mg = await client().post('/member-groups', {name: '班' + k}, {check: false});
  if (mg.status > 201) console.log('mg', mg.text); else c.group = mg.body.id;
  const ex = await client().post('/exports/customers', {}, {check: false}); c.job = ex.body?.job; if (!c.job) console.log(ex.text);
  const ju = await client().post('/levels/judge', {date: '2026-11-01'}, {check: false}); c.judge = ju.body?.job; if (!c.judge) console.log('judge', ju.text);
  const op = await client().get('/operations'); c.operation = op.body.items[0].id;
  const al = await client().get('/access-log'); c.logentry = al.body.items[0]?.id;
  const mt = await client().get('/mail-templates'); c.template = mt.body.items[0].id;
  const tk = await owner.post('/tokens', {name: 'x'}); c.token = tk.body.id;
  const ma = await client().get('/mails'); c.mail = ma.body.items[0]?.id ?? '1';
  if (c.coupon) { const g = await client().post(`/coupons/${c.coupon}/grants`, {customers: [c.customer]}, {check: false}); if (g.status > 202) console.log('grant', g.text);
    const u = await client().post(`/coupons/${c.coupon}/uses`, {customer: c.customer, amount: 100}, {check: false}); if (u.status > 202) console.log('use', u.text); else c.use = u.body.id; }
  c.random = RANDOM; c.name = 'points'; c.code = '1000001'; c.session = '1';
}
await fixtures();
console.log(JSON.stringify(c));
function fill(operation) {
  return operation.path.replace(/\{([a-z]+)\}/g, (_, name) => {
    const {schema} = operation.parameters.find((p) => p.in === 'path' && p.name === name);
    if (name === 'kind' && schema.enum) return schema.enum[0];
    if (name === 'name' ) return (resolve(schema).enum ?? ['points'])[0];
    if (name === 'master') return c.master[operation.path.split('/')[1]];
    if (name === 'job' && operation.path.includes('judge')) return c.judge;
    if (name === 'entry' && operation.path.includes('access-log')) return c.logentry;
    return c[name] ?? '1';
  });
}
const deep = (k, d) => { let v = 1; for (let i = 0; i < d; ++i) v = k === 'a' ? [v] : {a: v}; return v; };
const V = process.env.FAST ? [null, true, -1, 9223372036854775807, 1.5, '', 'x', RANDOM, RANDOM.slice(0, 3000), '\u0007', '{{x', 'a\r\nBcc: x@y.z', [], [null], {}, '2026-02-30', '9999-12-31T23:59:59Z', c.customer] : [null, true, false, 0, -1, 1, 1.5, 2147483648, -2147483649, 9007199254740991, 9007199254740993, 4611686018427387904, 9223372036854775807, 1e300, -1e300, '', ' ', '　', 'x', '0', '1', '-1', 'NaN', 'Infinity', '1e5', '\u0007', '\u007f', '\u200b', '\u202e', '\ufeff', '\ufffd', '\uffff', '😀'.repeat(300), '髙﨑\u{20BB7}', "' OR 1=1 --", '%', '_', '\\', '(((((', '.*+?[', '\n', '\r\n', 'a\r\nBcc: x@y.z', '=1+1', '@SUM(A1)', '<script>', '{{x}}', '{{{x}}}', '{{#a}}', 'a'.repeat(255), 'a'.repeat(256), 'a'.repeat(5000), RANDOM, RANDOM.slice(0, 3000), [], [null], [[]], ['x', 'x'], ['1', '1'], [1], [{}], Array(300).fill('1'), {}, {x: 1}, {from: 1}, {from: 5, to: 1}, {from: '2026-01-01', to: '2026-12-31'}, '2026-02-30', '2026-11-26', '9999-12-31', '9999-12-31T23:59:59Z', '0000-01-01', '0001-01-01', '-0001-01-01', '2026-11-26T12:00:00+09:00', '2026-11-26T24:00:00Z', '2026-11-26T12:00:60Z', '99999-01-01', deep('a', 50), deep('o', 90), 'http://127.0.0.1/', 'a@b.jp', 'a@b.jp\r\nBcc: c@d.jp', '"a b"@example.jp', '田中@例え.jp', '+81-90-1234-5678', '９９９', '昭和65年', 'ja', 'manual_grant', 'upsert', c.customer, [c.customer], c.master.levels, c.master.groups];
const slow = [];
async function send(op, path, options) {
  const t = Date.now();
  let a;
  try { a = await client().request(op.method, path, {...options, check: false}); }
  catch (e) { note(op.id + ' threw', `${e} ${e.cause} ${path} ${JSON.stringify(options).slice(0, 400)}`); return; }
  const ms = Date.now() - t;
  if (ms > 3000) note(op.id + ' slow', `${ms} ms ${path} ${JSON.stringify(options).slice(0, 400)}`);
  const told = `${op.method} ${path} ${JSON.stringify(options).slice(0, 500)} -> ${a.status} ${a.text.slice(0, 400)}`;
  if (a.status >= 500) note(op.id + ' ' + a.status, told);
  else { const w = complaints(op, a); if (w.length && a.status !== 429) note(op.id + ' ' + w[0], told + ' ' + w.join('|')); }
  return a;
}
// generator from the schema
function gen(schema, depth = 0) {
  const s = resolve(schema) ?? {};
  if (depth > 5) return null;
  if (s.example !== undefined) return s.example;
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[0];
  if (s.allOf) return Object.assign({}, ...s.allOf.map((p) => gen(p, depth + 1)));
  if (s.oneOf || s.anyOf) return gen((s.oneOf ?? s.anyOf)[0], depth + 1);
  const t = Array.isArray(s.type) ? s.type[0] : s.type;
  if (t === 'object' || s.properties) { const o = {}; for (const [k, v] of Object.entries(s.properties ?? {})) o[k] = gen(v, depth + 1); return o; }
  if (t === 'array') return [gen(s.items ?? {}, depth + 1)];
  if (t === 'integer' || t === 'number') return s.minimum ?? 1;
  if (t === 'boolean') return true;
  if (t === 'string') return s.format === 'date' ? '2026-11-26' : s.format === 'date-time' ? '2026-11-26T12:00:00+09:00' : s.pattern?.includes('0-9') ? c.customer : 'x';
  return null;
}
function props(schema, depth = 0) { const s = resolve(schema) ?? {}; if (depth > 4) return {}; return Object.assign({}, s.properties, ...(s.allOf ?? []).map((p) => props(p, depth + 1)), ...(s.oneOf ?? []).map((p) => props(p, depth + 1)), ...(s.anyOf ?? []).map((p) => props(p, depth + 1))); }
function* leaves(v, path = []) { yield path; if (Array.isArray(v)) for (let i = 0; i < Math.min(v.length, 2); ++i) yield* leaves(v[i], [...path, i]); else if (v && typeof v === 'object') for (const k of Object.keys(v)) yield* leaves(v[k], [...path, k]); }
function put(v, path, x) { if (!path.length) return x; const o = Array.isArray(v) ? [...v] : {...v}; o[path[0]] = put(o[path[0]], path.slice(1), x); return o; }
const skip = new Set(['listen', 'signOut', 'endSessions', 'previewImport', 'startImport', 'signIn', 'setUp', 'setPasswordByLink', 'confirmSession', 'changeMyPassword', 'beginTotp', 'confirmTotp', 'deleteTotp', 'renewRecoveryCodes', 'getApiDocument', 'createList', 'makeList']);
const late = (op) => op.method === 'delete' || /erase|withdraw/.test(op.path);
const list = operations.filter((o) => !skip.has(o.id) && (!only || o.id.match(only) || o.path.match(only))).sort((a, b) => late(a) - late(b));
let count = 0;
for (const op of list) {
  const schema = op.operation.requestBody && resolve(op.operation.requestBody).content['application/json']?.schema;
  const headers = op.parameters.some(({name}) => name === 'If-Match') ? {'if-match': '*'} : {};
  if (late(op)) await fixtures();
  const path = fill(op);
  for (const q of op.parameters.filter((p) => p.in === 'query')) for (const v of V) if (typeof v !== 'object') {
    await send(op, path + '?' + new URLSearchParams({[q.name]: String(v).slice(0, 3000)}), {headers, ...(schema ? {body: {}} : {})});
    await send(op, path + '?' + q.name + '=' + 'x%00y', {headers});
  }
  if (!schema) { await send(op, path, {headers}); continue; }
  const example = resolve(op.operation.requestBody).content['application/json'].example;
  const bases = [gen(schema)]; if (example) bases.push(example);
  const t0 = Date.now(); const limit = 45000;
  for (const base of bases) {
    const a = await send(op, path, {headers, body: base});
    for (const at of leaves(base)) for (const v of V) { if (Date.now() - t0 > limit) break; ++count; await send(op, path, {headers, body: put(base, at, v)}); }
  }
  const P = props(schema);
  for (const k of Object.keys(P)) for (const v of V) { ++count; await send(op, path, {headers, body: {[k]: v}}); }
  const mb = 'あ'.repeat(300000);
  for (const k of Object.keys(P).slice(0, 6)) await send(op, path, {headers, body: {[k]: mb}});
  for (const raw of ['{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"' + Object.keys(P)[0] + '":"\\ud800"}', '{"' + Object.keys(P)[0] + '":"a\\u0000b"}', '{"a":1,"a":2}', '['.repeat(100000), '{"a":'.repeat(5000), '-', '1e99999', '{"a":-0}', '"\ud800"'])
    await send(op, path, {raw, type: 'application/json', headers});
  appendFileSync('/tmp/w/breaker/fuzz-' + engine + '.progress', `${op.id} ${path} ${Date.now() - t0} ms\n`);
}
console.log('sent', count, 'bad', bad.size);
await server.stop();
try { console.log((await server.command(['verify'])).split('\n').filter((l) => !l.startsWith('ok')).join('\n')); } catch (e) { console.log('VERIFY', e.message, e); }
console.log(server.output.split('\n').filter((l) => /error|exception|internal/i.test(l)).slice(0, 40).join('\n'));
console.log('db', server.database, server.folder);
await pg?.stop();
process.exit(0);
