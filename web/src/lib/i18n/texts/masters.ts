export const ja = {
  masters: {
    shopRate: 'ショップの付与率',
    labels: '顧客ラベル', groups: '顧客グループ', levels: '会員レベル', 'special-types': '特殊会員種別', 'block-reasons': 'ブロック理由', occupations: '職業', 'customer-types': '顧客タイプ',
    leads: {
      labels: '顧客に付けるラベルです。1人に50個まで付けられます。', groups: '顧客は複数のグループに所属できます。グループを指定しない新しい顧客は、既定グループに入ります。', levels: '下にあるものほど高いレベルです。条件を満たした会員に、判定日に付きます。',
      'special-types': '会員ごとの割引率と、使えない決済方法です。1人に1つ付けられます。', 'block-reasons': 'ブロックリストに登録するときに選ぶ理由です。30件まで登録できます。', occupations: '顧客の職業の選択肢です。', 'customer-types': '顧客がどこで登録したかを表す選択肢です。',
    },
    name: '名前', members: '使っている顧客', memberCount: '{{count, number}}件', showMembers: '「{{name}}」を使っている顧客を一覧で見る', add: '{{master}}を追加', editTitle: '{{master}}の編集', saved: '「{{name}}」を保存しました', empty: '{{master}}はまだありません', emptyText: '追加すると、顧客に付けられるようになります。',
    order: '順序', grip: '「{{name}}」の順序。上下の矢印キーで動かします', moved: '「{{name}}」を{{count}}番目に動かしました', ordered: '並び順を保存しました', default: '既定', makeDefault: '既定にする', madeDefault: '「{{name}}」を既定グループにしました', retired: '使用終了', retire: '使用終了にする', retiredToast: '「{{name}}」を使用終了にしました',
    moveMembers: '所属を管理', usedField: '使っている顧客がいるため変更できません。', noColor: '色なし', colorNames: { green: '緑', lime: '黄緑', cyan: '青緑', blue: '青', indigo: '藍', violet: '青紫', grape: '紫', pink: '赤紫', red: '赤', orange: '橙', yellow: '山吹', grey: '灰', darkGrey: '濃い灰' }, colors: '色の候補', textsHint: '入力して Enter で追加', none: '条件なし', hidden: '一覧に出さない', plain: '通常', more: '{{texts}}、ほか{{count, number}}件',
    stale: '別の人が変更しました。最新の内容を表示しています。',
    remove: '削除する', removeTitle: '{{master}}の削除', removeText: '「{{name}}」を削除します。あとで元に戻せます。', removed: '「{{name}}」を削除しました', removing: '「{{name}}」を削除しています', toJob: 'ジョブを開く',
    held: '顧客 {{count, number}}件が「{{name}}」を使っています。', heldDeleted: 'ほかに削除済みの顧客 {{count, number}}件が使っています。', fate: 'この顧客をどうしますか', fateRemove: 'この顧客から外す', fateMove: 'ほかの{{master}}に付け替える', to: '付け替え先', refused: '使っている顧客がいる間は削除できません。先に顧客から外してください。', retireInstead: '使っている顧客がいるため削除できません。使用終了にすると、新しく選べなくなり、すでに付いている顧客には残ります。', isDefault: '既定グループは削除できません。先に別のグループを既定にしてください。',
  },
  mover: {
    title: '{{name}}の所属', back: '顧客グループへ戻る', outside: '所属していない顧客', inside: '所属している顧客', search: '{{list}}を検索', placeholder: '氏名・カナ・メール・電話・顧客番号', add: '追加', remove: '外す', addTicked: '{{count, number}}件を追加', removeTicked: '{{count, number}}件を外す', addAll: '検索結果すべてを追加', removeAll: '検索結果すべてを外す',
    added: '{{count, number}}件を追加しました', removed: '{{count, number}}件を外しました', started: '所属を変更しています', ended: '所属を変更しました', none: '該当する顧客はいません', keys: '↑↓で移動、Spaceで選択、→で追加、←で外す', allTitle: '所属の変更', allAdd: '検索結果 {{count, number}}件すべてを「{{name}}」に追加します。あとで元に戻せます。', allRemove: '検索結果 {{count, number}}件すべてを「{{name}}」から外します。あとで元に戻せます。', tooMany: '一度に動かせるのは{{count, number}}件までです。検索結果すべてを動かすか、選択を減らしてください。', tickPage: 'このページをすべて選択',
  },
} as const;

