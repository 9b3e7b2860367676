// Two servers on one PostgreSQL: a browser may come to either of them, and is one and the same.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {Client, expectAnswer} from './support/client.mjs';
import {openSql} from './support/postgres.mjs';
import {engines, Server} from './support/server.mjs';

describe('Two servers on one database', {skip: !engines.includes('postgres')}, () => {
  let here, there, sql, looking;
  before(async () => {
    here = await Server.start('postgres');
    there = await here.beside();
    sql = openSql(here.database);
    looking = openSql(here.database); // a transaction sees those who are active as they were at its first look
  });
  after(async () => {
    sql?.close();
    looking?.close();
    await there?.stop();
    await here?.remove();
  });

  it('of the counts of one session one runs, and the next stops the one on the other server', async () => {
    expectAnswer(await new Client(here, 'operator').post('/customers', {family_name: '田中'}), 201);
    const one = await Client.signIn(here, 'viewer');
    const other = Object.assign(new Client(there), {cookie: one.cookie, csrf: one.csrf});
    const elsewhere = await Client.signIn(there, 'operator');
    const count = (client) => client.post('/customers/count', {conditions: [{field: 'family_name', op: 'not_empty'}]});
    const waiting = async (wanted) => {
      const deadline = Date.now() + 30_000;
      for (;;) {
        const [line] = await looking.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'otokui count%'");
        if (Number(line) === wanted) return;
        if (Date.now() > deadline) assert.fail(`${line} counts, not ${wanted}`);
        await pause(20);
      }
    };

    await sql.ask('BEGIN; LOCK TABLE customer IN ACCESS EXCLUSIVE MODE; SELECT 1');
    const first = count(one);
    await waiting(1);
    const second = count(other);
    const foreign = count(elsewhere);
    expectAnswer(await first, 409, 'count.superseded');
    await sql.ask('COMMIT; SELECT 1');
    assert.deepEqual(expectAnswer(await second, 200).counts, [1]);
    assert.deepEqual(expectAnswer(await foreign, 200).counts, [1], 'another session is nobody’s business');
  });
});
