// A shop with one customer who has bought for years and whose record is changed all the time: 1,000 orders, 5,000 rows of points,
// 2,000 changes. With SCALE=0.1 a tenth of that.
import {Server, kPassword} from '../tests/api/support/server.mjs';

const scale = Number(process.env.SCALE ?? 1);
export const kOrders = 1000 * scale, kPoints = 5000 * scale, kChanges = 2000 * scale;
export const kLogin = 'bench';

/** A demo shop that is served, with `server.token` for its owner; whoever starts it removes it. */
export async function startShop(engine, customers) {
  const server = await Server.start(engine, {people: false});
  try {
    await server.stop();
    await server.command(['demo', '--customers', String(customers), '--orders-per-customer', '3', '--seed', '7']);
    await server.command(['staff', 'add', '--login', kLogin, '--role', 'owner', '--password-stdin'], `${kPassword}\n`);
    server.token = await server.makeToken(kLogin);
    await server.serve();
    return server;
  } catch (error) {
    await server.remove();
    throw error;
  }
}

/** A request to the API that must succeed; answers the parsed body. */
export async function call(server, method, path, {body, raw, headers = {}} = {}) {
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

/** Answers the customer's id. */
export async function makeLongCustomer(server) {
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
