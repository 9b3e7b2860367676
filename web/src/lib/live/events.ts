import type { Schemas } from '@/lib/api/client';

/** How a job goes, in short. What else there is to know of it is asked for. */
export type JobNews = Pick<Schemas['Job'], 'id' | 'status' | 'done' | 'total' | 'ok' | 'ng' | 'skipped'>;

export type LiveEvent =
  | { type: 'job'; job: JobNews }
  | { type: 'record'; kind: string; id: string; version: number }
  | { type: 'session' }
  | { type: 'begin' } // what was asked for while the page came up may be older than the first event
  | { type: 'gap' }; // something may have been missed: ask again for what is shown

type Message = { event: LiveEvent } | { connected: boolean } | { hello: true };

const name = 'otokui.live';
const retryAfter = 15_000;

let connected = false;
const stateListeners = new Set<() => void>();

export const liveState = {
  subscribe(listener: () => void): () => void {
    stateListeners.add(listener);
    return () => stateListeners.delete(listener);
  },
  isConnected: () => connected,
};

function setConnected(now: boolean): void {
  if (now === connected) return;
  connected = now;
  stateListeners.forEach((listener) => listener());
}

function read(type: string, data: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    if (type === 'job') return { type, job: value as JobNews };
    if (type === 'record') return { type, ...(value as { kind: string; id: string; version: number }) };
    return type === 'session' ? { type } : null;
  } catch {
    return null; // not for us
  }
}

/**
 * Hears the server's events through one connection for all tabs of this browser: the tab that gets the lock holds
 * the stream and tells the others. Returns the stop.
 */
export function listen(onEvent: (event: LiveEvent) => void): () => void {
  const channel = new BroadcastChannel(name);
  const stop = new AbortController();
  let leads = false;

  const tell = (message: Message) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('hello' in data) {
      if (leads) tell({ connected });
    } else if ('connected' in data) {
      setConnected(data.connected);
    } else {
      onEvent(data.event);
    }
  };

  const spread = (event: LiveEvent) => {
    onEvent(event);
    tell({ event });
  };
  const note = (now: boolean) => {
    setConnected(now);
    tell({ connected: now });
  };

  const lead = () =>
    new Promise<void>((done) => {
      leads = true;
      let stream: EventSource | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let opened = false;
      const open = () => {
        stream = new EventSource('/api/v1/events');
        stream.onopen = () => {
          note(true);
          spread({ type: opened ? 'gap' : 'begin' });
          opened = true;
        };
        stream.onerror = () => {
          note(false);
          if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryAfter);
        };
        for (const type of ['job', 'record', 'session']) {
          stream.addEventListener(type, ({ data }: MessageEvent<string>) => {
            const event = read(type, data);
            if (event) spread(event);
          });
        }
      };
      open();
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        stream?.close();
        leads = false;
        done();
      });
    });

  tell({ hello: true });
  navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined); // given up while waiting
  return () => {
    stop.abort();
    channel.close();
    setConnected(false);
  };
}
