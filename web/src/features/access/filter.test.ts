import { describe, expect, it } from 'vitest';
import { readFilter, writeFilter } from './filter';

describe('the filter of the reading log', () => {
  it('comes back from the address as it went in', () => {
    const filter = { staff: '3', customer_number: 'A-17', kind: 'search', from: '2026-11-01', to: '2026-11-30' } as const;
    expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
  });

  it('leaves out what it cannot read', () => {
    expect(readFilter(new URLSearchParams('staff=x&kind=steal&from=yesterday&to=2026-1-1&other=1'))).toEqual({});
  });

  it('writes no empty values', () => {
    expect(writeFilter({ customer_number: '' })).toEqual({});
  });
});
