// A PostgreSQL of our own in a temporary folder, reached through a socket in it.
import {execFile, spawn} from 'node:child_process';
import {chownSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);
const kFolders = ['/usr/lib/postgresql/15/bin', '/usr/local/bin', '/usr/bin'];
const kLongestStart = 60_000;

function program(name) {
  const folder = kFolders.find((candidate) => existsSync(join(candidate, name)));
  if (!folder) throw new Error(`PostgreSQL is not installed: no ${name}`);
  return join(folder, name);
}

/** PostgreSQL refuses to run as root. */
function otherUser() {
  if (process.getuid() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'));
  if (!line) throw new Error('no user postgres to run the test server as');
  const [, , uid, gid] = line.split(':');
  return {uid: Number(uid), gid: Number(gid)};
}

// What a crash of the machine would lose is no loss to a test.
const kQuick = ['fsync=off', 'full_page_writes=off'];

/** `settings` of the server, as postgresql.conf has them. */
export async function startPostgres(settings = kQuick) {
  const folder = mkdtempSync(join(tmpdir(), 'otokui-api-postgres-'));
  const user = otherUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = {...user, cwd: '/'};
  await run(
    program('initdb'),
    ['-D', data, '--no-sync', '--auth=trust', '--username=otokui', '--encoding=UTF8', '--locale=C.UTF-8'],
    options,
  );
  const server = spawn(
    program('postgres'),
    ['-D', data, '-k', folder, ...['listen_addresses=', 'max_connections=200', ...settings].flatMap((setting) => ['-c', setting])],
    {...options, stdio: 'ignore'},
  );
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const deadline = Date.now() + kLongestStart;
  while (!(await isReady(folder))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('PostgreSQL did not start');
    await pause(50);
  }
  return {
    folder,
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

async function isReady(folder) {
  try {
    await run(program('pg_isready'), ['-q', '-h', folder, '-U', 'otokui', '-d', 'postgres']);
    return true;
  } catch {
    return false;
  }
}

let made = 0;

/** A fresh database in the server at `folder`, as --db takes it. */
export async function createDatabase(folder) {
  const name = `api_${process.pid}_${++made}`;
  await run(program('createdb'), ['-h', folder, '-U', 'otokui', name]);
  return `postgres:host=${folder} user=otokui dbname=${name}`;
}

/** One connection by hand: `ask` answers the lines of the last statement's rows. */
export function openSql(database) {
  const child = spawn(program('psql'), ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', database.replace(/^postgres:/, '')], {stdio: ['pipe', 'pipe', 'inherit']});
  let said = '';
  let heard = () => undefined;
  child.stdout.on('data', (bytes) => {
    said += bytes;
    heard();
  });
  const kEnd = 'end-of-answer';
  return {
    async ask(statement) {
      said = '';
      child.stdin.write(`${statement};\n\\echo ${kEnd}\n`);
      while (!said.includes(`${kEnd}\n`)) {
        if (child.exitCode !== null) throw new Error(`psql ended: ${statement}`);
        await new Promise((resolve) => (heard = resolve));
      }
      return said.slice(0, said.indexOf(kEnd)).split('\n').filter(Boolean);
    },
    close() {
      child.stdin.end();
    },
  };
}
