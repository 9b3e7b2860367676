// Which forms on the page hold text that nobody has saved: whoever would take the page away asks here first.

const forms = new Set<symbol>();
let givenUp = false;

/** A form holds unsaved text until the answer is called. */
export function noteUnsaved(): () => void {
  const form = Symbol();
  forms.add(form);
  return () => {
    forms.delete(form);
  };
}

export const holdsUnsaved = (): boolean => forms.size > 0;

/** Leaves the page without another question: to lose the text was chosen. */
export async function leaveUnsaved(leave: () => void | Promise<void>): Promise<void> {
  givenUp = true;
  try {
    await leave();
  } finally {
    givenUp = false;
  }
}

export const isGivenUp = (): boolean => givenUp;
