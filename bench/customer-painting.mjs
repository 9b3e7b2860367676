// How the page of a long customer (1,000 orders, 5,000 rows of points, 2,000 changes) paints in Debian's chromium: how long until
// something and until the record can be read, then each tab scrolled by the wheel from its top to its end, with every further
// page that a person would ask for. Prints two tables for docs/benchmarks.md.
//
//   tools/setup test && .tools/node/bin/npm ci --prefix tests/e2e    # once: the browser and what drives it
//   cmake --preset bench && cmake --build --preset bench --target otokui
//   .tools/node/bin/node bench/customer-painting.mjs [ROUNDS] [CUSTOMERS]
//
//   OTOKUI_BINARY         the program; build/bench/otokui when not set
//   OTOKUI_BENCH_SLOWER   4 makes the page's processor four times slower; 1 when not set
//   OTOKUI_BENCH_SPEED    pixels a second that the wheel scrolls; 4000 when not set
//   OTOKUI_BENCH_PARTS    parts of the names of tabs, with commas between; all when not set
//   OTOKUI_SHOTS          a folder for a picture of each tab's end; none are taken when not set
// With SCALE=0.1 the customer is a tenth of that; with all of it this takes about 20 minutes. The browser paints without a
// graphics card, beside the server on the same cores.
//
// Opening: until something of the page, until name and basic information, until also the numbers on the tabs (and the timeline
// beside them) are painted; tasks of the main thread over 50 ms, the longest and what all of them are over it; bytes on the wire.
// Tabs: `shown after` is the time from a click until what it asks for is painted (of further pages the median, and the last one);
// frames and their intervals are those while the wheel turned or something was waited for; `reaction` is the longest time from a
// click or key to the next paint; layout shift is the cumulative one, without what follows a click at once.
import {createRequire} from 'node:module';
import {mkdirSync} from 'node:fs';
import {cpus} from 'node:os';
import {setTimeout as pause} from 'node:timers/promises';
import {recordPainting, share, sumUp} from './painting.mjs';

process.env.OTOKUI_BINARY ??= new URL('../build/bench/otokui', import.meta.url).pathname;
const {chromium} = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const {kPassword} = await import('../tests/api/support/server.mjs');
const {kLogin, makeLongCustomer, startShop} = await import('./long-customer.mjs');

const [rounds = '7', customers = '5000'] = process.argv.slice(2);
const slower = Number(process.env.OTOKUI_BENCH_SLOWER ?? 1);
const speed = Number(process.env.OTOKUI_BENCH_SPEED ?? 4000);
const parts = process.env.OTOKUI_BENCH_PARTS?.split(',');
const shots = process.env.OTOKUI_SHOTS;

const kLaptop = {width: 1280, height: 800};
const kWide = {width: 1920, height: 1080};
const kRest = 1000;         // without anything to do, before and after what is measured
const kMostTries = 5;       // a gesture that does not move anything: the end, or something holds the wheel
const kPatience = 120_000;
const kMore = /^(さらに表示|さらに前を表示)$/;

/** The tabs, with what stands there once they can be read; `aside`: the column that a wide screen has. */
const kTabs = [
  {name: '基本情報', size: kLaptop, there: '[role=tabpanel] dl dd'},
  {name: '購入履歴', size: kLaptop, there: '[role=tabpanel] tr[data-at]'},
  {name: 'ポイント履歴', size: kLaptop, there: '[role=tabpanel] tr[data-at]'},
  {name: '変更履歴', size: kLaptop, there: '[role=tabpanel] article td', toggle: '全ての行を表示'},
  {name: 'タイムライン', size: kLaptop, there: '[role=tabpanel] li time'},
  {name: 'タイムライン', size: kWide, there: 'aside li time', aside: true},
];

class Desk {
  constructor(server, browser, customer) {
    Object.assign(this, {server, browser, path: `/customers/${customer}`});
  }

  /** A browser that has been nowhere yet. */
  async begin(size) {
    const context = await this.browser.newContext({baseURL: this.server.origin, viewport: size, locale: 'ja-JP', timezoneId: 'Asia/Tokyo'});
    context.setDefaultTimeout(kPatience);
    if (!this.cookies) {
      const answer = await context.request.post('/api/v1/session', {data: {login: kLogin, password: kPassword}, headers: {Origin: this.server.origin}});
      if (!answer.ok()) throw new Error(await answer.text());
      this.cookies = await context.cookies();
    }
    await context.addCookies(this.cookies);
    await context.addInitScript(recordPainting);
    await context.addInitScript(() => {
      window.otokuiWatchFor('record', () => document.querySelector('h1')?.textContent.includes('長井') && document.querySelector('[role=tabpanel] dl dd') !== null);
      // The numbers on the tabs are in, and on a wide screen the timeline beside them.
      window.otokuiWatchFor('whole', () => {
        const numbers = [...document.querySelectorAll('[role=tab] [data-position=right]')];
        const aside = document.querySelector('aside');
        return numbers.length > 0 && numbers.every((one) => one.textContent !== '') && (!aside || aside.querySelector('li') !== null);
      });
    });
    return context;
  }

