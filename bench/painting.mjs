// What a browser tells of how a page paints: recorded in the page, summed up here. Times are milliseconds since the navigation.

const kSlowFrame = 50;  // three of sixty a second: people see it
const kLongTask = 50;   // from here on the browser itself speaks of a long task

/** Runs in the page, before its scripts: everything goes into `window.otokuiPainting`. */
export function recordPainting() {
  const seen = {tasks: [], shifts: [], events: [], frames: [], shown: {}};
  window.otokuiPainting = seen;
  const observe = (type, note, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true, ...options});
  observe('longtask', ({startTime, duration}) => seen.tasks.push([startTime, duration]));
  // What moves because somebody has just clicked is no surprise to him, and is left out as browsers do it.
  observe('layout-shift', ({startTime, value, hadRecentInput}) => hadRecentInput || seen.shifts.push([startTime, value]));
  observe('event', ({startTime, duration, interactionId}) => interactionId && seen.events.push([startTime, duration]), {durationThreshold: 16});
  let last = 0;
  const frame = (now) => {
    if (last) seen.frames.push([now, now - last]);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  // What the wheel scrolls when it is turned there: the innermost first, the page last.
  window.otokuiScrolledAt = (x, y) => {
    const boxes = [];
    for (let box = document.elementFromPoint(x, y); box; box = box.parentElement)
      if (box.scrollHeight - box.clientHeight > 1 && /auto|scroll/.test(getComputedStyle(box).overflowY)) boxes.push(box);
    return boxes;
  };

  // `otokuiWatchFor(name, isThere)`: notes under `name` when the frame after which `isThere()` held has been painted.
  window.otokuiWatchFor = (name, isThere) => {
    delete seen.shown[name];
    const look = () => {
      if (!isThere()) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => (seen.shown[name] ??= performance.now())));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, {childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['aria-busy', 'aria-selected', 'data-loading']});
    look();
  };
}

const within = (entries, windows) => entries.filter(([at]) => windows.some(([from, to]) => at >= from && at <= to));

export function share(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

const most = (values) => values.reduce((longest, value) => Math.max(longest, value), 0);

/** Cumulative layout shift as browsers report it: the worst burst, of at most five seconds with no second of rest in it. */
function worstShift(shifts) {
  let worst = 0, sum = 0, first = -Infinity, last = -Infinity;
  for (const [at, value] of shifts) {
    if (at - last > 1000 || at - first > 5000) {
      sum = 0;
      first = at;
    }
    sum += value;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** `windows`: [from, to] in which something was done; what the page does between them is not counted. */
export function sumUp(seen, windows) {
  const frames = within(seen.frames, windows).map(([, interval]) => interval);
  const tasks = within(seen.tasks, windows).map(([, duration]) => duration);
  return {
    frames: frames.length,
    p50: share(frames, 0.5),
    p95: share(frames, 0.95),
    most: most(frames),
    slow: frames.filter((interval) => interval > kSlowFrame).length,
    longest: most(tasks),
    tasks: tasks.length,
    blocking: tasks.reduce((sum, duration) => sum + duration - kLongTask, 0),
    reaction: most(within(seen.events, windows).map(([, duration]) => duration)),
    shift: worstShift(within(seen.shifts, windows)),
  };
}
