export const ja = {
  points: {
    tab: 'ポイント履歴', balance: '保有ポイント', none: 'ポイントの履歴はまだありません', noneText: '付与・減算・利用・失効が、新しい順に表示されます。', notMember: 'ポイントを持てるのは会員だけです。', neverExpires: '無期限', next: '次の失効', nextText: '{{day}} に {{points}}ポイント',
    amount: 'ポイント数', amountHelp: '加算する数。減らすときは「−」か -30 のように。', plus: '加算にする', minus: '減算にする', kind: 'ポイント区分', kindGiving: '手動付与として記録します。', kindTaking: '手動減算として記録します。', kindNone: '区分はまだありません', reason: 'コメント', reasonHelp: '200文字まで', expiry: '有効期限', expiryHelp: '空欄のときは下の期限になります。', save: '保存', saved: '{{delta}}ポイントを反映しました（残高 {{balance}}）',
    notNumber: '整数で入力してください。', zero: '0以外を入力してください。', most: '999,999以下で入力してください。', ceiling: '一度に増減できるのは{{ceiling, number}}ポイントまでです。', preview: '{{before}} → {{after}} ポイント', belowZero: '残高がマイナスになります。', newExpiry: '保存すると、残高全体の有効期限が {{day}} になります。', newExpiryNever: '保存すると、残高全体が無期限になります。', lotExpiry: '付与するポイントの有効期限は {{day}} です。', lotExpiryNever: '付与するポイントは無期限です。', usesNearest: '期限の近いポイントから減らします。',
    at: '日時', delta: '増減', after: '残高', order: '受注番号', by: '実行者', cancel: '取消', cancelTitle: 'ポイントの取消', cancelText: '{{at}} の「{{kind}} {{delta}}」を取り消します。逆向きの行が追加され、元の行は残ります。', cancelAct: '取り消す', cancelled: '取り消しました（残高 {{balance}}）', isCancelled: '取消済み', reverses: '取消の行', own: '{{kind}}（{{own}}）',
    why: '内訳を見る: {{label}}', whyTitle: '保有ポイントの内訳', lot: '{{kind}} {{at}}', left: '残り {{remaining}}／{{granted}}', debt: '不足分（次の付与から差し引きます）', moreLots: 'ほか{{count, number}}件', ruleBalance: '残高全体に1つの期限があり、手動の増減で{{days, number}}日後に更新されます。CSVでは変わりません。', ruleLots: '付与ごとに期限があります（{{days, number}}日間）。期限の近い順、同じ期限なら古い順に使います。', ruleNever: 'ポイントは無期限です。古い順に使います。', lastDay: '期限の日の23:59:59まで使えます。', toLedger: 'ポイント履歴を開く', byExpiry: '期限ごとのポイント',
  },
  pointKinds: {
    title: 'ポイント区分', lead: '手動付与・手動減算を分けて記録するための名前です。履歴で使われた区分は削除できません。', name: '名前', under: '種類', used: '使用', isUsed: '使用中', acts: '操作', add: '区分を追加', edit: '区分の編集', none: 'ポイント区分はまだありません', noneText: '「お詫び」「キャンペーン」など、手動の増減に付ける名前を登録できます。', grants: '付与', deducts: '減算', delete: '削除', deleteTitle: 'ポイント区分の削除', deleteText: 'ポイント区分「{{name}}」を削除します。', deleteAct: '削除する', deleted: 'ポイント区分を削除しました', saved: 'ポイント区分「{{name}}」を保存しました',
  },
  why: {
    purchases: '購入総額・購入回数の内訳', rule: '決済状況が「売上完了」の受注だけを数えます。', counted: '数える', notCounted: '数えない', orders: '{{count, number}}件', newest: '数えた受注（新しい順に10件まで）', none: '受注はまだありません。', toOrders: '購入履歴を開く',
  },
} as const;

export const en = {
  points: {
    tab: 'Points', balance: 'Points held', none: 'No points yet', noneText: 'What was given, taken, used and expired is shown here, newest first.', notMember: 'Only members hold points.', neverExpires: 'Never', next: 'Next to expire', nextText: '{{points}} pt on {{day}}',
    amount: 'Points', amountHelp: 'The number is added. To take points press “−” or type -30.', plus: 'Add', minus: 'Take', kind: 'Point kind', kindGiving: 'Recorded as given by hand.', kindTaking: 'Recorded as taken by hand.', kindNone: 'No kinds yet', reason: 'Reason', reasonHelp: 'Up to 200 characters', expiry: 'Expires', expiryHelp: 'Empty: the date below.', save: 'Save', saved: '{{delta}} pt booked (balance {{balance}})',
    notNumber: 'Give a whole number.', zero: 'Give a number other than 0.', most: 'At most 999,999.', ceiling: 'You may give or take up to {{ceiling, number}} points at once.', preview: '{{before}} → {{after}} pt', belowZero: 'The balance would fall below zero.', newExpiry: 'Saving moves the expiry of the whole balance to {{day}}.', newExpiryNever: 'Saving lets the whole balance never expire.', lotExpiry: 'These points expire on {{day}}.', lotExpiryNever: 'These points never expire.', usesNearest: 'Points that expire soonest are taken first.',
    at: 'When', delta: 'Change', after: 'Balance', order: 'Order', by: 'By', cancel: 'Cancel', cancelTitle: 'Cancel points', cancelText: '“{{kind}} {{delta}}” of {{at}} will be cancelled. A row of the opposite sign is added; the original stays.', cancelAct: 'Cancel the row', cancelled: 'Cancelled (balance {{balance}})', isCancelled: 'Cancelled', reverses: 'Cancels a row', own: '{{kind}} ({{own}})',
    why: 'What makes it: {{label}}', whyTitle: 'What the points are made of', lot: '{{kind}} {{at}}', left: '{{remaining}} of {{granted}} left', debt: 'Debt (taken from what comes next)', moreLots: '{{count, number}} more', ruleBalance: 'The whole balance has one date; a change by hand sets it to {{days, number}} days ahead. CSV files leave it.', ruleLots: 'Each grant has its own date ({{days, number}} days). The nearest date is used first, then the oldest.', ruleNever: 'Points never expire. The oldest are used first.', lastDay: 'They are usable until 23:59:59 of the day.', toLedger: 'Open the ledger', byExpiry: 'Points by expiry',
  },
  pointKinds: {
    title: 'Point kinds', lead: 'Names that tell points given and taken by hand apart. A kind that rows of the ledger bear cannot be deleted.', name: 'Name', under: 'Under', used: 'Used', isUsed: 'In use', acts: 'Acts', add: 'Add a kind', edit: 'Edit the kind', none: 'No point kinds yet', noneText: 'Names such as “apology” or “campaign” for what is changed by hand.', grants: 'Gives points', deducts: 'Takes points', delete: 'Delete', deleteTitle: 'Delete the point kind', deleteText: 'The point kind “{{name}}” will be deleted.', deleteAct: 'Delete', deleted: 'The point kind has been deleted', saved: 'The point kind “{{name}}” has been saved',
  },
  why: {
    purchases: 'What the purchases are made of', rule: 'Only orders whose payment is captured (売上完了) count.', counted: 'Counts', notCounted: 'Does not count', orders: '{{count, number}} orders', orders_one: '{{count, number}} order', newest: 'Orders that count (the newest 10)', none: 'No orders yet.', toOrders: 'Open the purchases',
  },
} as const;