  async open(context) {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    if (slower !== 1) await client.send('Emulation.setCPUThrottlingRate', {rate: slower});
    await page.goto(this.path);
    await page.waitForFunction(() => window.otokuiPainting.shown.whole);
    await pause(kRest);
    return {page, client};
  }
}

const now = (page) => page.evaluate(() => performance.now());

async function measureOpening(desk, size) {
  const opened = {cold: [], warm: []};
  for (let round = 0; round < Number(rounds); ++round) {
    const context = await desk.begin(size);
    for (const kind of ['cold', 'warm']) {
      const {page} = await desk.open(context);
      const {seen, painted, bytes} = await page.evaluate(() => ({
        seen: window.otokuiPainting,
        painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
        bytes: performance.getEntriesByType('resource').reduce((sum, {transferSize}) => sum + transferSize, 0),
      }));
      opened[kind].push({painted, record: seen.shown.record, whole: seen.shown.whole, bytes, ...sumUp(seen, [[0, Infinity]])});
      await page.close();
    }
    await context.close();
  }
  return opened;
}

/** Where to turn the wheel: the middle of the page or of its column at the side. */
const pointOf = (page, aside) =>
  page.evaluate((selector) => {
    const {left, top, right, bottom} = document.querySelector(selector).getBoundingClientRect();
    return {x: (left + right) / 2, y: (top + Math.min(bottom, innerHeight)) / 2};
  }, aside ? 'aside' : 'main');

