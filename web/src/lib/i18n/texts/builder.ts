// Putting conditions together: the builder, days that move, counts while one builds.

export const ja = {
  builder: {
    open: '条件ビルダー', close: 'かんたん検索に戻す', all: 'すべてを満たす', any: 'いずれかを満たす', none: 'いずれも満たさない', kind: '条件の組み合わせ方', addLeaf: '条件を追加', addGroup: 'グループを追加', addText: '検索語を追加', addHas: '{{thing}}の条件を追加',
    and: 'かつ', or: 'または', emptyRoot: '条件がありません。すべての顧客が対象です。', emptyGroup: '条件がありません。このグループは使われません。', field: '項目', remove: 'この条件を削除', more: '条件の操作', up: '上へ移動', down: '下へ移動', wrap: 'グループにする',
    countOf: '{{thing}}の件数の条件', count: '件数', countTo: '件数（まで）', countUnit: '件', hasOf: '{{thing}}が', count_at_least: '以上', count_at_most: '以下', count_between: 'の範囲', count_never: '1件もない', emptyHas: '条件がありません。すべての{{thing}}を数えます。', addOther: 'そのほかの条件を追加', title: '条件ビルダー', words: '条件の内容', editOther: 'ビルダーで編集', others: 'かんたん検索で表示できない条件',
  },
  moving: { from: '今日から', amountOf: '{{field}} 数', unitOf: '{{field}} 単位', wayOf: '{{field}} 前後', day: '日', week: '週間', month: 'か月', year: '年', ago: '前', ahead: '後', isToday: '現在は {{day}}' },
  yearly: { month: '月', day: '日' },
  counting: { draft: '→ {{count, number}}件', draftHint: '入力中の条件に合う件数', counting: '件数を計算中', ask: '外した場合の件数', without: 'これを外すと{{count, number}}件', drop: '外す' },
} as const;

export const en = {
  builder: {
    open: 'Condition builder', close: 'Back to the simple search', all: 'All of these', any: 'Any of these', none: 'None of these', kind: 'How conditions combine', addLeaf: 'Add a condition', addGroup: 'Add a group', addText: 'Add words', addHas: 'Add a condition on {{thing}}',
    and: 'and', or: 'or', emptyRoot: 'No conditions: all customers are meant.', emptyGroup: 'No conditions: this group is left out.', field: 'Field', remove: 'Remove this condition', more: 'More about this condition', up: 'Move up', down: 'Move down', wrap: 'Make it a group',
    countOf: 'How many of {{thing}}', count: 'Number', countTo: 'Number (to)', countUnit: '', hasOf: '{{thing}}:', emptyHas: 'No conditions: all {{thing}} are counted.', addOther: 'Add another condition', count_at_least: 'at least', count_at_most: 'at most', count_between: 'between', count_never: 'none at all', title: 'Condition builder', words: 'In words', editOther: 'Edit in the builder', others: 'Conditions that the simple search cannot show',
  },
  moving: { from: '', amountOf: '{{field}}: number', unitOf: '{{field}}: unit', wayOf: '{{field}}: direction', day: 'days', week: 'weeks', month: 'months', year: 'years', ago: 'before today', ahead: 'after today', isToday: 'now {{day}}' },
  yearly: { month: 'month', day: 'day' },
  counting: { draft: '→ {{count, number}}', draftHint: 'How many the conditions being typed would find', counting: 'Counting', ask: 'How many without it', without: '{{count, number}} without it', drop: 'Drop' },
} as const;
