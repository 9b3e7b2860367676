import { useInfiniteQuery, useQueries, type QueryClient } from '@tanstack/react-query';
import { answer, api, idempotencyKey, ifMatch, noteProblem, requestHeaders, type Schemas } from '@/lib/api/client';
import { ApiProblem, problemOf } from '@/lib/api/problem';
import { learn } from './words';

export type CustomerList = Schemas['CustomerList'];
export type ListKind = Exclude<CustomerList['kind'], 'combined'>;
export type Combination = 'and' | 'or' | 'minus';
export type Figure = 'not_found' | 'duplicates' | 'deleted' | 'merged';
export const figures: Figure[] = ['not_found', 'duplicates', 'deleted', 'merged'];

export const mostBytes = 64 * 1024 * 1024;

const listKeys = {
  all: ['customer-list'] as const,
  mine: ['customer-list', 'mine'] as const,
  one: (list: string) => ['customer-list', 'one', list] as const,
};

/** Where the entries that a figure counts can be fetched. */
export const linesUrl = (list: string, figure: Figure) => `/api/v1/lists/${list}/${figure}`;

/** XMLHttpRequest, because only it tells how far an upload is. */
export function uploadList(kind: ListKind, text: Blob | string, onProgress: (percent: number) => void): Promise<CustomerList> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/lists?kind=${kind}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'text/plain; charset=utf-8');
    for (const [name, value] of Object.entries(requestHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(Math.round((event.loaded / event.total) * 100));
    request.onerror = () => fail(new ApiProblem(0, 'unreachable', '', ''));
    request.onload = () => {
      if (request.status === 201) done(request.response as CustomerList);
      else fail(noteProblem(problemOf(request.status, request.response)));
    };
    request.send(text);
  });
}

/** A file as UTF-8: Excel writes CSV in Shift_JIS. */
export async function readText(file: File): Promise<Blob | string> {
  const bytes = await file.arrayBuffer();
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return file;
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

export const combineLists = (op: Combination, lists: string[]) => answer(api.POST('/lists/combine', { body: { op, lists }, params: { header: idempotencyKey() } }));

export const renameList = ({ list, version }: CustomerList, name: string | null) =>
  answer(api.PATCH('/lists/{list}', { params: { path: { list }, header: ifMatch(version) }, body: { name } }));

export const removeList = ({ list, version }: CustomerList) => answer(api.DELETE('/lists/{list}', { params: { path: { list }, header: ifMatch(version) } }));

/** After a list was made, named or removed. */
export async function refreshLists(cache: QueryClient, list?: CustomerList): Promise<void> {
  if (list) {
    learn(list.list, list);
    cache.setQueryData(listKeys.one(list.list), list);
  }
  await cache.invalidateQueries({ queryKey: listKeys.mine });
}

export function useMyLists() {
  return useInfiniteQuery({
    queryKey: listKeys.mine,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) => answer(api.GET('/lists', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

async function learnList(name: string): Promise<CustomerList | null> {
  const list = await answer(api.GET('/lists/{list}', { params: { path: { list: name } } })).catch((problem: unknown) => {
    if (problem instanceof ApiProblem && problem.status === 404) return null;
    throw problem;
  });
  learn(name, list);
  return list;
}

/** Learns what lists there are behind these names, and draws again once it is known. */
export function useLists(names: string[]): void {
  useQueries({ queries: names.map((name) => ({ queryKey: listKeys.one(name), staleTime: Infinity, queryFn: () => learnList(name) })) });
}
