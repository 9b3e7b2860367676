import { makeAsker } from './asker';

// A session that is over takes no unsaved text with it: the same person signs in again where he is, and the request goes out once more.
export const sessionOver = 'session.required';

export const { onAsk: onSessionOver, ask: askToSignIn } = makeAsker();
