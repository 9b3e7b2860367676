// Runs the scenarios: node run.mjs [FILE…]. Starts a private PostgreSQL for them and takes it down again.
//
//   OTOKUI_BINARY   the program under test; build/fast/otokui when not set
//   OTOKUI_ENGINES  "sqlite", "postgres" or both with a comma; both when not set
import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {startPostgres} from './support/postgres.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const engines = (process.env.OTOKUI_ENGINES ?? 'sqlite,postgres').split(',');
const named = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort();

const postgres = engines.includes('postgres') ? await startPostgres() : undefined;
const environment = {
  ...process.env,
  OTOKUI_BINARY: process.env.OTOKUI_BINARY ?? `${here}../../build/fast/otokui`,
  OTOKUI_ENGINES: engines.join(','),
  OTOKUI_POSTGRES_FOLDER: postgres?.folder ?? '',
};
// Two files at once: each has servers of its own, and more would only wait for each other.
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files], {
  cwd: here,
  env: environment,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.on('exit', async (code) => {
  await postgres?.stop();
  process.exit(code ?? 1);
});