export const en = {
  masters: {
    shopRate: 'Rate of the shop',
    labels: 'Labels', groups: 'Customer groups', levels: 'Member levels', 'special-types': 'Special member types', 'block-reasons': 'Block reasons', occupations: 'Occupations', 'customer-types': 'Customer types',
    leads: {
      labels: 'Labels put on customers, up to 50 on each.', groups: 'A customer may belong to several groups. New customers without a group join the default one.', levels: 'The lower in this list, the higher the level. Members who meet its conditions get it on the day of judgement.',
      'special-types': 'Discounts and barred payment methods of certain members; each member has one at most.', 'block-reasons': 'Why a customer is on the block list. There may be 30.', occupations: 'What customers can be by occupation.', 'customer-types': 'Where a customer has registered.',
    },
    name: 'Name', members: 'Customers', memberCount: '{{count, number}}', showMembers: 'List the customers who hold “{{name}}”', add: 'Add', editTitle: 'Edit: {{master}}', saved: '“{{name}}” has been saved', empty: '{{master}}: none yet', emptyText: 'What you add can be given to customers.',
    order: 'Order', grip: 'Place of “{{name}}”: move with the arrow keys', moved: '“{{name}}” is number {{count}} now', ordered: 'The order has been saved', default: 'Default', makeDefault: 'Make it the default', madeDefault: '“{{name}}” is the default group now', retired: 'Retired', retire: 'Retire', retiredToast: '“{{name}}” has been retired',
    moveMembers: 'Manage members', usedField: 'Cannot be changed: customers hold it.', noColor: 'No colour', colorNames: { green: 'Green', lime: 'Lime', cyan: 'Teal', blue: 'Blue', indigo: 'Indigo', violet: 'Violet', grape: 'Purple', pink: 'Pink', red: 'Red', orange: 'Orange', yellow: 'Amber', grey: 'Grey', darkGrey: 'Dark grey' }, colors: 'Colours', textsHint: 'Type and press Enter', none: 'Nothing asked', hidden: 'Not shown in lists', plain: 'As usual', more: '{{texts}} and {{count, number}} more',
    stale: 'Someone else has changed it. It is shown as it is now.',
    remove: 'Delete', removeTitle: 'Delete: {{master}}', removeText: '“{{name}}” will be deleted. This can be undone.', removed: '“{{name}}” has been deleted', removing: '“{{name}}” is being deleted', toJob: 'Open the job',
    held: '{{count, number}} customers hold “{{name}}”.', held_one: '{{count, number}} customer holds “{{name}}”.', heldDeleted: ' Besides, {{count, number}} deleted customers hold it.', heldDeleted_one: ' Besides, {{count, number}} deleted customer holds it.', fate: 'What becomes of them?', fateRemove: 'Take it from these customers', fateMove: 'Give them another instead', to: 'Instead', refused: 'It cannot be deleted while customers hold it. Take it from them first.', retireInstead: 'It cannot be deleted: customers hold it. Once retired it can be chosen no more, and who has it keeps it.', isDefault: 'The default group cannot be deleted. Make another one the default first.',
  },
  mover: {
    title: 'Members of {{name}}', back: 'Back to customer groups', outside: 'Not in the group', inside: 'In the group', search: 'Search: {{list}}', placeholder: 'Name, kana, mail, phone, number', add: 'Add', remove: 'Take out', addTicked: 'Add {{count, number}}', removeTicked: 'Take out {{count, number}}', addAll: 'Add all found', removeAll: 'Take out all found',
    added: '{{count, number}} added', removed: '{{count, number}} taken out', started: 'Members are being changed', ended: 'The members have been changed', none: 'Nobody found', keys: '↑↓ move, Space ticks, → adds, ← takes out', allTitle: 'Change members', allAdd: 'All {{count, number}} found will be added to “{{name}}”. This can be undone.', allRemove: 'All {{count, number}} found will be taken out of “{{name}}”. This can be undone.', tooMany: 'At most {{count, number}} at once. Move all found, or tick fewer.', tickPage: 'Tick this page',
  },
} as const;
