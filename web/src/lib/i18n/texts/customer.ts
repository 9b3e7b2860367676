export const ja = {
  customer: {
    noName: '（氏名なし）', blocked: 'ブロック', alert: '要注意', deleted: '削除済み', new: '顧客の新規作成', newLead: '氏名・会社名・メールアドレス・電話番号のうち、どれか1つがあれば登録できます。', create: '登録する', created: '顧客を登録しました',
    notFound: '顧客が見つかりません', notFoundText: 'この番号の顧客はいません。', tabs: '顧客の情報', tabBasic: '基本情報', tabAddresses: 'お届け先住所', tabPurchases: '購入履歴', tabHistory: '変更履歴',
    more: 'その他の操作', print: '印刷', delete: '削除', restore: '復元', deleteTitle: '顧客の削除', deleteText: '顧客「{{name}}」（{{number}}）を削除します。', deleteStays: '注文・お届け先・履歴は残ります。ステータスも変わりません。', deleteUndo: '{{count, number}}日以内は復元できます。', deleteNoUndo: 'あとから復元することはできません。', deleteDays: '（設定の「顧客の規則」で定めた日数）', deleteAct: '削除する',
    deletedToast: '顧客を削除しました', restored: '顧客を復元しました', deletedBanner: 'この顧客は {{at}} に削除されています。内容を変えるには復元してください。', blockedBanner: 'ブロックリストに登録されています。', reasons: '理由: {{reasons}}', alertBanner: '要注意の顧客です。',
    mergedBanner: 'この顧客は別の顧客に結合されています。', toMerged: '結合先を開く',
    copyValue: '{{label}}をコピー', reveal: '表示', revealOf: '{{label}}を表示', revealLogged: '閲覧記録に残ります', editSection: '{{section}}を編集', editing: '{{section}}の編集', unsavedTitle: '保存していない変更があります', unsavedText: 'この画面を離れると、入力した内容は失われます。', discard: '変更を破棄する', stay: '編集を続ける',
    adjusted: '{{label}}: {{before}} → {{after}}', nothingChanged: '変更はありませんでした', savedChanges: '保存しました。{{fields}}を変更しました。', savedTidied: '入力を次のように整えました。', unreadable: '読み取れない入力があります: {{fields}}', showProblem: 'その項目へ', emptySection: 'この項目はまだありません',
    staleTitle: '別の人が先に変更しました', staleLead: '編集を始めたあとに、この顧客が変更されています。項目ごとに、どちらの値にするか選んでください。', staleField: '項目', staleOriginal: '編集前', staleTheirs: '今の値（相手の変更）', staleMine: 'あなたの値', staleSave: '選んだ値で保存する', staleTake: '編集をやめて今の値を見る', staleOnlyTheirs: '相手だけが変更した項目',
    postalSearching: '住所を検索しています…', postalNone: 'この郵便番号の住所は見つかりません。', postalFailed: '住所を検索できませんでした。', postalByAddress: '住所から検索', postalNoCode: 'この住所の郵便番号は見つかりません。', postalFailedCode: '郵便番号を検索できませんでした。', postalChooseCode: '郵便番号が複数あります。選んでください。', postalElsewhere: 'この郵便番号は{{prefecture}}のものです。都道府県を確認してください。', postalChoose: '該当する町域が複数あります。選んでください。', postalFilled: '住所を入力しました。番地を続けて入力してください。', kanaHelp: '氏名の入力から自動で入ります。ひらがなやローマ字で直すこともできます。',
    length: '{{count, number}}／{{most, number}}文字', birthHelp: '西暦でも和暦でも入力できます。', member: '会員情報', nonMember: '非会員', provisionalMember: '仮会員', withdrawnOn: '退会日', purchaseSummary: '購入', times: '{{count, number}}回', since: '登録', updated: '最終更新',
    addGroup: '顧客グループ追加', addReason: '登録理由を追加', dropRow: '{{name}}を外す', reasonsOff: 'ブロックリストを「はい」にすると選べます。',
    billingNote: '請求先の住所です。変更しても、これまでの注文の住所は変わりません。',
  },
  address: {
    add: 'お届け先を追加', default: '既定', makeDefault: '既定のお届け先にする', label: '呼び名', labelHelp: '実家、勤務先など', none: 'お届け先はまだ登録されていません', noneText: '請求先と違う住所に届けるときに登録します。', new: 'お届け先の追加', edit: 'お届け先の編集',
    deleteTitle: 'お届け先の削除', deleteText: 'お届け先「{{name}}」を削除します。これまでの注文の住所は変わりません。', deletedToast: 'お届け先を削除しました', saved: 'お届け先を保存しました', stale: '別の人がこのお届け先を変更しました。最新の内容を表示します。', person: '{{name}} 様', company: '{{name}} 御中',
  },
  purchase: {
    onlyOrder: '受注番号 {{number}} だけ', onlyUnsettled: '決済が完了していない受注だけ', all: 'すべての購入を表示', noneSuch: '当てはまる購入はありません',
    none: '購入履歴はまだありません', noneText: '注文が登録されると、商品ごとに1行ずつ表示されます。', order: '受注番号', date: '受注日時', productNumber: '商品番号', product: '商品名', quantity: '数量', total: '金額（税込）', payment: '決済状況', summary: '売上完了の合計 {{total}}（{{count, number}}回）',
    status: {
      unpaid: '未決済', authorized: '与信完了', authorize_failed: '与信失敗', reviewing: '審査中', review_refused: '審査否認', capture_requested: '売上請求中', captured: '売上完了', capture_failed: '売上失敗', void_requested: '取消請求中', voided: '取消完了', void_failed: '取消失敗', refunded: '返金済み',
    },
  },
  history: {
    none: '変更履歴はまだありません', allRows: '全ての行を表示', field: '項目', before: '変更前', after: '変更後', by: '実行者', ip: 'IPアドレス', screen: '画面', reason: '理由', undone: '元に戻した', undoes: '元に戻す操作', made: '作成', empty: '（なし）', address: 'お届け先',
  },
} as const;

