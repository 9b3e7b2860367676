import type { KeyboardEvent } from 'react';

/**
 * True while an input method is converting: Enter then chooses a candidate and must not submit. Safari ends the
 * composition before the keydown of that Enter, but still reports key code 229.
 */
export function isComposing(event: KeyboardEvent | globalThis.KeyboardEvent): boolean {
  const native = 'nativeEvent' in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}
