import { describe, expect, it } from 'vitest';
import { changedValues, pick } from './formModel';

describe('changedValues', () => {
  it('names only what differs, and empties with null', () => {
    expect(changedValues({ city: '渋谷区', phone: null, newsletter: false }, { city: '', phone: '', newsletter: true })).toEqual({ city: null, newsletter: true });
  });
  it('sees nothing where nothing changed', () => {
    expect(changedValues({ a: null, labels: ['1'] }, { a: '', labels: ['1'] })).toEqual({});
  });
});

describe('pick', () => {
  it('takes the keys, absent ones as null', () => expect(pick({ a: 1, b: 2 }, ['a', 'c'])).toEqual({ a: 1, c: null }));
});
