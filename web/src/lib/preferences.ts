import { useCallback, useSyncExternalStore } from 'react';

// How this browser likes its screens: language, folded navigation, columns. Never personal data of customers.

const prefix = 'otokui.';
const listeners = new Set<() => void>();

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(prefix + key);
  } catch {
    return null; // storage is switched off: the defaults do
  }
}

export function writePreference(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    return;
  } finally {
    listeners.forEach((listener) => listener());
  }
}

export function readPreference<T>(key: string, fallback: T): T {
  const stored = read(key);
  if (stored === null) return fallback;
  try {
    return JSON.parse(stored) as T;
  } catch {
    return fallback;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** A preference with its setter; every user of the same key sees the change, in other tabs too. */
export function usePreference<T>(key: string, fallback: T): [T, (value: T) => void] {
  const stored = useSyncExternalStore(subscribe, () => read(key));
  let value = fallback;
  if (stored !== null) {
    try {
      value = JSON.parse(stored) as T;
    } catch {
      value = fallback;
    }
  }
  const set = useCallback((next: T) => writePreference(key, next), [key]);
  return [value, set];
}
