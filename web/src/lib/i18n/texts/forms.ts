export const ja = {
  forms: {
    title: 'フリーフォーム', lead: '顧客に、ショップ独自の項目を追加します。追加した項目は、登録・編集の画面、一覧、検索、CSV、変更履歴、APIですぐに使えます。', empty: '独自の項目はまだありません', emptyText: '「来店のきっかけ」「ペットの名前」など、会員登録で聞きたい項目を追加できます。',
    add: '項目を追加', edit: '項目の編集', label: '項目名', labelJa: '項目名（日本語）', labelEn: '項目名（英語）', key: 'キー', keyHelp: 'CSVやAPIで使う名前です。半角の英小文字・数字・_ で40文字まで。あとから変更できません。', keyFixed: 'キーは変更できません。', type: '種類', typeFixed: '種類は変更できません。', options: '選択肢', required: '入力', shown: '表示', list: '一覧', retired: '使用終了',
    types: { text: '一行テキスト', long_text: '複数行テキスト', number: '数値', date: '日付', select: '選択（1つ）', multi: '選択（複数）', checkbox: 'チェックボックス' },
    isRequired: '必須にする', requiredHelp: '新しい顧客の登録で、入力を必須にします。', requiredTick: '新しい顧客の登録で、チェックを必須にします。', onList: '一覧にはじめから表示する', onCsv: 'CSVにはじめから含める', maxLength: '文字数の上限', usualText: '空欄のときは200文字（最大1,000文字）', usualLong: '空欄のときは2,000文字（最大10,000文字）', minimum: '最小値', maximum: '最大値',
    optionJa: '選択肢{{count}}（日本語）', optionEn: '選択肢{{count}}（英語）', optionJaShort: '日本語', optionEnShort: '英語（任意）', addOption: '選択肢を追加', optionDrop: '選択肢から外す: {{name}}', optionRemoved: '外した選択肢', optionBack: '選択肢に戻す', optionsKept: '外した選択肢を選んでいた顧客の回答は、そのまま残ります。',
    preview: 'プレビュー', previewNote: '入力しても保存されません。', unnamed: '項目名', up: '上へ: {{name}}', down: '下へ: {{name}}', moved: '「{{name}}」を{{count}}番目に移動しました', saved: '「{{name}}」を保存しました',
    retire: '使用を終了', retireTitle: '項目の使用終了', retireText: '「{{name}}」を登録・編集の画面、一覧、検索、CSVから外します。これまでの回答は残り、あとで使用を再開できます。', isRetired: '「{{name}}」の使用を終了しました', bringBack: '使用を再開', isBack: '「{{name}}」の使用を再開しました', remove: '削除', removeTitle: '項目の削除', removeText: '「{{name}}」を削除します。回答した顧客はいません。', removed: '「{{name}}」を削除しました', outOfUse: '{{key}}（使用終了）', range: '{{from}}〜{{to}}', from: '{{from}}以上', to: '{{to}}以下',
  },
} as const;

export const en = {
  forms: {
    title: 'Free-form fields', lead: 'Adds fields of your own to customers. They work at once in forms, list, search, CSV, history and API.', empty: 'No fields of your own yet', emptyText: 'Add what you want to ask at sign-up, for instance how people heard of you.',
    add: 'Add a field', edit: 'Edit the field', label: 'Label', labelJa: 'Label (Japanese)', labelEn: 'Label (English)', key: 'Key', keyHelp: 'Its name in CSV and API: a-z, 0-9 and _, up to 40. It cannot be changed later.', keyFixed: 'The key cannot be changed.', type: 'Type', typeFixed: 'The type cannot be changed.', options: 'Options', required: 'Entry', shown: 'Shown', list: 'List', retired: 'Retired',
    types: { text: 'Text', long_text: 'Long text', number: 'Number', date: 'Date', select: 'One choice', multi: 'Several choices', checkbox: 'Tick box' },
    isRequired: 'Required', requiredHelp: 'A new customer cannot be added without it.', requiredTick: 'A new customer cannot be added without this tick.', onList: 'In the list from the start', onCsv: 'In CSV files from the start', maxLength: 'Most characters', usualText: 'Empty: 200 (at most 1,000)', usualLong: 'Empty: 2,000 (at most 10,000)', minimum: 'Minimum', maximum: 'Maximum',
    optionJa: 'Option {{count}} (Japanese)', optionEn: 'Option {{count}} (English)', optionJaShort: 'Japanese', optionEnShort: 'English (optional)', addOption: 'Add an option', optionDrop: 'Remove from the options: {{name}}', optionRemoved: 'Removed', optionBack: 'Offer again', optionsKept: 'Whoever has chosen a removed option keeps it.',
    preview: 'Preview', previewNote: 'Nothing typed here is saved.', unnamed: 'Label', up: 'Up: {{name}}', down: 'Down: {{name}}', moved: '“{{name}}” is now number {{count}}', saved: '“{{name}}” saved',
    retire: 'Retire', retireTitle: 'Retire the field', retireText: '“{{name}}” disappears from forms, list, search and CSV. The answers stay, and it can be brought back.', isRetired: '“{{name}}” retired', bringBack: 'Bring back', isBack: '“{{name}}” is in use again', remove: 'Delete', removeTitle: 'Delete the field', removeText: '“{{name}}” will be deleted. No customer has answered it.', removed: '“{{name}}” deleted', outOfUse: '{{key}} (retired)', range: '{{from}} to {{to}}', from: 'At least {{from}}', to: 'At most {{to}}',
  },
} as const;
