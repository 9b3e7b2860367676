import { describe, expect, it } from 'vitest';
import { goToRows, offerRows } from './toRows';

describe('the way to the rows', () => {
  it('leads to the table that was last told of, and nowhere when that is gone', () => {
    const gone: string[] = [];
    expect(goToRows()).toBe(false);
    const first = offerRows(() => gone.push('first'));
    const second = offerRows(() => gone.push('second'));
    first(); // the page before: it takes back its own only
    expect(goToRows()).toBe(true);
    second();
    expect(goToRows()).toBe(false);
    expect(gone).toEqual(['second']);
  });
});
