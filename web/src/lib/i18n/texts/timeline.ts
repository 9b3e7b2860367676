export const ja = {
  timeline: {
    tab: 'タイムライン', title: 'この顧客の出来事', none: 'まだ何もありません', noneText: '受注やメール、変更などがあると、新しいものから順に並びます。', noneOfKinds: '選んだ種類の出来事はありません', filter: '表示する種類', all: 'すべて', older: 'さらに前を表示', end: 'これより前の出来事はありません', open: '{{title}}を開く', count: '{{count, number}}件',
  },
  past: {
    badMoment: '日時が正しくありません。例: 2026/11/22 10:00',
    menu: '過去の状態を見る', title: '過去の状態', back: '今の状態に戻る', lead: '変更のあった時点をスライダーで選ぶか、日時を指定してください。', slider: '変更のあった時点', sliderEnds: '{{from}}（登録）から {{to}} まで。左右の矢印キーで1つずつ、HomeとEndで端へ動きます。', previous: '前の変更', next: '次の変更', at: '日時を指定', show: '表示', asOf: '{{at}} の状態', by: 'この時点の操作',
    older: 'さらに前の時点を読み込む', field: '項目', then: 'その時点', now: '今', act: '操作', giveBack: 'この値に戻す', giveBackOf: '{{label}}をこの値に戻す', givenBack: '{{label}}を{{at}}の値に戻しました', onlyChanged: '今と違う項目だけを表示', differs: '今と違う項目 {{count, number}}件', same: 'すべての項目が今と同じです。',
    notYet: 'この時点では、まだ登録されていません', notYetText: '{{at}} に登録された顧客です。それより後の日時を指定してください。', unknown: '不明', unknownHelp: 'この時点の値は記録からは分かりません。', erased: '個人情報が抹消されているため、個人に関する値は残っていません。', addresses: 'お届け先住所', noAddresses: 'お届け先はありません', addressGone: '今はありません', addressNew: 'この時点ではまだありません', registered: '登録',
  },
} as const;

export const en = {
  timeline: {
    tab: 'Timeline', title: 'What happened to this customer', none: 'Nothing yet', noneText: 'Orders, mails, changes and the like will stand here, newest first.', noneOfKinds: 'Nothing of the kinds chosen', filter: 'Kinds shown', all: 'All', older: 'Show earlier ones', end: 'Nothing happened before this', open: 'Open {{title}}', count: '{{count, number}}',
  },
  past: {
    badMoment: 'No such moment. For instance 2026/11/22 10:00',
    menu: 'See an earlier state', title: 'Earlier state', back: 'Back to the present', lead: 'Choose a moment at which something changed, or give a date and time.', slider: 'Moments at which something changed', sliderEnds: 'From {{from}} (registered) to {{to}}. The arrow keys move by one, Home and End to the ends.', previous: 'Earlier change', next: 'Later change', at: 'Date and time', show: 'Show', asOf: 'As of {{at}}', by: 'What was done then',
    older: 'Load earlier moments', field: 'Field', then: 'Then', now: 'Now', act: 'Act', giveBack: 'Restore this value', giveBackOf: 'Restore this value of {{label}}', givenBack: '{{label}} has the value of {{at}} again', onlyChanged: 'Only fields that differ from now', differs: '{{count, number}} fields differ from now', differs_one: '{{count, number}} field differs from now', same: 'Every field is the same as now.',
    notYet: 'There was no such customer yet', notYetText: 'The customer was registered {{at}}. Give a moment after that.', unknown: 'Unknown', unknownHelp: 'The records do not tell the value of that time.', erased: 'The personal data have been erased: nothing personal is left to show.', addresses: 'Delivery addresses', noAddresses: 'No delivery addresses', addressGone: 'Gone by now', addressNew: 'Not there yet', registered: 'Registered',
  },
} as const;
