export const ja = {
  job: {
    title: 'ジョブ', none: 'ジョブはまだありません', noneText: 'CSVの登録や出力など、時間のかかる処理の進み具合がここに並びます。', kind: '処理', status: '状態', progress: '進み具合', result: '結果', by: '実行者', created: '登録日時', finished: '終了日時', file: 'ファイル', notFound: 'ジョブが見つかりません',
    kinds: { 'coupon.grant': 'クーポンの一括付与', 'import.customers': '顧客CSV登録', 'import.orders': '受注CSV登録', 'import.addresses': 'お届け先CSV登録', 'export.customers': '顧客CSV出力', 'export.orders': '受注CSV出力', 'export.addresses': 'お届け先CSV出力', 'import.points': 'ポイントCSV登録', 'export.points': 'ポイントCSV出力', 'points.expire': 'ポイントの失効', 'points.align': 'ポイント有効期限の統一', 'master.delete_label': '顧客ラベルの削除', 'master.delete_group': '顧客グループの削除', 'master.delete_level': '会員レベルの削除', 'master.delete_occupation': '職業の削除', 'master.delete_customer_type': '顧客タイプの削除', 'group.members': 'グループの所属の変更', undo: '取り消し' },
    dryRun: '（確認のみ）', statuses: { queued: '待機中', running: '実行中', waiting_approval: '承認待ち', done: '完了', failed: '失敗', cancelled: '中止' },
    phases: { checking: '確認中', applying: '反映中', undoing: '取り消し中', writing: '書き出し中' }, of: '{{done, number}}／{{total, number}}件', doneOnly: '{{done, number}}件', stop: '中止する', stopping: '中止しています', checked: '確認済み', stopTitle: 'ジョブの中止', stopText: '「{{title}}」を中止します。すでに反映した内容は元に戻します。',
    ok: '成功', ng: 'エラー', skipped: 'スキップ', create: '新規', update: '更新', unchanged: '変更なし', error: 'エラー', delete: '削除', rejects: 'エラー行をダウンロード', resultFile: '結果をダウンロード', expires: 'ファイルは {{at}} まで保存されます', operation: '操作の内容', undoJob: 'この操作を元に戻す', apply: 'この内容で登録する', applied: '登録済みです', toApplied: '登録したジョブを開く', live: '自動更新中', finishedToast: '{{kind}}が完了しました', failedToast: '{{kind}}が失敗しました',
    unmappable: '文字コードにない文字を〓に置き換えました', unmappableText: '{{characters}}。そのまま出力するにはUTF-8を選んでください。', refused: 'エラーがあるため登録しませんでした',
  },
  operation: {
    title: '操作履歴', none: '操作はまだありません', at: '日時', kind: '操作', by: '実行者', ip: 'IPアドレス', screen: '画面', changes: '変更数', state: '状態', undo: '元に戻す', undone: '取り消し済み', undoes: '取り消し', notFound: '操作が見つかりません', detail: '操作の内容', record: '対象',
    undoneToast: '元に戻しました', undoJob: '元に戻す処理を始めました', wholeRow: '行全体', conflictTitle: 'あとから変更されているため元に戻せません', conflictText: '次の項目は、この操作のあとに変更されています。何も変えていません。', conflictField: '{{record}}: {{field}}（操作後 {{expected}} → 現在 {{current}}）', firstChanges: 'はじめの{{count, number}}件を表示しています。', undoTitle: '操作を元に戻す', undoText: '{{kind}}（{{count, number}}件の変更）を元に戻します。',
    records: { customer: '顧客', form_field: 'フリーフォームの項目', address: 'お届け先', order: '受注', order_line: '受注明細', memo: 'メモ', coupon: 'クーポン', coupon_grant: 'クーポンの付与', coupon_use: 'クーポンの利用', staff: '担当者', token: 'APIトークン', settings: '設定' },
  },
} as const;

export const en = {
  job: {
    title: 'Jobs', none: 'No jobs yet', noneText: 'Work that takes its time, such as CSV imports and exports, shows its progress here.', kind: 'Work', status: 'Status', progress: 'Progress', result: 'Result', by: 'By', created: 'Created', finished: 'Finished', file: 'File', notFound: 'Job not found',
    kinds: { 'coupon.grant': 'Coupons granted', 'import.customers': 'Customer import', 'import.orders': 'Order import', 'import.addresses': 'Address import', 'export.customers': 'Customer export', 'export.orders': 'Order export', 'export.addresses': 'Address export', 'import.points': 'Points import', 'export.points': 'Points export', 'points.expire': 'Expiry of points', 'points.align': 'Dates of points made one', 'master.delete_label': 'Label: deletion', 'master.delete_group': 'Customer group: deletion', 'master.delete_level': 'Member level: deletion', 'master.delete_occupation': 'Occupation: deletion', 'master.delete_customer_type': 'Customer type: deletion', 'group.members': 'Members of a group changed', undo: 'Undo' },
    dryRun: '(dry run)', statuses: { queued: 'Queued', running: 'Running', waiting_approval: 'Waiting for approval', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
    phases: { checking: 'Checking', applying: 'Applying', undoing: 'Undoing', writing: 'Writing' }, of: '{{done, number}} of {{total, number}}', doneOnly: '{{done, number}}', stop: 'Stop', stopping: 'Stopping', checked: 'Checked', stopTitle: 'Stop the job', stopText: '“{{title}}” will be stopped. What it has applied is taken back.',
    ok: 'OK', ng: 'Errors', skipped: 'Skipped', create: 'New', update: 'Changed', unchanged: 'Unchanged', error: 'Errors', delete: 'Deleted', rejects: 'Download rejected rows', resultFile: 'Download the result', expires: 'Files are kept until {{at}}', operation: 'What it did', undoJob: 'Undo this', apply: 'Import these rows', applied: 'Imported already', toApplied: 'Open the job that imported it', live: 'Live', finishedToast: '{{kind}} has finished', failedToast: '{{kind}} has failed',
    unmappable: 'Characters missing in this encoding became 〓', unmappableText: '{{characters}}. Choose UTF-8 to keep them.', refused: 'Nothing was imported because of errors',
  },
  operation: {
    title: 'Operations', none: 'No operations yet', at: 'When', kind: 'What', by: 'By', ip: 'IP address', screen: 'Screen', changes: 'Changes', state: 'State', undo: 'Undo', undone: 'Undone', undoes: 'Undoes', notFound: 'Operation not found', detail: 'Operation', record: 'Record',
    undoneToast: 'Undone', undoJob: 'The undo has been started', wholeRow: 'the whole row', conflictTitle: 'It was changed since and cannot be undone', conflictText: 'These fields were changed after this operation. Nothing was done.', conflictField: '{{record}}: {{field}} (left as {{expected}}, now {{current}})', firstChanges: 'The first {{count, number}} are shown.', undoTitle: 'Undo the operation', undoText: '{{kind}} ({{count, number}} changes) will be undone.',
    records: { customer: 'Customer', form_field: 'Free-form field', address: 'Delivery address', order: 'Order', order_line: 'Order line', memo: 'Memo', coupon: 'Coupon', coupon_grant: 'Granted coupon', coupon_use: 'Use of a coupon', staff: 'Staff', token: 'API token', settings: 'Settings' },
  },
} as const;
