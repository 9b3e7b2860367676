// A mail server on this machine that does what a test tells it.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {SMTPServer} from 'smtp-server';

/** A certificate for 127.0.0.1 that nobody trusts who was not given it. */
export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'otokui-certificate-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1']
      .concat(['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]),
    {stdio: 'ignore'},
  );
  const pair = {key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8')};
  rmSync(folder, {recursive: true, force: true});
  return pair;
}

export function refusal(code, words) {
  return Object.assign(new Error(words), {responseCode: code});
}

export class MailPeer {
  /** `options` are smtp-server's. Messages it took stand in `taken`, what it was asked in `asked`. */
  static async start(options = {}) {
    const peer = new MailPeer();
    peer.taken = [];
    peer.asked = [];
    peer.connections = 0;
    peer.answers = {};
    peer.waiting = [];
    peer.server = new SMTPServer({
      disableReverseLookup: true,
      authOptional: true,
      closeTimeout: 100,
      logger: false,
      onConnect: (session, done) => {
        peer.connections += 1;
        peer.answer('connect', session, done);
      },
      onAuth: (auth, session, done) => {
        peer.asked.push({stage: 'auth', user: auth.username, password: auth.password});
        peer.answer('auth', session, (error) => (error ? done(error) : done(null, {user: auth.username})));
      },
      onMailFrom: (address, session, done) => {
        peer.asked.push({stage: 'sender', address: address.address});
        peer.answer('sender', session, done);
      },
      onRcptTo: (address, session, done) => {
        peer.asked.push({stage: 'recipient', address: address.address});
        peer.answer('recipient', session, done);
      },
      onData: (stream, session, done) => {
        const pieces = [];
        stream.on('data', (piece) => pieces.push(piece));
        stream.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8');
          peer.answer('content', session, (error) => {
            if (!error) {
              peer.taken.push({text, ...parse(text), envelope: session.envelope, secure: session.secure});
              peer.tell();
            }
            done(error);
          });
        });
      },
      ...options,
    });
    // A client that is killed cuts its connection; that is what some tests are about.
    peer.server.on('error', () => {});
    await new Promise((resolve) => peer.server.listen(0, '127.0.0.1', resolve));
    peer.port = peer.server.server.address().port;
    return peer;
  }

  /** What the next mails get at a stage: an error, 'cut', or a function that is given `done`; undefined is yes. */
  will(stage, ...answers) {
    this.answers[stage] = answers;
  }

  answer(stage, session, done) {
    this.tell(stage);
    const next = this.answers[stage]?.shift();
    if (next === undefined) return done();
    if (next === 'cut') return this.cut(session);
    if (typeof next === 'function') return next(done, session);
    return done(next);
  }

  cut(session) {
    for (const connection of this.server.connections) if (connection.session.id === session.id) connection._socket.destroy();
  }

  tell(stage) {
    for (const wait of [...this.waiting]) wait(stage);
  }

  /** Waits until `wanted()` holds; looked at whenever something happens here. */
  until(wanted, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`never happened: ${what}`))), 30_000);
      const end = (act) => {
        clearTimeout(timer);
        this.waiting.splice(this.waiting.indexOf(look), 1);
        act();
      };
      const look = (stage) => wanted(stage) && end(resolve);
      this.waiting.push(look);
      look();
    });
  }

  stop() {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** Headers unfolded, words of RFC 2047 decoded, the first part's text decoded. */
export function parse(text) {
  const [head, ...rest] = text.split('\r\n\r\n');
  const headers = {};
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const at = line.indexOf(':');
    headers[line.slice(0, at).toLowerCase()] = decodeWords(line.slice(at + 1).trim());
  }
  return {headers, body: Buffer.from(rest.join('\r\n\r\n'), 'base64').toString('utf8')};
}

function decodeWords(value) {
  return value
    .replace(/\?= =\?UTF-8\?B\?/g, '\u0000')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, words) =>
      words.split('\u0000').map((word) => Buffer.from(word, 'base64').toString('utf8')).join(''),
    );
}
