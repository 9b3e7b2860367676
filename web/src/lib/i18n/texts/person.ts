export const ja = {
  person: {
    withdraw: '退会', withdrawTitle: '退会の手続き', withdrawText: '会員「{{name}}」（{{number}}）を退会にします。', withdrawEnds: 'ログインできなくなり、メルマガとDMは止まり、特殊会員種別は外れます。', pointsEnd: '保有ポイント {{count, number}} は失効します。', couponsEnd: '付与済みで使えるクーポンは取り消されます。', withdrawStays: '注文と履歴は残ります。あとから元に戻せます。', withdrawAct: '退会にする', withdrawn: '退会にしました', reason: '理由（任意）',
    ties: '先に片付けるものがあります', tiesMore: 'ほか{{count, number}}件', tiesAll: 'すべて表示', disclosurePage: '開示（印刷用ページ）', disclosureCsv: '開示（CSV）',
    erase: '個人情報の抹消', eraseTitle: '個人情報の抹消', eraseText: '「{{name}}」の個人情報を抹消します。元に戻せません。', eraseGoes: '氏名・連絡先・住所・生年月日・メモ、お届け先、注文の送り先、変更履歴の値が消えます。', eraseStays: '注文の金額と件数は残ります。顧客は削除済みとして残り、復元できません。',
    eraseFiles: 'これまでに登録したファイルと出力したファイルもすべて削除されます。', eraseBackups: 'データベースのバックアップと、PostgreSQLのWALには、それらを消すまで残ります。保存期間を過ぎたものは消してください（運用の手引き「抹消」）。', eraseAct: '抹消する', typeNumber: '確認のため、顧客番号 {{number}} を入力してください', numberDiffers: '顧客番号が一致しません。', erasedName: '（抹消済み）', erasedBanner: 'この顧客の個人情報は {{at}} に抹消されました。',
  },
} as const;

export const en = {
  person: {
    withdraw: 'Withdraw', withdrawTitle: 'Withdraw the member', withdrawText: 'The member “{{name}}” ({{number}}) will be withdrawn.', withdrawEnds: 'Signing in, newsletter and direct mail end; the special member type goes.', pointsEnd: 'The {{count, number}} points held expire.', pointsEnd_one: 'The one point held expires.', couponsEnd: 'Coupons granted and still usable are taken back.', withdrawStays: 'Orders and history stay. It can be undone.', withdrawAct: 'Withdraw', withdrawn: 'The member has left', reason: 'Reason (optional)',
    ties: 'Something has to be settled first', tiesMore: '{{count, number}} more', tiesAll: 'Show all', disclosurePage: 'Disclosure (page to print)', disclosureCsv: 'Disclosure (CSV)',
    erase: 'Erase personal data', eraseTitle: 'Erase personal data', eraseText: 'The personal data of “{{name}}” will be erased. This cannot be undone.', eraseGoes: 'Name, contact data, address, birth date, memo, delivery addresses, where orders went and the values in the history go.', eraseStays: 'Amounts and numbers of orders stay. The customer stays as deleted and cannot be restored.',
    eraseFiles: 'All files that were imported or exported so far are deleted too.', eraseBackups: 'Backups of the database and PostgreSQL’s WAL keep it until you delete them; do so when their time is over (operations manual, “Erasure”).', eraseAct: 'Erase', typeNumber: 'Type the customer number {{number}} to confirm', numberDiffers: 'That is not the customer number.', erasedName: '(erased)', erasedBanner: 'The personal data of this customer was erased on {{at}}.',
  },
} as const;
