import { expect, it } from 'vitest';
import { readOperationFilter } from './filter';

it('reads from the address what it can, and leaves out the rest', () => {
  expect(readOperationFilter(new URLSearchParams('staff=12&from=2026-11-01&to=2026-11-30'))).toEqual({ staff: '12', from: '2026-11-01', to: '2026-11-30' });
  expect(readOperationFilter(new URLSearchParams('kinds=memo.create,customer.update,memo.create,,<b>'))).toEqual({ kinds: 'memo.create,customer.update' });
  expect(readOperationFilter(new URLSearchParams('kinds=&staff=0&from=yesterday&other=1'))).toEqual({});
});
