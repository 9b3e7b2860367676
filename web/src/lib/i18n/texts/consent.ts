export const ja = {
  consent: {
    title: '同意の記録', about: 'メルマガ・郵送DM・アウトバウンド・クリーニング済の変更が、いつ・どのように・何を根拠に行われたかの記録です。別の記録に置き換わってから3年間保存されます。', none: '記録はまだありません', noneText: '同意・拒否が登録または変更されると、ここに残ります。',
    add: '根拠を付けて記録する', record: '記録する', saved: '記録しました', groundExample: '例：電話で本人が希望',
    at: '日時', what: '項目', value: '内容', how: '方法', ground: '根拠・理由', ip: 'IPアドレス', actor: '実行者', yes: '同意', no: '拒否', set: '設定', lifted: '解除',
    hows: { form: '登録フォーム', api: 'API', csv: 'CSV', staff: 'メンバー', bounce: 'メール不達', unsubscribe: '配信停止' },
  },
} as const;

export const en = {
  consent: {
    title: 'Record of consent', about: 'When, how and on what ground newsletter, direct mail, outbound calls and “cleaned” were changed. Kept for three years after another entry took over.', none: 'No entries yet', noneText: 'Whenever somebody agrees or refuses, it is kept here.',
    add: 'Record with its ground', record: 'Record', saved: 'Recorded', groundExample: 'e.g. asked for it on the phone',
    at: 'When', what: 'What', value: 'Said', how: 'How', ground: 'Ground or reason', ip: 'IP address', actor: 'By', yes: 'Agreed', no: 'Refused', set: 'Set', lifted: 'Lifted',
    hows: { form: 'Sign-up form', api: 'API', csv: 'CSV', staff: 'Staff', bounce: 'Bounced mail', unsubscribe: 'Unsubscribed' },
  },
} as const;
