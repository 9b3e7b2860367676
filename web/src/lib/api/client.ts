import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '@/lib/i18n';
import { screenOf } from '@/lib/screen';
import { holdsUnsaved } from '@/lib/unsaved';
import { askForFactor, notFresh } from './fresh';
import { askToSignIn, sessionOver } from './over';
import { ApiProblem, problemOf } from './problem';
import type { components, paths } from './schema.gen';

export type Schemas = components['schemas'];

let csrfToken: string | null = null;
let whenSignedOut: () => void = () => undefined;

/** The token of the session signed in with; it goes with every changing request. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** What to do when an answer says that the session is over. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

export function requestHeaders(): Record<string, string> {
  return { 'Accept-Language': currentLanguage(), 'Otokui-Screen': screenOf(window.location.pathname), ...(csrfToken ? { 'X-CSRF-Token': csrfToken } : {}) };
}

export function noteProblem(problem: ApiProblem): ApiProblem {
  if (problem.status === 401 && problem.code === sessionOver) whenSignedOut();
  return problem;
}

// A request's body can be sent once: changes keep a copy in case somebody is asked for something first.
const copies = new WeakMap<Request, Request>();

function isJson(request: Request): boolean {
  return request.body === null || (request.headers.get('Content-Type') ?? '').startsWith('application/json');
}

const middleware: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders())) request.headers.set(name, value);
    if (request.method !== 'GET' && isJson(request)) copies.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response }) {
    const copy = request.method === 'GET' ? new Request(request) : copies.get(request);
    if ((response.status !== 401 && response.status !== 403) || !copy) return undefined;
    const { code } = problemOf(response.status, await response.clone().json().catch(() => null));
    const goesOn = (code === notFresh && (await askForFactor())) || (code === sessionOver && holdsUnsaved() && (await askToSignIn()));
    if (!goesOn) return undefined;
    for (const [name, value] of Object.entries(requestHeaders())) copy.headers.set(name, value);
    return fetch(copy);
  },
  onError() {
    return new ApiProblem(0, 'unreachable', '', '');
  },
};

export const api = createClient<paths>({ baseUrl: '/api/v1', credentials: 'same-origin' });
api.use(middleware);

/** The answer's body, or the problem thrown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw noteProblem(problemOf(response.status, error));
  return data as T;
}

export type Written<T> = { data: T; operation: string | null };

/** As `answer`, with the operation that the write became, so that it can be taken back. */
export async function written<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Written<T>> {
  const { data, error, response } = await call;
  if (!response.ok) throw noteProblem(problemOf(response.status, error));
  return { data: data as T, operation: response.headers.get('Otokui-Operation') };
}

/** `If-Match` of a version. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
export const idempotencyKey = () => ({ 'Idempotency-Key': crypto.randomUUID() });
