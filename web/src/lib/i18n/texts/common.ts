export const ja = {
  common: {
    save: '保存', cancel: 'キャンセル', close: '閉じる', edit: '編集', add: '追加', remove: '削除', deleteAct: '削除する', retry: '再試行', back: '戻る', next: '次へ',
    undo: '元に戻す', copy: 'コピー', copied: 'コピーしました', required: '必須', optional: '任意', unset: '未設定', clearChoice: '選択を消す（Deleteキー）', clearByKey: 'Deleteキーで選択を消せます。', clearByErasing: '文字をすべて消すと、選択も消えます。', choiceCleared: '選択を消しました', yes: 'はい', no: 'いいえ',
    loading: '読み込み中', more: 'さらに表示', show: '表示', hide: '閉じる', search: '検索', saved: '保存しました', download: 'ダウンロード',
    count: '{{count, number}}件', actions: '操作', all: 'すべて', none: 'なし', newTab: '新しいタブで開きます', staleLead: '編集を始めたあとに、別の人が保存しています。項目ごとに、どちらの値にするか選んでください。', saving: '保存しています', notNumber: '数字で入力してください。', showAll: '続きを表示', showLess: '短く表示',
  },
  nav: {
    customers: '顧客', jobs: 'ジョブ', operations: '操作履歴', settings: '設定', fold: 'メニューをたたむ', unfold: 'メニューを広げる', main: 'メインメニュー',
    skip: '本文へ移動', search: '顧客を検索', searched: { name: '氏名', kana: 'カナ', mail: 'メール', phone: '電話', phoneEnd: '電話（下4桁も可）', number: '顧客番号', address: '住所', company: '会社名', order: '受注番号', screen: '画面名' }, me: '{{name}}さんのメニュー', mySessions: 'ログイン中の端末',
    signOut: 'ログアウト', theme: '画面の配色', themeAuto: '自動', themeLight: '明るい', themeDark: '暗い', weekStart: '週の始まり', sunday: '日曜日', monday: '月曜日', language: '表示言語', api: 'API の説明',
    runningJobs: '実行中のジョブ {{count, number}}件', noJobs: '実行中のジョブはありません', allJobs: 'ジョブの一覧', shortcuts: 'キーボード操作', changePassword: 'パスワードの変更',
  },
  keys: {
    title: 'キーボード操作', search: '検索欄へ移動', palette: '顧客や画面へ移動', rowActs: '行の中のリンクとボタン', toRows: '検索欄から先頭の行へ移動', width: '見出しから列の幅の変更へ', help: 'この一覧を開く', rows: '行を移動', tick: '行を選択', open: '開く', edit: '編集', save: '保存',
    cancel: '編集をやめる', list: '顧客一覧', record: '顧客の画面', tabs: '1〜9番目のタブを開く', form: 'フォーム', anywhere: 'どの画面でも',
  },
  problem: {
    unexpected: '予期しないエラーが発生しました', unreachable: 'サーバーに接続できません', unreachableDetail: 'ネットワークを確認して、もう一度お試しください。',
    requestId: '問い合わせ番号: {{id}}', notFound: 'ページが見つかりません', notFoundDetail: 'アドレスが変わったか、削除された可能性があります。', toCustomers: '顧客一覧へ',
    crashed: '画面の表示中にエラーが発生しました', reload: '再読み込み', notAllowed: 'この画面を開く権限がありません', notAllowedDetail: '必要な場合は管理者に権限を依頼してください。',
  },
  table: { sortAsc: '{{column}}の昇順に並べ替え', sortDesc: '{{column}}の降順に並べ替え', tickPage: 'このページの行をすべて選択', tickRow: '{{name}}を選択', widthOf: '{{column}}の列の幅' },
  actor: { token: '{{name}}（APIトークン）', shell: '{{name}}（コマンド）', system: 'システム' },
} as const;

export const en = {
  common: {
    save: 'Save', cancel: 'Cancel', close: 'Close', edit: 'Edit', add: 'Add', remove: 'Delete', deleteAct: 'Delete', retry: 'Try again', back: 'Back', next: 'Next',
    undo: 'Undo', copy: 'Copy', copied: 'Copied', required: 'Required', optional: 'Optional', unset: 'Not set', clearChoice: 'Clear the choice (Delete key)', clearByKey: 'Press Delete to clear the choice.', clearByErasing: 'Erase the text to clear the choice.', choiceCleared: 'Choice cleared', yes: 'Yes', no: 'No',
    loading: 'Loading', more: 'Show more', show: 'Show', hide: 'Hide', search: 'Search', saved: 'Saved', download: 'Download',
    count: '{{count, number}}', actions: 'Actions', all: 'All', none: 'None', newTab: 'Opens in a new tab', staleLead: 'Somebody saved this after you began to edit. Choose a value for each field.', saving: 'Saving', notNumber: 'Type a number.', showAll: 'Show all', showLess: 'Show less',
  },
  nav: {
    customers: 'Customers', jobs: 'Jobs', operations: 'Operations', settings: 'Settings', fold: 'Fold the menu', unfold: 'Unfold the menu', main: 'Main menu',
    skip: 'Skip to content', search: 'Find customers', searched: { name: 'name', kana: 'kana', mail: 'mail', phone: 'phone', phoneEnd: 'phone or its last 4 digits', number: 'number', address: 'address', company: 'company', order: 'order number', screen: 'screen' }, me: 'Menu of {{name}}', mySessions: 'My sessions',
    signOut: 'Sign out', theme: 'Appearance', themeAuto: 'Automatic', themeLight: 'Light', themeDark: 'Dark', weekStart: 'Weeks begin on', sunday: 'Sunday', monday: 'Monday', language: 'Language', api: 'API reference',
    runningJobs: '{{count, number}} jobs running', runningJobs_one: '{{count, number}} job running', noJobs: 'No jobs running', allJobs: 'All jobs', shortcuts: 'Keyboard shortcuts', changePassword: 'Change password',
  },
  keys: {
    title: 'Keyboard shortcuts', search: 'Go to the search box', palette: 'Jump to a customer or a screen', rowActs: 'Links and buttons of the row', toRows: 'From a search box to the rows', width: 'From a header to the width of its column', help: 'Show this list', rows: 'Move between rows', tick: 'Select the row', open: 'Open', edit: 'Edit', save: 'Save',
    cancel: 'Stop editing', list: 'Customer list', record: 'Customer', tabs: 'Open the first to ninth tab', form: 'Forms', anywhere: 'Anywhere',
  },
  problem: {
    unexpected: 'Something unexpected went wrong', unreachable: 'The server cannot be reached', unreachableDetail: 'Check the network and try again.',
    requestId: 'Reference: {{id}}', notFound: 'Page not found', notFoundDetail: 'The address may have changed, or the page was removed.', toCustomers: 'To the customer list',
    crashed: 'This screen failed while it was drawn', reload: 'Reload', notAllowed: 'You may not open this screen', notAllowedDetail: 'Ask an administrator if you need it.',
  },
  table: { sortAsc: 'Sort by {{column}}, ascending', sortDesc: 'Sort by {{column}}, descending', tickPage: 'Select all rows of this page', tickRow: 'Select {{name}}', widthOf: 'Width of the column {{column}}' },
  actor: { token: '{{name}} (API token)', shell: '{{name}} (command)', system: 'System' },
} as const;
