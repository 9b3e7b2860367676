import { describe, expect, it } from 'vitest';
import { addresseeLines } from './addressee';

describe('addresseeLines', () => {
  it.each([
    [{ name: '髙橋 花子' }, 'ja', ['髙橋 花子 様']],
    [{ name: '髙橋 花子', company: '（株）緑茶', department: '営業部' }, 'ja', ['株式会社緑茶', '営業部', '髙橋 花子 様']],
    [{ company: '㈱緑茶', department: '営業部' }, 'ja', ['株式会社緑茶', '営業部 御中']],
    [{ company: '緑茶(有)' }, 'ja', ['緑茶有限会社 御中']],
    [{ company: '緑茶', name: ' ' }, 'en', ['緑茶 御中']],
    [{ name: 'Hanako Smith' }, 'ja', ['Hanako Smith 様']],
    [{ name: 'Hanako Smith', company: 'Green Tea Ltd.' }, 'en', ['Green Tea Ltd.', 'Hanako Smith']],
    [{ name: null, company: null, department: null }, 'ja', []],
  ] as const)('%j in %s', (addressee, language, lines) => expect(addresseeLines(addressee, language)).toEqual(lines));
});
