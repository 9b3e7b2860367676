export const ja = {
  memo: {
    tab: 'メモ管理', all: 'すべてのメモ', add: 'メモを追加', edit: 'メモの編集', none: 'メモはまだありません', noneText: '電話の要点や応対で気をつけることなど、メンバーどうしで共有することを書き残せます。', noneAllText: '顧客ごとに書かれたメモが、新しい順に表示されます。', noneFound: '当てはまるメモはありません',
    titleLabel: '件名', body: '内容', bodyMissing: '内容を入力してください。', pin: '上に固定する', unpin: '固定を外す', pinned: '固定', alert: '要注意', alertLabel: '要注意（顧客を開いたときに表示する）', alertTitle: '要注意メモ', alertTitled: '要注意：{{title}}', acknowledge: '表示をやめる', acknowledged: '要注意の表示をやめました',
    cardNote: 'カード番号は書かないでください。書かれた場合は下4桁を残して伏せて保存します。', saved: 'メモを保存しました', savedMasked: 'メモを保存しました。カード番号は伏せました', deleted: 'メモを削除しました', deleteTitle: 'メモの削除', deleteText: 'メモ「{{name}}」を削除します。削除すると、あなたの権限では元に戻せません。', system: 'システム', changed: '（編集 {{name}} {{at}}）',
    customer: '顧客', author: '記入者', at: '記入日時', updatedAt: '編集日時', search: 'メモの件名・内容', searchAct: '検索', onlyMine: '自分が書いたもの', onlyAlert: '要注意のみ',
  },
} as const;

export const en = {
  memo: {
    tab: 'Memos', all: 'All memos', add: 'Add a memo', edit: 'Edit the memo', none: 'No memos yet', noneText: 'What staff should know of each other: the point of a call, what to mind with this customer.', noneAllText: 'Memos written about customers appear here, newest first.', noneFound: 'No memo fits',
    titleLabel: 'Title', body: 'Text', bodyMissing: 'Write something.', pin: 'Pin to the top', unpin: 'Unpin', pinned: 'Pinned', alert: 'Attention', alertLabel: 'Attention (shown whenever the customer is opened)', alertTitle: 'Memo: attention', alertTitled: 'Attention: {{title}}', acknowledge: 'Stop showing', acknowledged: 'It is shown no more',
    cardNote: 'Write no card numbers. All but their last four digits are masked before saving.', saved: 'The memo was saved', savedMasked: 'The memo was saved. A card number was masked', deleted: 'The memo was deleted', deleteTitle: 'Delete the memo', deleteText: 'The memo “{{name}}” will be deleted. You have no right to undo that.', system: 'System', changed: ' (edited {{name}} {{at}})',
    customer: 'Customer', author: 'Author', at: 'Written', updatedAt: 'Edited', search: 'Title or text of a memo', searchAct: 'Search', onlyMine: 'Only mine', onlyAlert: 'Attention only',
  },
} as const;
