import { makeAsker } from './asker';

// Grave acts want a factor shown within the last ten minutes. Where the server asks for one, whoever is at the screen is asked,
// and the request that was refused goes out once more.
export const notFresh = 'session.not_fresh';

export const { onAsk: onNotFresh, ask: askForFactor } = makeAsker();
