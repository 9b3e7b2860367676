// Seconds of processor of programs that are measured on a machine that others use too.
import {readFileSync, readdirSync} from 'node:fs';

/** Milliseconds that the threads of a process have run. */
function ofProcess(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return nanoseconds / 1e6;
}

const parentOf = (pid) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]);

/** Milliseconds of a process, and of the PostgreSQL server (its process id) with its backends. */
export function processor(pid, postgres) {
  let sum = ofProcess(pid);
  if (!postgres) return sum;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    try {
      if (Number(name) === postgres || parentOf(name) === postgres) sum += ofProcess(name);
    } catch {}  // it has ended
  return sum;
}

/** The process id of the server whose data lie in `folder`. */
export const postgresOf = (folder) => Number(readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0]);
