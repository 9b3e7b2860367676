import { describe, expect, it } from 'vitest';
import { emptyDraft, inputOf, newOption, previewOf, sentOptions } from './draft';

describe('the builder of fields', () => {
  it('sends only what the type has', () => {
    const draft = { ...emptyDraft(), ja: ' 靴 ', type: 'number' as const, maxLength: 5, minimum: 10 };
    expect(inputOf(draft)).toEqual({ labels: { ja: '靴', en: null }, required: false, max_length: null, minimum: 10, maximum: null, options: [], on_list: false, on_csv: true });
  });

  it('leaves empty rows out, keeps codes and what was removed', () => {
    const draft = { ...emptyDraft(), ja: 'サイズ', type: 'select' as const, options: [{ ...newOption(), code: 's', ja: '小' }, newOption(), { ...newOption(), ja: '大' }, { ...newOption(), code: 'm', ja: '中', removed: true }] };
    expect(sentOptions(draft)).toHaveLength(3);
    expect(inputOf(draft).options).toEqual([
      { code: 's', labels: { ja: '小', en: null }, removed: false },
      { labels: { ja: '大', en: null }, removed: false },
      { code: 'm', labels: { ja: '中', en: null }, removed: true },
    ]);
    expect(previewOf(draft, '?').options?.map(({ labels }) => labels.ja)).toEqual(['小', '大']);
  });
});
