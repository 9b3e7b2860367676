export const ja = {
  lists: {
    open: 'リストで絞り込む', title: 'リストで絞り込む', tabNew: '貼り付け・ファイル', tabKept: '作成済みのリスト', kind: '値の種類',
    kinds: { id: '顧客ID', number: '顧客番号', email: 'メールアドレス', phone: '電話番号', combined: '組み合わせ' },
    guessed: '貼り付けた内容から選びました。', text: '値', textHint: '改行・カンマ・タブ・空白で区切って貼り付け。全角の数字や、ハイフンの有無はそのままで構いません。100万件まで。', big: '貼り付けたデータ（約{{count, number}}件）', drop: 'テキストやCSVのファイルをここに置くこともできます。', choose: 'ファイルを選ぶ', clear: '取り消す',
    look: '照合する', looking: '照合中 {{percent}}%', matching: '顧客と照合しています', tooBig: '64 MBまでのファイルを選んでください。',
    found: '該当した顧客', not_found: '見つからない値', duplicates: '重複した値', deleted: '削除済みの顧客', merged: '結合先に置き換えた顧客', download: '{{what}}をダウンロード',
    deletedNote: '削除済みの顧客は「削除：含む」のときだけ表示されます。', result: '照合の結果', name: 'リストの名前', nameHint: '名前を付けると、削除するまで残ります。付けなければ90日間使わないと消えます。', nameSave: '名前を付ける', renamed: '名前を保存しました',
    use: 'このリストで絞り込む', useNot: 'このリスト以外を表示', another: '別のリストを作る',
    keptEmptyTitle: 'リストはまだありません', keptEmpty: '顧客IDや番号を貼り付けると、ここに残ります。', unnamed: '名前なし', pick: '「{{name}}」を選ぶ', columnName: '名前', columnKind: '種類', columnFound: '該当', columnMade: '作成日時', rename: '「{{name}}」の名前を変える', remove: '「{{name}}」を削除',
    removeTitle: 'リストの削除', removeText: 'リスト「{{name}}」（{{count, number}}件）を削除します。顧客は変わりません。このリストを使う検索はできなくなり、元に戻せません。', removed: 'リストを削除しました',
    combineHint: '2つ以上選ぶと組み合わせられます。選んだ順番：{{names}}', op: '組み合わせ方', ops: { and: 'すべてに含まれる', or: 'どれかに含まれる', minus: '最初のリストから他を除く' }, combine: '組み合わせる',
    chip: 'リスト: {{name}}（{{found}}件）', chipNot: 'リスト以外: {{name}}（{{found}}件）', chipGone: 'リスト: 見つかりません',
  },
} as const;

export const en = {
  lists: {
    open: 'By list', title: 'Search by a list', tabNew: 'Paste or file', tabKept: 'My lists', kind: 'What the values are',
    kinds: { id: 'Customer ids', number: 'Customer numbers', email: 'Mail addresses', phone: 'Phone numbers', combined: 'Combined' },
    guessed: 'Chosen by what was pasted.', text: 'Values', textHint: 'Paste them separated by lines, commas, tabs or spaces; full-width digits and any hyphens are fine. Up to a million.', big: 'Pasted data (about {{count, number}} values)', drop: 'Or drop a text or CSV file here.', choose: 'Choose a file', clear: 'Take away',
    look: 'Match', looking: 'Uploading {{percent}} %', matching: 'Matching with customers', tooBig: 'Choose a file of up to 64 MB.',
    found: 'Customers found', not_found: 'Values not found', duplicates: 'Values that repeat', deleted: 'Deleted customers', merged: 'Replaced by the customer merged into', download: 'Download: {{what}}',
    deletedNote: 'Deleted customers show only with “Deleted: with”.', result: 'What was found', name: 'Name of the list', nameHint: 'With a name it stays until you delete it. Without one it goes after 90 days unused.', nameSave: 'Name it', renamed: 'The name is saved',
    use: 'Show these customers', useNot: 'Show all but these', another: 'Make another list',
    keptEmptyTitle: 'No lists yet', keptEmpty: 'Paste ids or numbers, and the list stays here.', unnamed: 'Without a name', pick: 'Pick “{{name}}”', columnName: 'Name', columnKind: 'Kind', columnFound: 'Found', columnMade: 'Made', rename: 'Rename “{{name}}”', remove: 'Delete “{{name}}”',
    removeTitle: 'Delete a list', removeText_one: 'The list “{{name}}” ({{count, number}} customer) will be deleted. No customer changes. Searches that use it stop working, and this cannot be undone.', removeText: 'The list “{{name}}” ({{count, number}} customers) will be deleted. No customer changes. Searches that use it stop working, and this cannot be undone.', removed: 'The list is deleted',
    combineHint: 'Pick two or more to combine them. Picked in this order: {{names}}', op: 'How to combine', ops: { and: 'On every list', or: 'On any list', minus: 'On the first, not on the others' }, combine: 'Combine',
    chip: 'List: {{name}} ({{found}})', chipNot: 'Not on list: {{name}} ({{found}})', chipGone: 'List: not found',
  },
} as const;
