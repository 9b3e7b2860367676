import { useSyncExternalStore } from 'react';
import { liveState } from './events';

/** Whether events come in by themselves; otherwise ask from time to time. */
export function useLiveConnected(): boolean {
  return useSyncExternalStore(liveState.subscribe, liveState.isConnected);
}
