export const ja = {
  coupon: {
    title: 'クーポン', tab: 'クーポン履歴', add: 'クーポンを追加', edit: 'クーポンの編集', none: 'クーポンはまだありません', noneText: '金額や割合の割引、送料無料などのクーポンを作り、顧客限定のものは顧客に付与できます。', noneFound: '当てはまるクーポンはありません', search: 'クーポン名・コードの先頭', acts: '{{name}}の操作',
    name: 'クーポン名', nameHelp: '管理用の名前です。購入者には表示されません。', code: 'クーポンコード', codeHelp: '購入者が入力するコードです。英字は大文字にそろえます。', codeFixed: '利用されたクーポンのコードは変更できません。', discount: '割引内容', yen: '割引額', percent: '割引率（%）', valid: '有効期間', from: '有効期間の初日', to: '有効期間の最終日',
    perCustomer: 'ご利用可能回数（1人あたり）', perCustomerHelp: '空欄のときは何回でも使えます。', minimum: '最低ご注文金額', minimumHelp: '空欄のときは制限しません。', products: '対象商品の商品番号', productsHelp: '1行に1つ。空欄のときは全商品が対象です。', limited: '顧客限定', limitedLabel: '顧客限定にする（付与した顧客だけが使えます）', enabledLabel: '有効にする', disabled: '無効', status: '状態', granted: '付与', used: '利用', toHolders: '人：「{{name}}」を持っている顧客を開く', toUsers: '回：「{{name}}」を使った顧客を開く',
    saved: 'クーポンを保存しました', deleted: 'クーポンを削除しました', delete: '削除', switchOff: '無効にする', switchOn: '有効にする', switchedOff: '無効にしました', switchedOn: '有効にしました',
    discounts: { amount: '金額指定', percent_total: 'パーセント割引（合計金額）', percent_products: 'パーセント割引（対象商品金額）', free_shipping: '送料無料', free_product: '商品無料' },
    offs: { amount: '{{value}}引き', percent_total: '{{value}}引き', percent_products: '{{value}}引き（対象商品）', free_shipping: '送料無料', free_product: '商品無料' },
    days: '{{from}}〜{{to}}', anyDay: '期間なし', statuses: { unissued: '未発行', issued: '発行', ended: '終了' },
    grants: '付与されたクーポン', grant: 'クーポンを付与', grantAct: '付与する', grantText: '顧客{{count, number}}人にクーポンを付与します。すでに持っている顧客には付与しません。', which: 'クーポン', whichMissing: 'クーポンを選んでください。', noGrantable: '付与できる顧客限定クーポンがありません', usableFrom: '利用開始日', usableTo: '利用終了日', usable: '利用期間', times: '利用できる回数', timesHelp: '空欄のときはクーポンの設定に従います。', left: '残り回数', unlimited: '無制限', grantedAt: '付与日時', by: '実行者', noGrants: '付与されたクーポンはありません。',
    grantedTo: '{{count, number}}人に付与しました', grantedSome: '{{granted, number}}人に付与しました（{{already, number}}人はすでに持っています）', alreadyAll: 'すでに全員が持っています', grantJob: '付与をジョブで始めました', toJob: 'ジョブを見る', revoke: '取り消す', revoked: '付与を取り消しました', grantStates: { live: '利用可能', used_up: '使用済み', expired: '期限切れ', revoked: '取り消し' },
    uses: '利用の履歴', usedAt: '使用日時', order: '受注番号', amount: '割引額', noUses: '利用されたクーポンはありません。', cancelUse: 'キャンセル', cancelled: 'キャンセル済み', cancelTitle: 'クーポン利用のキャンセル', cancelText: '受注 {{order}} での「{{name}}」（{{amount}}）の利用をキャンセルします。利用回数が戻ります。受注の金額は変わりません。', cancelAct: '利用をキャンセルする', useCancelled: '利用をキャンセルしました',
  },
} as const;

export const en = {
  coupon: {
    title: 'Coupons', tab: 'Coupons', add: 'Add a coupon', edit: 'Edit the coupon', none: 'No coupons yet', noneText: 'Make coupons that take off an amount or a percentage, or the shipping; customer-limited ones are granted to customers.', noneFound: 'No coupon fits', search: 'Name, or how the code begins', acts: 'What can be done with {{name}}',
    name: 'Name', nameHelp: 'For staff only; buyers do not see it.', code: 'Code', codeHelp: 'What buyers type. Letters become capitals.', codeFixed: 'The code of a coupon that was used cannot be changed.', discount: 'Discount', yen: 'Amount', percent: 'Percent', valid: 'Valid', from: 'First day', to: 'Last day',
    perCustomer: 'Uses per customer', perCustomerHelp: 'Any number when left empty.', minimum: 'Minimum order', minimumHelp: 'None when left empty.', products: 'Numbers of the products', productsHelp: 'One a line. All products when left empty.', limited: 'Limited', limitedLabel: 'Customer-limited (only customers it was granted to use it)', enabledLabel: 'Switched on', disabled: 'Off', status: 'State', granted: 'Granted', used: 'Used', toHolders: 'customers have “{{name}}”: open them', toUsers: 'uses of “{{name}}”: open who used it',
    saved: 'The coupon was saved', deleted: 'The coupon was deleted', delete: 'Delete', switchOff: 'Switch off', switchOn: 'Switch on', switchedOff: 'Switched off', switchedOn: 'Switched on',
    discounts: { amount: 'Amount', percent_total: 'Percent of the total', percent_products: 'Percent of the products', free_shipping: 'Free shipping', free_product: 'Free product' },
    offs: { amount: '{{value}} off', percent_total: '{{value}} off', percent_products: '{{value}} off (products)', free_shipping: 'Free shipping', free_product: 'Free product' },
    days: '{{from}} – {{to}}', anyDay: 'Any day', statuses: { unissued: 'Not issued', issued: 'Issued', ended: 'Ended' },
    grants: 'Granted coupons', grant: 'Grant a coupon', grantAct: 'Grant', grantText: 'A coupon is granted to {{count, number}} customers. Those who have it already get none.', which: 'Coupon', whichMissing: 'Choose a coupon.', noGrantable: 'There is no customer-limited coupon to grant', usableFrom: 'Usable from', usableTo: 'Usable until', usable: 'Usable', times: 'Uses', timesHelp: 'As the coupon says when left empty.', left: 'Uses left', unlimited: 'Any', grantedAt: 'Granted at', by: 'By', noGrants: 'No coupons were granted.',
    grantedTo: 'Granted to {{count, number}} customers', grantedSome: 'Granted to {{granted, number}} customers ({{already, number}} had it already)', alreadyAll: 'Everybody has it already', grantJob: 'A job is granting it', toJob: 'See the job', revoke: 'Take back', revoked: 'The coupon was taken back', grantStates: { live: 'Usable', used_up: 'Used up', expired: 'Expired', revoked: 'Taken back' },
    uses: 'Uses', usedAt: 'Used at', order: 'Order', amount: 'Discount', noUses: 'No coupon was used.', cancelUse: 'Cancel', cancelled: 'Cancelled', cancelTitle: 'Cancel the use', cancelText: 'The use of “{{name}}” ({{amount}}) in order {{order}} is cancelled and counts no longer. The amounts of the order stay.', cancelAct: 'Cancel the use', useCancelled: 'The use was cancelled',
  },
} as const;
