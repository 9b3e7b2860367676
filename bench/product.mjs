// One Otokui under measurement: its commands, its server on a free port, requests as the owner.
import {spawn} from 'node:child_process';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {Agent, request} from 'node:http';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';

const kLongestStart = 120_000;

async function freePort() {
  const listener = createServer();
  await new Promise((done) => listener.listen(0, '127.0.0.1', done));
  const {port} = listener.address();
  await new Promise((done) => listener.close(done));
  return port;
}

export class Product {
  #agent = new Agent({keepAlive: true, maxSockets: 64});

  constructor(binary, database, folder) {
    this.binary = binary;
    this.database = database;
    this.folder = folder;
    this.environment = {...process.env, OTOKUI_DB: database, OTOKUI_KEY_FILE: join(folder, 'key')};
  }

  /** Runs a command; answers its output and how many seconds it took. */
  async command(words, {input = '', database = this.database} = {}) {
    const begin = performance.now();
    const child = spawn(this.binary, [...words, '--db', database], {env: this.environment, cwd: this.folder});
    let output = '';
    let errors = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.stderr.on('data', (bytes) => (errors += bytes));
    child.stdin.end(input);
    const status = await new Promise((done) => child.on('close', done));
    if (status !== 0) throw new Error(`otokui ${words.join(' ')}: ${errors || output}`);
    return {output, seconds: (performance.now() - begin) / 1000};
  }

  /** Starts the server; answers how many seconds it took until it was ready. */
  async serve() {
    this.port = await freePort();
    const log = openSync(join(this.folder, 'serve.log'), 'a');
    const begin = performance.now();
    this.process = spawn(this.binary, ['serve', '--db', this.database, '--listen', `127.0.0.1:${this.port}`], {
      env: this.environment,
      cwd: this.folder,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.ended = new Promise((done) => this.process.on('exit', done));
    for (;;) {
      const status = await this.send('GET', '/readyz').then((answer) => answer.status, () => 0);
      if (status === 200) return (performance.now() - begin) / 1000;
      if (this.process.exitCode !== null || performance.now() - begin > kLongestStart)
        throw new Error(`otokui serve did not start:\n${readFileSync(join(this.folder, 'serve.log'), 'utf8')}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  /** Resident memory of the server in MiB. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
  }

  send(method, path, {body, token, headers = {}} = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          agent: this.#agent,
          headers: {
            ...(token && {authorization: `Bearer ${token}`}),
            ...(text !== undefined && {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)}),
            ...headers,
          },
        },
        (answer) => {
          const parts = [];
          answer.on('data', (part) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => resolve({status: answer.statusCode, text: Buffer.concat(parts).toString()}));
        },
      );
      call.on('error', reject);
      call.end(text);
    });
  }

  /** A request to the API that must succeed; answers the parsed body. */
  async call(method, path, {body, token = this.token, headers} = {}) {
    const answer = await this.send(method, `/api/v1${path}`, {body, token, headers});
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  async makeToken(name) {
    const {output} = await this.command(['token', 'add', '--staff', 'owner', '--name', name]);
    return output.trimEnd().split('\n').at(-1);
  }

  async stop() {
    this.#agent.destroy();
    if (!this.process) return;
    this.process.kill('SIGTERM');
    await this.ended;
  }
}