export const en = {
  customer: {
    noName: '(no name)', blocked: 'Blocked', alert: 'Caution', deleted: 'Deleted', new: 'New customer', newLead: 'A name, a company, a mail address or a phone number is enough.', create: 'Create', created: 'The customer has been created',
    notFound: 'Customer not found', notFoundText: 'There is no customer with this id.', tabs: 'Parts of the customer', tabBasic: 'Basics', tabAddresses: 'Delivery addresses', tabPurchases: 'Purchases', tabHistory: 'History',
    more: 'More acts', print: 'Print', delete: 'Delete', restore: 'Restore', deleteTitle: 'Delete the customer', deleteText: 'The customer “{{name}}” ({{number}}) will be deleted.', deleteStays: 'Orders, delivery addresses and history stay, and so does the status.', deleteUndo: 'It can be restored for {{count, number}} days.', deleteUndo_one: 'It can be restored for one day.', deleteNoUndo: 'It cannot be restored.', deleteDays: '(as set under “Rules of customers”)', deleteAct: 'Delete',
    deletedToast: 'The customer has been deleted', restored: 'The customer has been restored', deletedBanner: 'This customer was deleted on {{at}}. Restore it to change anything.', blockedBanner: 'On the block list.', reasons: 'Reasons: {{reasons}}', alertBanner: 'Handle with caution.',
    mergedBanner: 'This customer has been merged into another.', toMerged: 'Open that one',
    copyValue: 'Copy {{label}}', reveal: 'Show', revealOf: 'Show {{label}}', revealLogged: 'This is logged', editSection: 'Edit {{section}}', editing: 'Editing {{section}}', unsavedTitle: 'There are unsaved changes', unsavedText: 'What you have typed is lost when you leave this screen.', discard: 'Discard the changes', stay: 'Go on editing',
    adjusted: '{{label}}: {{before}} → {{after}}', nothingChanged: 'Nothing was changed', savedChanges: 'Saved. Changed: {{fields}}', savedTidied: 'What you typed was tidied:', unreadable: 'Cannot be read: {{fields}}', showProblem: 'Show it', emptySection: 'Nothing here yet',
    staleTitle: 'Someone else was faster', staleLead: 'This customer was changed after you began to edit. Choose a value for each field.', staleField: 'Field', staleOriginal: 'Before', staleTheirs: 'Now (theirs)', staleMine: 'Yours', staleSave: 'Save what I chose', staleTake: 'Stop editing and see what is there now', staleOnlyTheirs: 'Changed by them alone',
    postalSearching: 'Looking up the address…', postalNone: 'No address is known for this postal code.', postalFailed: 'The address could not be looked up.', postalByAddress: 'Find by address', postalNoCode: 'No postal code is known for this address.', postalFailedCode: 'The postal code could not be looked up.', postalChooseCode: 'Several postal codes fit. Choose one.', postalElsewhere: 'This postal code lies in {{prefecture}}. Check the prefecture.', postalChoose: 'Several towns share this code. Choose one.', postalFilled: 'The address is filled in. Add the house number.', kanaHelp: 'Filled in from what you type as the name; you can correct it, in romaji too.',
    length: '{{count, number}}/{{most, number}} characters', birthHelp: 'Western or Japanese calendar.', member: 'Membership', nonMember: 'Not a member', provisionalMember: 'Provisional member', withdrawnOn: 'Left on', purchaseSummary: 'Purchases', times: '{{count, number}} times', times_one: 'once', since: 'Since', updated: 'Last updated',
    addGroup: 'Add a customer group', addReason: 'Add a reason', dropRow: 'Drop {{name}}', reasonsOff: 'Can be chosen once the block list says Yes.',
    billingNote: 'This is the billing address. Orders already made keep the address they had.',
  },
  address: {
    add: 'Add a delivery address', default: 'Default', makeDefault: 'Make it the default address', label: 'Nickname', labelHelp: "Parents' home, office, …", none: 'No delivery addresses yet', noneText: 'Add one when deliveries go elsewhere than the bill.', new: 'New delivery address', edit: 'Edit the delivery address',
    deleteTitle: 'Delete the delivery address', deleteText: 'The delivery address “{{name}}” will be deleted. Orders already made keep their address.', deletedToast: 'The delivery address has been deleted', saved: 'The delivery address has been saved', stale: 'Someone else changed this address. It is shown as it is now.', person: '{{name}}', company: '{{name}}',
  },
  purchase: {
    onlyOrder: 'Only order {{number}}', onlyUnsettled: 'Only orders that are not settled', all: 'Show all purchases', noneSuch: 'No such purchases',
    none: 'No purchases yet', noneText: 'Once there are orders, each product of an order has a row here.', order: 'Order number', date: 'Ordered at', productNumber: 'Product number', product: 'Product', quantity: 'Quantity', total: 'Price (tax incl.)', payment: 'Payment', summary: 'Captured in total {{total}} ({{count, number}} orders)', summary_one: 'Captured in total {{total}} ({{count, number}} order)',
    status: {
      unpaid: 'Unpaid', authorized: 'Authorized', authorize_failed: 'Authorization failed', reviewing: 'In review', review_refused: 'Review refused', capture_requested: 'Capture requested', captured: 'Captured', capture_failed: 'Capture failed', void_requested: 'Void requested', voided: 'Voided', void_failed: 'Void failed', refunded: 'Refunded',
    },
  },
  history: {
    none: 'No history yet', allRows: 'Show all rows', field: 'Field', before: 'Before', after: 'After', by: 'By', ip: 'IP address', screen: 'Screen', reason: 'Reason', undone: 'Has been undone', undoes: 'Undoes an operation', made: 'Created', empty: '(none)', address: 'Delivery address',
  },
} as const;
