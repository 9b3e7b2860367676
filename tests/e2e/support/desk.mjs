// A demo shop served by the real program, and a browser in front of it.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {after, before, describe} from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import {chromium} from 'playwright-core';
import {engines, kPassword, Server} from '../../api/support/server.mjs';

export {kPassword};
export const kCustomers = 300;

// A busy machine of two cores takes five times as long as a free one, and is right all the same.
const kLongest = 1_200_000;
const kPatience = 45_000;

const kBrowser = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A demo shop with the same people every time; an owner and a viewer may sign in. */
async function openShop(engine) {
  const server = await Server.start(engine, {people: false});
  await server.stop();
  await server.command(['demo', '--customers', String(kCustomers), '--orders-per-customer', '3', '--seed', '7']);
  for (const role of ['owner', 'viewer']) {
    await server.command(['staff', 'add', '--login', role, '--role', role, '--password-stdin'], `${kPassword}\n`);
  }
  await server.serve();
  return server;
}

/** `scenarios(held)`: once tests run, `held.open(path)` gives a page signed in as the owner. */
export function atTheDesk(name, scenarios) {
  for (const engine of engines) {
    describe(`${name} (${engine})`, {timeout: kLongest}, () => {
      const held = {};
      before(async () => {
        held.server = await openShop(engine);
        held.browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: kBrowser});
        held.desk = new Desk(held.server, held.browser);
        held.open = (path, options) => held.desk.open(path, options);
      });
      after(async () => {
        await held.browser?.close();
        await held.server?.remove();
      });
      scenarios(held);
    });
  }
}

class Desk {
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.sessions = new Map();
  }

  /** A page at `path`. What the browser complains of, our content security policy above all, fails the test. */
  async open(path, {login = 'owner', language = 'ja', size = {width: 1280, height: 800}, scheme = 'light'} = {}) {
    const context = await this.browser.newContext({
      baseURL: this.server.origin,
      viewport: size,
      colorScheme: scheme,
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
      timezoneId: 'Asia/Tokyo',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(kPatience);
    const page = await context.newPage();
    page.complaints = [];
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    page.on('console', (message) => {
      // A refusal of the API is no fault of the page: the tests look at how the page tells it.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) page.complaints.push(message.text());
    });
    if (login !== null) await this.signIn(context, login, language);
    await page.goto(path);
    return page;
  }

  async signIn(context, login, language) {
    if (!this.sessions.has(login)) {
      const answer = await context.request.post('/api/v1/session', {data: {login, password: kPassword}, headers: {Origin: this.server.origin}});
      assert.equal(answer.status(), 201, await answer.text());
      this.sessions.set(login, {cookies: await context.cookies(), csrf: (await answer.json()).csrf_token});
    }
    const session = this.sessions.get(login);
    await context.addCookies(session.cookies);
    const kept = await context.request.put('/api/v1/me/preferences', {
      data: {language, theme: 'auto'},
      headers: {Origin: this.server.origin, 'X-CSRF-Token': session.csrf},
    });
    assert.equal(kept.status(), 200, await kept.text());
  }

  /** The API as the owner, beside the page: for what another person does meanwhile. */
  async api(page, method, path, data, headers = {}) {
    const answer = await page.request.fetch(`/api/v1${path}`, {
      method,
      ...(data === undefined ? {} : {data}),
      headers: {Origin: this.server.origin, 'X-CSRF-Token': this.sessions.get('owner').csrf, ...headers},
    });
    return {status: answer.status(), body: answer.status() === 204 ? null : await answer.json()};
  }
}

/** A picture of what stands there now, for whoever looks into a failure. */
export async function shoot(page, name) {
  const shots = process.env.OTOKUI_SHOTS;
  if (!shots) return;
  mkdirSync(shots, {recursive: true});
  await page.screenshot({path: `${shots}/${name}.png`});
}

/** Until nothing moves or fades any more: half faded words have no contrast. What turns for ever is not waited for. */
async function settle(page) {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().endTime === Infinity),
  );
}

/**
 * Nothing the browser complained of, and nothing grave for people who do not see or do not use a mouse: by all
 * rules of axe, or those named.
 */
export async function expectSound(page, name, rules) {
  await settle(page);
  await shoot(page, name);
  assert.deepEqual(page.complaints, [], `${name}: complaints of the browser`);
  const axe = new AxeBuilder({page});
  const {violations} = await (rules ? axe.withRules(rules) : axe).analyze();
  const grave = violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
  assert.deepEqual(grave, [], `${name}: findings of axe`);
}

/** Types text as an input method does: the reading grows, is converted, is taken. */
export async function compose(page, box, steps, result) {
  await box.focus();
  const client = await page.context().newCDPSession(page);
  for (const text of steps) {
    await client.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length});
  }
  await client.send('Input.insertText', {text: result});
  await client.detach();
}
