export const ja = {
  level: {
    why: 'このレベルの理由', whyMoves: '判定の理由と数えた受注', whyOf: '{{name}}の判定の理由', level: 'レベル', asks: '条件', has: '実績', none: 'レベルなし', nothing: '条件なし', and: 'かつ', or: 'または', everPeriod: '全期間で', period: '直近{{months}}か月で', minimumTotal: '{{total}}以上', minimumCount: '{{count, number}}回以上',
    fixed: '「会員レベルを自動で判定しない」が選ばれているため、判定では変わりません。', asJudged: '{{day}}に判定しても同じレベルです。', wouldBe: '{{day}}に判定すると「{{name}}」になります。', setBy: '{{at}} {{actor}}（{{kind}}）が設定。', next: '次の判定日は{{day}}です。', noNext: '自動判定は行われません。', noFall: '会員レベルは下がりません。',
    orders: '数えた受注（売上完了）:', moreOrders: 'ほか{{count, number}}件', toOrders: '購入履歴へ',
    blockedBy: '{{at}} {{actor}}が登録', refuses: '購入を拒否', alerts: '購入を許可し警告', alikeTitle: 'ブロックリストの顧客に似ています（{{count, number}}人）', alikeIn: '{{fields}}が同じです。',
    stopped: '判定を中止しました。会員レベルは変わっていません。', judging: '会員レベルの判定', judgingLead: '売上完了の受注から、会員ごとのレベルを判定します。まず誰がどう変わるかを確かめ、そのまま反映できます。', toRules: '自動判定の設定', date: '判定日', preview: '判定を確かめる', nobody: 'レベルの変わる会員はいません', nobodyText: '{{judged, number}}人を判定しました。',
    found: '{{day}}の判定: {{judged, number}}人のうち{{moved, number}}人のレベルが変わります', transitions: 'レベルごとの人数', from: '今', to: '判定後', members: '人数', who: '会員', total: '購入額', count: '回数', changed: '（その後に変更されたため、そのまま）', more: '続きを表示',
    apply: 'この結果を反映する', applyAct: '反映する', applyText: '会員{{count, number}}人のレベルを、確かめたとおりに変えます。あとから元に戻せます。', applied: '{{count, number}}人のレベルを変えました',
  },
} as const;

export const en = {
  level: {
    why: 'Why this level', whyMoves: 'Why, and the orders that count', whyOf: 'Why {{name}} moves', level: 'Level', asks: 'Asks for', has: 'Has', none: 'No level', nothing: 'Nothing', and: ' and ', or: ' or ', everPeriod: 'Ever', period: 'Past {{months}} mo.', minimumTotal: 'at least {{total}}', minimumCount: 'at least {{count, number}} orders', minimumCount_one: 'at least {{count, number}} order',
    fixed: '“Level is not judged automatically” is ticked: no judging changes it.', asJudged: 'A judging of {{day}} gives the same level.', wouldBe: 'A judging of {{day}} would give “{{name}}”.', setBy: 'Set {{at}} by {{actor}} ({{kind}}).', next: 'The next judging is on {{day}}.', noNext: 'Nothing is judged by itself.', noFall: 'Nobody falls.',
    orders: 'Orders that count (captured):', moreOrders: 'and {{count, number}} more', toOrders: 'To the purchases',
    blockedBy: 'Set {{at}} by {{actor}}', refuses: 'purchases refused', alerts: 'purchases allowed, with a warning', alikeTitle: 'Looks like a customer on the block list ({{count, number}})', alikeIn: 'has the same {{fields}}.',
    stopped: 'It was stopped. No level has changed.', judging: 'Judging of levels', judgingLead: 'Members are judged from their captured orders. See first who would move, then apply exactly that.', toRules: 'When it happens by itself', date: 'Day of judging', preview: 'See who would move', nobody: 'Nobody moves', nobodyText: '{{judged, number}} members were judged.',
    found: 'Judging of {{day}}: of {{judged, number}} members {{moved, number}} move', transitions: 'Members by level', from: 'Now', to: 'Then', members: 'Members', who: 'Member', total: 'Bought', count: 'Orders', changed: '(changed since, left alone)', more: 'Show more',
    apply: 'Apply this', applyAct: 'Apply', applyText: '{{count, number}} members get the level shown. It can be undone.', applyText_one: '{{count, number}} member gets the level shown. It can be undone.', applied: '{{count, number}} members have moved', applied_one: '{{count, number}} member has moved',
  },
} as const;
