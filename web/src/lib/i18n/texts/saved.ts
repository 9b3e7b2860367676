export const ja = {
  saved: {
    open: '検索条件の呼び出し', scope: '共有範囲', personal: '個人用', empty: '保存した検索条件はまだありません', emptyText: '下の欄に名前を入力すると、いまの検索条件をここに保存できます。', saveCurrent: '現在の検索条件を保存する', name: '検索条件名', save: '保存',
    saved: '「{{name}}」を保存しました', run: '「{{name}}」で検索する', rename: '「{{name}}」の名前を変更', renamed: '名前を「{{name}}」に変更しました', details: '詳細', detailsOf: '「{{name}}」の詳細', overwrite: '上書き', overwriteOf: '「{{name}}」を上書き', remove: '削除', removeOf: '「{{name}}」を削除',
    overwriteTitle: '検索条件の上書き', overwriteText: '「{{name}}」を現在の検索条件で上書きします。前の内容は履歴に残り、元に戻せます。', overwritten: '「{{name}}」を上書きしました', was: 'いままで', becomes: '上書き後',
    removeTitle: '検索条件の削除', removeText: '「{{name}}」を削除します。', removeShared: '「{{name}}」を削除します。「{{group}}」のメンバー全員の一覧から消えます。', removed: '「{{name}}」を削除しました',
    order: '並び替え', orderDone: '並び替えを保存', orderHint: 'ドラッグするか、つまみを選んで↑↓キーで動かします。', grip: '「{{name}}」を動かす（↑↓キー）', moved: '「{{name}}」を{{count, number}}番目に動かしました。', ordered: '並び順を保存しました',
    conditions: '条件', looks: '表示', allCustomers: 'すべての顧客', sortedBy: '並び順：{{fields}}', ascending: '{{field}}（昇順）', descending: '{{field}}（降順）', columns: '表示項目：{{columns}}', density: '行の高さ：{{density}}',
    updated: '更新：{{at}} {{name}}', history: '履歴', hideHistory: '履歴を閉じる', before: '前の内容', renamedFrom: '名前：{{before}} → {{after}}',
    warnDeleted: '削除済みの項目を含みます。その条件に合う顧客はいません。', warnUnknown: 'この版では使えない条件を含むため、呼び出せません。条件を直して上書きしてください。', warnList: 'ほかの人のリスト、またはなくなったリストを含むため、呼び出せません。', warnMasked: '連絡先の条件を含むため、呼び出す権限がありません。', unknownParts: '使えない条件', partSort: '並び順：{{field}}', partColumn: '列：{{column}}', partOther: '「{{part}}」', widths: '列の幅: {{columns}}',
    gone: 'このグループの検索条件は見られなくなりました。', cancel: 'キャンセル', sharedWith: '{{group}}のメンバー全員に見えます。', onlyMe: '自分だけに見えます。',
  },
  memberGroups: {
    title: 'メンバーグループ', add: 'グループを追加', edit: 'グループの変更', name: 'グループ名', description: '説明', members: 'メンバー', memberCount: '{{count, number}}人', saved: 'メンバーグループを保存しました', removed: 'メンバーグループ「{{name}}」を削除しました',
    remove: '削除', removeTitle: 'メンバーグループの削除', removeText: '「{{name}}」を削除します。メンバーのアカウントは残ります。', removeSearches: '次の検索条件{{count, number}}件も一緒に削除されます。', lead: '同じグループのメンバーは、検索条件を共有できます。1人が複数のグループに入れます。',
    empty: 'メンバーグループはまだありません', emptyText: 'グループを作ると、メンバーどうしで検索条件を共有できます。', inGroup: 'グループに入っている人', notInGroup: '入っていない人', join: '{{name}}をグループに入れる', leave: '{{name}}をグループから外す', filter: '名前で探す', nobody: '誰もいません', updated: '更新日時',
  },
} as const;

export const en = {
  saved: {
    open: 'Saved searches', scope: 'Shared with', personal: 'Only me', empty: 'No saved searches yet', emptyText: 'Enter a name below to save the current conditions here.', saveCurrent: 'Save the current conditions', name: 'Name', save: 'Save',
    saved: 'Saved “{{name}}”.', run: 'Search with “{{name}}”', rename: 'Rename “{{name}}”', renamed: 'Renamed to “{{name}}”.', details: 'Details', detailsOf: 'Details of “{{name}}”', overwrite: 'Overwrite', overwriteOf: 'Overwrite “{{name}}”', remove: 'Delete', removeOf: 'Delete “{{name}}”',
    overwriteTitle: 'Overwrite the saved search', overwriteText: '“{{name}}” will hold the current conditions. What it held stays in its history and can be brought back.', overwritten: 'Overwrote “{{name}}”.', was: 'Until now', becomes: 'From now on',
    removeTitle: 'Delete the saved search', removeText: '“{{name}}” will be deleted.', removeShared: '“{{name}}” will be deleted for every member of “{{group}}”.', removed: 'Deleted “{{name}}”.',
    order: 'Reorder', orderDone: 'Save the order', orderHint: 'Drag, or focus a handle and press ↑ or ↓.', grip: 'Move “{{name}}” (↑↓ keys)', moved: '“{{name}}” is now number {{count, number}}.', ordered: 'The order is saved.',
    conditions: 'Conditions', looks: 'Display', allCustomers: 'All customers', sortedBy: 'Sorted by {{fields}}', ascending: '{{field}} (ascending)', descending: '{{field}} (descending)', columns: 'Columns: {{columns}}', density: 'Row height: {{density}}',
    updated: 'Changed {{at}} by {{name}}', history: 'History', hideHistory: 'Close the history', before: 'Before', renamedFrom: 'Name: {{before}} → {{after}}',
    warnDeleted: 'Holds something that was deleted. No customer matches that condition.', warnUnknown: 'Holds conditions that this version does not know, so it cannot run. Correct them and overwrite it.', warnList: 'Holds a list that is another person’s or gone, so it cannot run.', warnMasked: 'Holds contact data, which you may not search by.', unknownParts: 'Not known', partSort: 'order by {{field}}', partColumn: 'column {{column}}', partOther: '“{{part}}”', widths: 'Widths: {{columns}}',
    gone: 'You no longer see the searches of this group.', cancel: 'Cancel', sharedWith: 'All members of {{group}} see it.', onlyMe: 'Only you see it.',
  },
  memberGroups: {
    title: 'Member groups', add: 'Add a group', edit: 'Change the group', name: 'Name', description: 'Description', members: 'Members', memberCount: '{{count, number}} members', memberCount_one: '{{count, number}} member', saved: 'The member group is saved.', removed: 'Deleted the member group “{{name}}”.',
    remove: 'Delete', removeTitle: 'Delete the member group', removeText: '“{{name}}” will be deleted. The accounts of its members stay.', removeSearches: 'These {{count, number}} saved searches go with it:', removeSearches_one: 'This saved search goes with it:', lead: 'Members of a group share saved searches. One person may be in several groups.',
    empty: 'No member groups yet', emptyText: 'Members of a group share saved searches.', inGroup: 'In the group', notInGroup: 'Not in it', join: 'Put {{name}} into the group', leave: 'Take {{name}} out of the group', filter: 'Find by name', nobody: 'Nobody', updated: 'Changed',
  },
} as const;
