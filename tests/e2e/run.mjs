// Runs the pages in Debian's chromium: node run.mjs [FILE…]. One file after the other: a browser wants a core for itself.
//
//   OTOKUI_BINARY   the program under test; build/dev/otokui when not set
//   OTOKUI_ENGINES  "sqlite", "postgres" or both with a comma; sqlite when not set
//   OTOKUI_SHOTS    a folder for a picture of every page seen; none are taken when not set
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {startPostgres} from '../api/support/postgres.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const engines = (process.env.OTOKUI_ENGINES ?? 'sqlite').split(',');
const named = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort();
const browser = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(browser)) throw new Error(`No browser at ${browser}: install Debian's chromium`);

const postgres = engines.includes('postgres') ? await startPostgres() : undefined;
const environment = {
  ...process.env,
  CHROMIUM: browser,
  OTOKUI_BINARY: process.env.OTOKUI_BINARY ?? `${here}../../build/dev/otokui`,
  OTOKUI_ENGINES: engines.join(','),
  OTOKUI_POSTGRES_FOLDER: postgres?.folder ?? '',
};
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...files], {cwd: here, env: environment, stdio: 'inherit'});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.on('exit', async (code) => {
  await postgres?.stop();
  process.exit(code ?? 1);
});
