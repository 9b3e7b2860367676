import { describe, expect, it } from 'vitest';
import { changedWidths } from './useLooks';

describe('the widths of a person', () => {
  it('take over what was changed by hand, not what a saved search brought along', () => {
    expect(changedWidths({ name: 150 }, { name: 300, number: 90 }, { name: 300, number: 120 })).toEqual({ name: 150, number: 120 });
  });

  it('are as shipped again where a width was given up', () => {
    expect(changedWidths({ name: 150, number: 90 }, { name: 150, number: 90 }, { number: 90 })).toEqual({ number: 90 });
    expect(changedWidths({ name: 150 }, { name: 150 }, {})).toEqual({});
  });
});
