// A request that the server refused may go on once whoever is at the screen has answered something: no form needs to know of it.

export type Asker = {
  /** Who asks. Answers how to stop. */
  onAsk: (asker: () => Promise<boolean>) => () => void;
  /** True once it was answered, false when nobody wants to; requests refused at the same time wait for one dialog. */
  ask: () => Promise<boolean>;
};

export function makeAsker(): Asker {
  let current: (() => Promise<boolean>) | null = null;
  let asking: Promise<boolean> | null = null;
  return {
    onAsk(asker) {
      current = asker;
      return () => {
        if (current === asker) current = null;
      };
    },
    ask() {
      if (!current) return Promise.resolve(false);
      asking ??= current().finally(() => {
        asking = null;
      });
      return asking;
    },
  };
}
