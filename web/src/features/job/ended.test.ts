import { describe, expect, it } from 'vitest';
import { endedOf, type Job } from './api';

const job = (id: string, status: Job['status'], staff = '7') => ({ id, status, actor: { kind: 'staff', id: staff, name: '森', token: null } }) as Job;

describe('jobs that have ended', () => {
  it('are those that were running before, and those too quick to be seen running', () => {
    const before = [job('11', 'running'), job('10', 'queued'), job('9', 'done')];
    const now = [job('12', 'failed'), job('11', 'done'), job('10', 'running'), job('9', 'done'), job('8', 'done')];
    expect(endedOf(before, now, '7').map(({ id }) => id)).toEqual(['12', '11']);
  });

  it('are of the person alone', () => {
    expect(endedOf([job('1', 'running', '8')], [job('1', 'done', '8')], '7')).toEqual([]);
  });
});
