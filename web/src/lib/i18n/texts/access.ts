export const ja = {
  access: {
    title: '閲覧記録', nav: '閲覧記録', none: '閲覧記録はありません', noneText: '顧客を検索したり開いたりすると、ここに残ります。', noneFiltered: '条件に合う記録はありません', clear: '条件クリア', staff: 'メンバー', anyone: 'すべてのメンバー', number: '顧客番号', kind: '種類', anyKind: 'すべての種類', from: '開始日', to: '終了日',
    at: '日時', by: 'メンバー', what: '種類', customer: '顧客', times: '回数', fields: '表示した項目', where: '画面', ip: 'IPアドレス', timesCount: '{{count, number}}回', customers: '{{count, number}}人', rows: '{{count, number}}件', open: '顧客 {{number}}', details: '内容を見る', detailsOf: '{{at}}の内容を見る',
    kinds: { search: '検索', open: '顧客を表示', reveal: '伏せた値を表示', edit: '顧客を変更', history: '変更履歴', addresses: 'お届け先', orders: '受注・購入', points: 'ポイント', mail: 'メール', memo: 'メモ', consent: '同意の記録', coupon: 'クーポン', list: '一覧', export: '出力を依頼', download: 'ファイルを取得', import: 'CSV登録の内容', log: '閲覧記録の内容', disclosure: '個人情報の開示', timeline: 'タイムライン' },
    classes: { personal: '個人情報', contact: '連絡先' },
    detailTitle: '閲覧の内容', period: '{{from}}〜{{to}}', asked: '検索条件', askedNothing: '条件なし', columns: '項目', reason: '理由', total: '該当 {{count, number}}件', page: '表示した顧客（{{count, number}}人）', file: 'ファイル', sha256: 'SHA-256', job: 'ジョブを開く', notAllowed: '連絡先を見る権限がないため、検索条件は表示できません。',
    summary: '集計する', summaryTitle: '集計', summaryText: '選んでいるメンバー・種類・期間の記録を数えます。漏えい時の報告に使えます。', persons: '閲覧した顧客', entries: '記録', fileRows: 'ファイルの行', first: '最初', last: '最後', personsHelp: '表示や検索結果に出た顧客を重複なく数えた人数です。ファイルの行は人ごとに分けられません。', customerIgnored: '顧客番号の条件は集計には使いません。',
    ofCustomer: '閲覧記録を見る', days: '閲覧記録の保存日数', daysHelp: '365〜3650日。過ぎた記録は自動で削除されます。',
    unusual: '通常より多い顧客データが出力されました', unusualMark: '通常より多い', unusualCount: '通常より多い出力 {{count, number}}件', unusualText: '{{name}} さん: 1日に {{taken, number}}件（通常は {{usual, number}}件）', unusualFirst: '{{name}} さん: 1日に {{taken, number}}件（90日間で初めての出力）', unusualOpen: 'この日の記録', unusualSee: '確認済みにする', unusualSeeOf: '{{name}} さんの警告を確認済みにする', unusualSeen: '確認済み: {{at}} {{name}}',
    unusualRule: '取得したファイルの行（同じファイルは1日1回）と開示した人数の、1日の合計で判定します。通常は、その人が過去90日間に出力した日の中央値です（少なくとも200件）。5倍以上になると警告し、閲覧記録を見られるメンバーにメールで知らせます。',
  },
} as const;

export const en = {
  access: {
    title: 'Reading log', nav: 'Reading log', none: 'Nothing has been read yet', noneText: 'Whoever searches or opens customers leaves an entry here.', noneFiltered: 'No entry fits', clear: 'Clear', staff: 'Staff', anyone: 'All staff', number: 'Customer number', kind: 'Kind', anyKind: 'All kinds', from: 'From', to: 'To',
    at: 'When', by: 'By', what: 'Kind', customer: 'Customer', times: 'Times', fields: 'Shown', where: 'Screen', ip: 'IP address', timesCount: '{{count, number}} times', timesCount_one: 'once', customers: '{{count, number}} customers', customers_one: '{{count, number}} customer', rows: '{{count, number}} rows', rows_one: '{{count, number}} row', open: 'Customer {{number}}', details: 'Details', detailsOf: 'Details of {{at}}',
    kinds: { search: 'Search', open: 'Customer opened', reveal: 'Masked value shown', edit: 'Customer changed', history: 'History', addresses: 'Delivery addresses', orders: 'Orders', points: 'Points', mail: 'Mail', memo: 'Memos', consent: 'Record of consent', coupon: 'Coupons', list: 'List', export: 'Export asked for', download: 'File fetched', import: 'Import looked at', log: 'Entry of this log', disclosure: 'Disclosure', timeline: 'Timeline' },
    classes: { personal: 'Personal', contact: 'Contact' },
    detailTitle: 'What was read', period: '{{from}} – {{to}}', asked: 'Searched for', askedNothing: 'No condition', columns: 'Columns', reason: 'Reason', total: '{{count, number}} found', page: 'Customers shown ({{count, number}})', file: 'File', sha256: 'SHA-256', job: 'Open the job', notAllowed: 'You may not see contact data, and so not what was searched for.',
    summary: 'Add up', summaryTitle: 'Figures', summaryText: 'Counts the entries of the chosen staff, kind and period, for the report of an incident.', persons: 'Customers seen', entries: 'Entries', fileRows: 'Rows of files', first: 'First', last: 'Last', personsHelp: 'Different customers, opened or on pages of results. Rows of files cannot be told apart by person.', customerIgnored: 'The customer number is not used for the figures.',
    ofCustomer: 'Who looked at this', days: 'Days the reading log is kept', daysHelp: '365 to 3650. Older entries are deleted by themselves.',
    unusual: 'More customer data were taken out than usual', unusualMark: 'Unusual', unusualCount: 'Unusual exports: {{count, number}}', unusualText: '{{name}}: {{taken, number}} rows in one day ({{usual, number}} are usual)', unusualFirst: '{{name}}: {{taken, number}} rows in one day (the first export in 90 days)', unusualOpen: 'Entries of that day', unusualSee: 'Noted', unusualSeeOf: 'Take note of the alert about {{name}}', unusualSeen: 'Noted: {{at}} {{name}}',
    unusualRule: 'Rows of files that were fetched (the same file once a day) and persons disclosed are added up by day. Usual is the median of the days on which the person took anything out in the last 90 days, and at least 200 rows. At 5 times as much an alert is raised and mailed to those who may read this log.',
  },
} as const;
