export const ja = {
  search: {
    title: '顧客', box: '検索語', run: 'この条件で検索する', clear: '条件クリア', details: '詳細条件', hideDetails: '詳細条件を閉じる',
    any: '指定なし', noOption: '該当する項目がありません', operatorOf: '{{field}}の条件', fromOf: '{{field}}（から）', toOf: '{{field}}（まで）', reversed: '範囲の始まりと終わりが逆になっています。',
    asRange: '範囲指定', pasteHint: '改行・カンマ・タブ・空白で区切って貼り付け', tooMany: '一度に指定できるのは{{most}}件までです。', clearText: '検索語を消す', active: '検索条件', dropChip: '条件「{{words}}」を外す',
    draftCount: '該当 {{count, number}}件', deleted: '削除', deletedWithout: '含まない', deletedWith: '含む', deletedOnly: '削除済みのみ', allCustomers: 'すべての顧客',
    range: '{{total, number}}件中 {{from, number}}–{{to, number}}件', none: '0件', first: '最初', previous: '前へ', next: '次へ', last: '最後', rowsPerPage: '表示件数', rows: '{{count, number}}行', density: '行の高さ',
    compact: '狭い', normal: '標準', relaxed: '広い', columns: '表示項目', columnsTitle: '表示項目の選択', columnsLead: '表示する項目と順序を選びます。ドラッグまたは矢印で並べ替えられます。', shown: '表示する項目', hidden: '表示しない項目',
    reset: '標準に戻す', apply: '適用', moveUp: '{{name}}を上へ', moveDown: '{{name}}を下へ', addColumn: '{{name}}を追加', removeColumn: '{{name}}を外す', filterColumns: '項目を探す', widthsReset: '列幅も標準に戻す',
    export: 'CSV出力', import: 'CSV登録', create: '新規作成', selected: '{{count, number}}件を選択中', selectAll: '検索結果すべて {{count, number}}件を選択', allSelected: '検索結果すべて {{count, number}}件を選択中', unselect: '選択を解除',
    emptyTitle: '条件に合う顧客はいません', emptyText: '条件を減らすか、表記を変えてお試しください。削除した顧客は「削除：含む」で表示されます。', noneYetTitle: '顧客はまだ登録されていません', noneYetText: 'CSVファイルで登録するか、1件ずつ登録できます。', clearAll: '条件をすべて外す',
    gone: 'この検索は見つかりません', goneText: '保存期間が過ぎたか、別の人の検索です。', sortKana: '五十音順', back: '戻る', sortedBy: '並び順', hitIn: '一致: {{field}}', detail: '詳細', purchases: '購入', points: 'ポイント', dateOf: '{{field}}の条件 {{words}}', kindOf: '{{field}}の種類', kindDay: '日付', kindYearly: '誕生日（月日）', kindEmpty: '未設定', kindSet: '設定あり', relative: '相対日付：有効', yearlyWhole: '1年以上の範囲は、生年月日のある全員になります。', applyDate: '適用', noCondition: '指定なし', orderNumber: '受注番号',
  },
  date: {
    placeholder: 'YYYY/MM/DD', birthPlaceholder: '例: 1970/1/2、S45.1.2、昭和45年1月2日', open: 'カレンダーを開く', previousMonth: '前の月', nextMonth: '次の月', previousYear: '前の年', nextYear: '次の年', previousDecade: '前の10年', nextDecade: '次の10年', yearOnly: '{{year}}年です。月日も入力してください。例: {{year}}/4/3', noSuchDay: 'この日付は存在しません。', unreadable: '日付として読み取れません。例: 1970/1/2、昭和45年1月2日',
    outsideEra: '{{era}}は{{from}}から{{to}}までです。', beforeEra: '{{era}}は{{from}}からです。', age: '{{age}}歳', future: '未来の日付です。',
  },
} as const;

export const en = {
  search: {
    title: 'Customers', box: 'Search words', run: 'Search', clear: 'Clear conditions', details: 'More conditions', hideDetails: 'Fewer conditions',
    any: 'Any', noOption: 'Nothing matches', operatorOf: 'Operator of {{field}}', fromOf: '{{field}} (from)', toOf: '{{field}} (to)', reversed: 'The range starts after it ends.',
    asRange: 'Range', pasteHint: 'Paste values separated by lines, commas, tabs or spaces', tooMany: 'At most {{most}} values at once.', clearText: 'Clear the words', active: 'Active conditions', dropChip: 'Drop the condition “{{words}}”',
    draftCount: '{{count, number}} match', draftCount_one: '{{count, number}} matches', deleted: 'Deleted', deletedWithout: 'Without', deletedWith: 'With', deletedOnly: 'Only deleted', allCustomers: 'All customers',
    range: '{{from, number}}–{{to, number}} of {{total, number}}', none: 'None', first: 'First', previous: 'Previous', next: 'Next', last: 'Last', rowsPerPage: 'Rows per page', rows: '{{count, number}} rows', rows_one: '{{count, number}} row', density: 'Row height',
    compact: 'Compact', normal: 'Normal', relaxed: 'Relaxed', columns: 'Columns', columnsTitle: 'Choose columns', columnsLead: 'Choose which columns to show, and their order. Drag them or use the arrows.', shown: 'Shown', hidden: 'Not shown',
    reset: 'Reset', apply: 'Apply', moveUp: 'Move {{name}} up', moveDown: 'Move {{name}} down', addColumn: 'Show {{name}}', removeColumn: 'Hide {{name}}', filterColumns: 'Find a column', widthsReset: 'Reset widths too',
    export: 'Export CSV', import: 'Import CSV', create: 'New customer', selected: '{{count, number}} selected', selectAll: 'Select all {{count, number}} found', allSelected: 'All {{count, number}} found are selected', unselect: 'Clear selection',
    emptyTitle: 'No customer matches', emptyText: 'Use fewer conditions or another writing. Deleted customers appear with “Deleted: with”.', noneYetTitle: 'No customers yet', noneYetText: 'Import them from a CSV file, or add them one by one.', clearAll: 'Drop all conditions',
    gone: 'This search is not there', goneText: 'It has expired, or it belongs to another person.', sortKana: 'in kana order', back: 'Back', sortedBy: 'Sorted by', hitIn: 'Found in {{field}}:', detail: 'Open', purchases: 'Purchases', points: 'Points', dateOf: 'Condition on {{field}} {{words}}', kindOf: 'Kind of {{field}}', kindDay: 'Day', kindYearly: 'Birthday', kindEmpty: 'Not set', kindSet: 'Set', relative: 'Relative to today', yearlyWhole: 'A year or more takes in everybody with a birth date.', applyDate: 'Apply', noCondition: 'No condition', orderNumber: 'Order number',
  },
  date: {
    placeholder: 'YYYY/MM/DD', birthPlaceholder: 'e.g. 1970/1/2, S45.1.2', open: 'Open the calendar', previousMonth: 'Previous month', nextMonth: 'Next month', previousYear: 'Previous year', nextYear: 'Next year', previousDecade: 'Previous ten years', nextDecade: 'Next ten years', yearOnly: 'This is {{year}}. Add month and day, e.g. {{year}}/4/3', noSuchDay: 'There is no such day.', unreadable: 'This does not read as a date. Examples: 1970/1/2, S45.1.2',
    outsideEra: '{{era}} ran from {{from}} to {{to}}.', beforeEra: '{{era}} began on {{from}}.', age: 'age {{age}}', future: 'This day lies in the future.',
  },
} as const;
