// Somebody who calls the API. Every answer is held against the document.
import assert from 'node:assert/strict';
import {complaints, findOperation} from './document.mjs';
import {kPassword} from './server.mjs';

export class Client {
  /** `who`: a role (its token), {token}, or nothing for nobody. */
  constructor(server, who) {
    this.server = server;
    this.token = typeof who === 'string' ? server.tokens[who] : who?.token;
    this.cookie = undefined;
    this.csrf = undefined;
  }

  /** A browser's session. */
  static async signIn(server, login, password = kPassword) {
    const client = new Client(server);
    const answer = await client.post('/session', {login, password});
    assert.equal(answer.status, 201, answer.text);
    client.take(answer);
    return client;
  }

  /** Takes cookie and CSRF token from an answer that opened a session. */
  take(answer) {
    this.cookie = answer.headers.getSetCookie()[0].split(';')[0];
    this.csrf = answer.body.csrf_token;
  }

  /**
   * `body` is sent as JSON; `raw` as it is with `type`. Answers {status, headers, text, body}.
   * `check: false` for what the document does not know on purpose.
   */
  async request(method, path, {body, raw, type, headers = {}, check = true} = {}) {
    const sent = {...headers};
    if (this.token) sent.authorization ??= `Bearer ${this.token}`;
    if (this.cookie) sent.cookie ??= this.cookie;
    if (this.cookie && method !== 'get') {
      sent['x-csrf-token'] ??= this.csrf;
      sent.origin ??= this.server.origin;
    }
    if (body !== undefined) sent['content-type'] ??= 'application/json';
    if (type) sent['content-type'] = type;
    for (const name of Object.keys(sent)) if (sent[name] === undefined) delete sent[name];
    const response = await fetch(`${this.server.origin}/api/v1${path}`, {
      method: method.toUpperCase(),
      headers: sent,
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
      redirect: 'manual',
    });
    const text = await response.text();
    const answer = {status: response.status, headers: response.headers, text, body: undefined};
    if ((response.headers.get('content-type') ?? '').includes('json')) answer.body = JSON.parse(text);
    if (check) {
      const operation = findOperation(method, path.split('?')[0]);
      assert.ok(operation, `${method} ${path} is not documented`);
      assert.deepEqual(complaints(operation, answer), [], `${method} ${path} answered ${answer.status} ${text}`);
    }
    return answer;
  }

  get(path, options) {
    return this.request('get', path, options);
  }
  post(path, body, options) {
    return this.request('post', path, {body, ...options});
  }
  put(path, body, version, options) {
    return this.request('put', path, withVersion(version, {body, ...options}));
  }
  patch(path, body, version, options) {
    return this.request('patch', path, withVersion(version, {body, ...options}));
  }
  delete(path, version, options) {
    return this.request('delete', path, withVersion(version, {...options}));
  }
}

function withVersion(version, options) {
  if (version === undefined) return options;
  const tag = version === '*' ? '*' : `"${version}"`;
  return {...options, headers: {'if-match': tag, ...options.headers}};
}

/** Fails with the whole answer in view. */
export function expectAnswer(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  if (code) assert.equal(answer.body.code, code, answer.text);
  return answer.body;
}

export function pointers(answer) {
  return (answer.body.errors ?? []).map((error) => `${error.pointer} ${error.code}`).sort();
}
