export const ja = {
  print: {
    parts: '印刷するもの', card: '顧客カード', call: '電話対応シート', label: '宛名ラベル', act: '印刷する', back: '顧客の画面へ', page: '{{name}}の印刷', nothing: '印刷するものを選んでください。',
    printedBy: '印刷 {{at}} {{name}}', addresses: 'お届け先', orders: '最近の受注', noOrders: '受注はありません', more: 'ほか', careful: '注意すること', noCare: '特にありません', notes: '応対の記録', noteAt: '日時', noteBy: '担当', noteWhat: '用件', noteDone: '対応',
    which: '宛名', billing: '請求先', position: '使い始めるラベルの位置', positionHelp: '12面（86.4×42.3mm）の用紙で、左上から数えます。', noAddress: '住所がありません。', masked: '連絡先を見る権限がないため、宛名ラベルは印刷できません。',
  },
} as const;

export const en = {
  print: {
    parts: 'What to print', card: 'Customer card', call: 'Call sheet', label: 'Address labels', act: 'Print', back: 'To the customer', page: 'Printing {{name}}', nothing: 'Choose what to print.',
    printedBy: 'Printed {{at}} {{name}}', addresses: 'Delivery addresses', orders: 'Last orders', noOrders: 'No orders', more: 'and more', careful: 'To mind', noCare: 'Nothing in particular', notes: 'Notes of the call', noteAt: 'When', noteBy: 'Who', noteWhat: 'What about', noteDone: 'What was done',
    which: 'Addresses', billing: 'Billing', position: 'First label to use', positionHelp: 'On a sheet of 12 labels (86.4 × 42.3 mm), counted from the upper left.', noAddress: 'There is no address.', masked: 'You may not see contact data, so that there are no address labels to print.',
  },
} as const;
