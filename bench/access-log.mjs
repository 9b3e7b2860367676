// What the log of readings costs: reads of customers under many connections. Prints requests/s and latencies.
//   node bench/access-log.mjs ORIGIN TOKEN [SECONDS] [CONNECTIONS] [open|search|catalogue]
// `catalogue` shows nobody and so is not logged: the same server without the log.
import http from 'node:http';

const [origin, token, seconds = '10', connections = '32', act = 'open'] = process.argv.slice(2);
const agent = new http.Agent({keepAlive: true, maxSockets: Number(connections)});
const kCustomers = 1000;
const latencies = [];
const statuses = {};
let running = true;

function once(customer) {
  const body = act === 'search' ? JSON.stringify({condition: {field: 'prefecture', op: 'in', value: [1 + (customer % 47)]}}) : undefined;
  const path = act === 'open' ? `/customers/${customer}` : act === 'search' ? '/customers/search' : '/lists';
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const request = http.request(
      `${origin}/api/v1${path}`,
      {agent, method: body ? 'POST' : 'GET', headers: {authorization: `Bearer ${token}`, ...(body && {'content-type': 'application/json'})}},
      (response) => {
        response.resume();
        response.on('end', () => {
          latencies.push(Number(process.hrtime.bigint() - begun) / 1e6);
          statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
          resolve();
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function connection(first) {
  for (let customer = first; running; customer = (customer % kCustomers) + 1) await once(customer);
}

setTimeout(() => (running = false), Number(seconds) * 1000);
await Promise.all(Array.from({length: Number(connections)}, (_, i) => connection(1 + i * 29)));
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))].toFixed(1);
console.log(`${act} ${connections} connections: ${(latencies.length / Number(seconds)).toFixed(0)}/s  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms  ${JSON.stringify(statuses)}`);
