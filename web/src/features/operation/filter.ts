import type { OperationFilter } from './api';

const day = /^\d{4}-\d{2}-\d{2}$/;
const id = /^[1-9]\d{0,18}$/;
const kind = /^[a-z_]+\.[a-z_]+$/;

/** From the address; what cannot be read is left out. */
export function readOperationFilter(params: URLSearchParams): OperationFilter {
  const filter: OperationFilter = {};
  const [staff, from, to] = [params.get('staff'), params.get('from'), params.get('to')];
  if (staff && id.test(staff)) filter.staff = staff;
  if (from && day.test(from)) filter.from = from;
  if (to && day.test(to)) filter.to = to;
  const kinds = kindsOf(params.get('kinds'));
  if (kinds.length > 0) filter.kinds = kinds.join(',');
  return filter;
}

/** As they stand in a filter: one after the other, each once. */
export const kindsOf = (text: string | null | undefined): string[] => [...new Set((text ?? '').split(',').filter((one) => kind.test(one)))];