/** How far what lies there can still be scrolled, the innermost box first; how far all of it has been. */
const scrolledAt = (page, {x, y}) =>
  page.evaluate(([x, y]) => {
    const boxes = window.otokuiScrolledAt(x, y);
    const left = boxes.map((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    return {rest: left.find((rest) => rest > 1) ?? 0, at: boxes.reduce((sum, box) => sum + box.scrollTop, 0)};
  }, [x, y]);

/** Turns the wheel until the end, asks for more there, and so on. Answers the windows in which it scrolled or waited. */
async function scrollToEnd({page, client}, {aside}) {
  const scrolls = [], loads = [];
  let distance = 0, tries = 0;
  const more = (aside ? page.locator('aside') : page).getByRole('button', {name: kMore});
  const point = await pointOf(page, aside);
  for (;;) {
    const {rest, at} = await scrolledAt(page, point);
    if (rest > 1 && tries < kMostTries) {
      const from = await now(page);
      await client.send('Input.synthesizeScrollGesture', {...point, yDistance: -Math.ceil(rest), speed, gestureSourceType: 'mouse', preventFling: true});
      scrolls.push([from, await now(page)]);
      const moved = (await scrolledAt(page, point)).at - at;
      distance += Math.max(0, moved);
      tries = moved > 0 ? 0 : tries + 1;
      if (tries > 0) await pause(kRest); // the wheel holds on to what it has begun to scroll
      continue;
    }
    if (rest > 1) throw new Error(`The wheel does not scroll further: ${Math.round(rest)} pixels are left`);
    if ((await more.count()) === 0) return {scrolls, loads, distance};
    const from = await now(page);
    await more.evaluate((button) => {
      let hasLoaded = false;
      window.otokuiWatchFor('more', () => {
        const loads = button.isConnected && button.hasAttribute('data-loading');
        hasLoaded ||= loads;
        return hasLoaded && !loads;
      });
    });
    await more.click();
    await page.waitForFunction(() => window.otokuiPainting.shown.more);
    loads.push([from, await page.evaluate(() => window.otokuiPainting.shown.more)]);
  }
}

/** Clicks and waits until `there` is painted and nothing is asked of the server any more; how long that took, and how many requests. */
async function act(page, target, there) {
  let requests = 0, last = Date.now();
  const note = () => {
    requests += 1;
    last = Date.now();
  };
  page.on('request', note);
  const from = await now(page);
  await page.evaluate((selector) => window.otokuiWatchFor('act', () => document.querySelector(selector) !== null), there);
  await target.click();
  await page.waitForFunction(() => window.otokuiPainting.shown.act);
  while (Date.now() - last < kRest) await pause(kRest / 10);
  page.off('request', note);
  return {windows: [[from, await now(page)]], shown: (await page.evaluate(() => window.otokuiPainting.shown.act)) - from, requests};
}

async function measureTab(desk, tab) {
  const context = await desk.begin(tab.size);
  await (await desk.open(context)).page.close(); // the second look is the usual one
  const opened = await desk.open(context);
  const {page} = opened;
  const tabOf = (name) => page.getByRole('tab', {name: new RegExp(`^${name}`)});
  const isFirst = tab.name === kTabs[0].name || tab.aside;
  const note = async (what, {windows, ...row}) =>
    printRow({name: `${tab.name}${tab.aside ? ` beside, ${tab.size.width}` : ''}${what}`, ...row, ...sumUp(await page.evaluate(() => window.otokuiPainting), windows)});
  const shoot = (what) => shots && page.screenshot({path: `${shots}/painting-${tab.name}-${what}.png`});

  if (!isFirst) await note(': opened', await act(page, tabOf(tab.name), tab.there));
  const {scrolls, loads, distance} = await scrollToEnd(opened, tab);
  await note(': scrolled to the end', {windows: scrolls, distance, elements: await page.evaluate(() => document.querySelectorAll('*').length)});
  if (loads.length > 0) {
    const waits = loads.map(([from, to]) => to - from);
    await note(': further pages', {windows: loads, requests: loads.length, shown: share(waits, 0.5), last: waits.at(-1)});
  }
  await shoot(tab.size.width);
  if (tab.toggle) {
    await page.evaluate(() => document.querySelector('main').scrollTo(0, 0));
    await pause(kRest);
    await note(`: 「${tab.toggle}」`, await act(page, page.getByRole('switch', {name: tab.toggle}), '[role=tabpanel] article tr:nth-child(12)'));
    await shoot('all');
  }
  if (!isFirst) {
    await act(page, tabOf(kTabs[0].name), kTabs[0].there);
    await note(': opened again with all of it', await act(page, tabOf(tab.name), tab.there));
  }
  await context.close();
}

const whole = (value) => (value === undefined ? '' : Math.round(value).toLocaleString('en'));
const line = (cells) => console.log(`| ${cells.join(' | ')} |`);

function printOpening(openings) {
  line(['opened', 'first contentful paint', 'record readable', 'all there', 'longest task', 'blocking', 'layout shift', 'KiB']);
  line(['---', ...Array.from({length: 7}, () => '---:')]);
  for (const {name, rounds: measured} of openings) {
    const both = (key) => `${whole(share(measured.map((one) => one[key]), 0.5))} / ${whole(Math.max(...measured.map((one) => one[key])))}`;
    const shift = Math.max(...measured.map((one) => one.shift)).toFixed(3);
    line([name, both('painted'), both('record'), both('whole'), both('longest'), both('blocking'), shift, whole(share(measured.map((one) => one.bytes), 0.5) / 1024)]);
  }
}

function printHead() {
  console.log('');
  line(['tab', 'pixels', 'requests', 'shown after', 'the last', 'frames', 'p50', 'p95', 'longest', 'over 50', 'longest task', 'blocking', 'reaction', 'layout shift', 'elements']);
  line(['---', ...Array.from({length: 14}, () => '---:')]);
}

function printRow(row) {
  const frames = [whole(row.frames), row.p50.toFixed(1), row.p95.toFixed(1), whole(row.most), whole(row.slow)];
  line([row.name, whole(row.distance), whole(row.requests), whole(row.shown), whole(row.last), ...frames, whole(row.longest), whole(row.blocking), whole(row.reaction), row.shift.toFixed(3), whole(row.elements)]);
}

if (shots) mkdirSync(shots, {recursive: true});
const server = await startShop('sqlite', customers);
let browser;
try {
  const id = await makeLongCustomer(server);
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args});
  const desk = new Desk(server, browser, id);
  console.log(`${cpus().length} cores (${cpus()[0].model}), chromium ${browser.version()}, processor of the page ${slower === 1 ? 'as it is' : `${slower} times slower`}; ms; opening: median / longest of ${rounds}\n`);
  const openings = [];
  for (const size of [kLaptop, kWide]) {
    const {cold, warm} = await measureOpening(desk, size);
    openings.push({name: `${size.width}×${size.height}, nothing cached`, rounds: cold}, {name: `${size.width}×${size.height}, again`, rounds: warm});
  }
  printOpening(openings);
  printHead();
  for (const tab of kTabs) if (!parts || parts.some((part) => tab.name.includes(part))) await measureTab(desk, tab);
} finally {
  await browser?.close();
  await server.remove();
}
