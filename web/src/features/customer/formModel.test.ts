import { describe, expect, it } from 'vitest';
import type { CatalogueField } from '@/lib/catalogue';
import { changedKeys, changedValues, pick, withNextStatuses } from './formModel';

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

describe('withNextStatuses', () => {
  const next = { guest: ['provisional', 'member'], provisional: ['guest', 'member', 'withdrawn'], member: ['withdrawn'], withdrawn: ['provisional', 'member'] };
  const status = { key: 'status', options: Object.entries(next).map(([value, next]) => ({ value, next })) } as unknown as CatalogueField;
  const offered = (now: string, mayWithdraw: boolean) => withNextStatuses([status], now, mayWithdraw)[0]?.options?.map(({ value }) => value);
  it('offers what follows and what is', () => {
    expect(offered('guest', true)).toEqual(['guest', 'provisional', 'member']);
    expect(offered('provisional', true)).toEqual(['guest', 'provisional', 'member', 'withdrawn']);
  });
  it('offers 退会 and the way back only to who may withdraw', () => {
    expect(offered('member', false)).toEqual(['member']);
    expect(offered('withdrawn', false)).toEqual(['withdrawn']);
    expect(offered('withdrawn', true)).toEqual(['provisional', 'member', 'withdrawn']);
  });
});

describe('changedKeys', () => {
  const before = { family_name: '田中', given_name: '花子', phone: '0312345678', city: null, street: '1-2' };
  it('names what is another value now, not what was only written in another way', () => {
    expect(changedKeys(before, { ...before, phone: '0312345679' }, ['phone', 'street'])).toEqual(['phone']);
    expect(changedKeys(before, { ...before, city: '' }, ['city'])).toEqual([]);
  });
  it('tells several parts of one value as one', () => {
    expect(changedKeys(before, { ...before, family_name: '鈴木', given_name: '由美', phone: '0' }, ['family_name', 'given_name', 'phone'])).toEqual(['name', 'phone']);
    expect(changedKeys(before, { ...before, family_name: '鈴木' }, ['family_name'])).toEqual(['family_name']);
  });
});
