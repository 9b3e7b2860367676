export const ja = {
  palette: {
    title: '顧客・画面へ移動', screen: '画面', none: '該当する顧客はいません', toList: '「{{text}}」を顧客一覧で検索', keys: '↑↓ で選択、Enter で開く、Esc で閉じる',
  },
} as const;

export const en = {
  palette: {
    title: 'Jump to a customer or a screen', screen: 'Screen', none: 'No customer matches', toList: 'Find “{{text}}” in the customer list', keys: '↑↓ choose, Enter opens, Esc closes',
  },
} as const;
