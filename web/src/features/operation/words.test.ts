import { describe, expect, it } from 'vitest';
import { ja } from '@/lib/i18n/ja';
import { screenOf } from '@/lib/screen';
import type { Translate } from '@/lib/i18n';
import { screenWords } from './words';

const t = ((key: string, options: { name?: string; returnObjects?: boolean }) =>
  options.returnObjects ? ja.screens.names : `${key === 'screens.api' ? 'API' : 'command'} ${options.name}`) as unknown as Translate;

describe('screenOf', () => {
  it.each([
    ['/customers', 'customers'],
    ['/customers/12', 'customers.id'],
    ['/customers/12/history', 'customers.id.history'],
    ['/settings/staff', 'settings.staff'],
    ['/operations/AbC_-9', 'operations.id'],
    ['/', 'start'],
  ])('calls %s %s', (path, name) => expect(screenOf(path)).toBe(name));
});

describe('screenWords', () => {
  it('names a page, and one it does not know by the page it lies under', () => {
    expect(screenWords('customers.id', t)).toBe('顧客情報');
    expect(screenWords('customers.id.orders', t)).toBe('顧客情報');
    expect(screenWords('settings.unheard-of', t)).toBe('設定');
  });
  it('names programs and commands', () => {
    expect(screenWords('PATCH /api/v1/customers/{customer}', t)).toBe('API 顧客一覧');
    expect(screenWords('POST /api/v1/labels', t)).toBe('API 顧客ラベル');
    expect(screenWords('cli import', t)).toBe('command import');
  });
});
