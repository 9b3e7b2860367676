// Grave acts want a factor shown within the last ten minutes. Where the server asks for one, whoever is at the screen is asked,
// and the request that was refused goes out once more: no form needs to know of it.
export const notFresh = 'session.not_fresh';

let ask: (() => Promise<boolean>) | null = null;
let asking: Promise<boolean> | null = null;

/** Who asks. Answers how to stop. */
export function onNotFresh(asker: () => Promise<boolean>): () => void {
  ask = asker;
  return () => {
    if (ask === asker) ask = null;
  };
}

/** True once a factor was shown, false when nobody wants to; requests refused at the same time wait for one dialog. */
export function askForFactor(): Promise<boolean> {
  if (!ask) return Promise.resolve(false);
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}
