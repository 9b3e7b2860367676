export const ja = {
  picture: {
    purchases: '購入の推移（売上完了の合計）', step: '区切り', month: '月ごと（24か月）', year: '年ごと', none: '売上完了の受注はまだありません。', bar: '{{period}} {{total}}（{{count, number}}回）', numbers: '数字で見る', period: '期間', orders: '回数', total: '合計',
    narrowed: '{{period}}の購入', all: 'すべての期間を表示', noneThen: '{{period}}の購入はありません',
    expiry: '{{when}} {{points}}ポイント（付与{{count, number}}件）', expiring: '{{period}}に失効するポイント', lasting: '無期限のポイント', noLots: 'このポイントはもうありません。', close: '閉じる',
    next: '次のレベル「{{name}}」まで', spent: '購入額', ordered: '購入回数', missing: 'あと{{amount}}', met: '達成', top: 'いちばん上のレベルです。', one: 'どちらかを満たすと上がります。', both: '両方を満たすと上がります。', since: '{{day}}から判定日の前日までの売上完了の受注を数えます。', ever: '判定日の前日までの売上完了の受注を数えます。',
  },
} as const;

export const en = {
  picture: {
    purchases: 'Purchases over time (captured)', step: 'By', month: 'By month (24)', year: 'By year', none: 'No captured orders yet.', bar: '{{period}} {{total}} ({{count, number}} orders)', bar_one: '{{period}} {{total}} (1 order)', numbers: 'In numbers', period: 'Period', orders: 'Orders', total: 'Total',
    narrowed: 'Purchases of {{period}}', all: 'Show all', noneThen: 'No purchases in {{period}}',
    expiry: '{{when}} {{points}} pt ({{count, number}} grants)', expiry_one: '{{when}} {{points}} pt (1 grant)', expiring: 'Points that expire: {{period}}', lasting: 'Points that never expire', noLots: 'These points are gone.', close: 'Close',
    next: 'To the next level, “{{name}}”', spent: 'Bought', ordered: 'Orders', missing: '{{amount}} to go', met: 'Reached', top: 'This is the highest level.', one: 'Either one is enough.', both: 'Both are needed.', since: 'Captured orders from {{day}} to the day before the judging count.', ever: 'Captured orders up to the day before the judging count.',
  },
} as const;
