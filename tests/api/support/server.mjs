// One Otokui for a test file: a database of its own, people of every role, the real program on a free port.
import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {createDatabase} from './postgres.mjs';

export const kRoles = ['viewer', 'operator', 'admin', 'owner'];
export const kPassword = '桜の下でおにぎりを食べる';
export const engines = (process.env.OTOKUI_ENGINES ?? 'sqlite').split(',').filter(Boolean);

const binary = process.env.OTOKUI_BINARY;
const kLongestStart = 30_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const {port} = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

export class Server {
  /** `people`: false leaves the database empty, so that the server prints a link to set it up. */
  static async start(engine, {people = true} = {}) {
    const server = new Server();
    server.engine = engine;
    server.folder = mkdtempSync(join(tmpdir(), 'otokui-api-'));
    server.database =
      engine === 'postgres'
        ? await createDatabase(process.env.OTOKUI_POSTGRES_FOLDER)
        : `sqlite:${join(server.folder, 'otokui.db')}`;
    server.environment = {...process.env, OTOKUI_DB: server.database, OTOKUI_KEY_FILE: join(server.folder, 'key')};
    server.tokens = {};
    if (people) {
      for (const role of kRoles) {
        await server.command(['staff', 'add', '--login', role, '--role', role, '--password-stdin'], `${kPassword}\n`);
        server.tokens[role] = await server.makeToken(role);
      }
    }
    await server.serve();
    return server;
  }

  /** Runs a command of the program on this database; answers what it printed. */
  command(words, input = '') {
    return new Promise((resolve, reject) => {
      const child = execFile(
        binary,
        [...words, '--db', this.database],
        {env: this.environment, cwd: this.folder, maxBuffer: 1 << 26},
        (error, stdout, stderr) => {
          if (error) reject(Object.assign(new Error(`otokui ${words.join(' ')}: ${stderr || error.message}`), {code: error.code, stdout}));
          else resolve(stdout);
        },
      );
      // A command that reads nothing may have ended before this is written.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  /** A second server on the same database, for PostgreSQL; `stop` ends it. */
  async beside() {
    const other = Object.assign(new Server(), {engine: this.engine, folder: this.folder, database: this.database, environment: this.environment, tokens: this.tokens});
    await other.serve();
    return other;
  }

  async makeToken(login, options = []) {
    const printed = await this.command(['token', 'add', '--staff', login, '--name', 'api test', ...options]);
    return printed.trimEnd().split('\n').at(-1);
  }

  async serve() {
    const port = await freePort();
    this.origin = `http://127.0.0.1:${port}`;
    this.output = '';
    this.process = spawn(binary, ['serve', '--db', this.database, '--listen', `127.0.0.1:${port}`], {
      env: this.environment,
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (bytes) => (this.output += bytes));
    this.ended = new Promise((resolve) => this.process.on('exit', resolve));
    const deadline = Date.now() + kLongestStart;
    while (!(await this.isReady())) {
      if (this.process.exitCode !== null || Date.now() > deadline)
        throw new Error(`otokui serve did not start:\n${this.output}`);
      await pause(20);
    }
  }

  async isReady() {
    try {
      return (await fetch(`${this.origin}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }

  async stop(signal = 'SIGTERM') {
    this.process.kill(signal);
    await this.ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, {recursive: true, force: true});
  }
}
