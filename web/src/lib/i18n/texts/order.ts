export const ja = {
  order: {
    one: '受注', title: '受注 {{number}}', open: '受注 {{number}} を開く', status: '対応状況', method: '支払方法', channel: '受注経路', subscription: '定期受注番号', shippedAt: '発送日時', tracking: '配送伝票番号', note: '受注メモ', products: '受注の商品', price: '単価（税込）', noProducts: 'この受注に商品の明細はありません。',
    shippingFee: '送料', discount: '値引き', total: '合計（税込）', tax: 'うち消費税', destination: 'お届け先', shipName: '氏名', shipAddress: '住所', shipPhone: '電話番号', noDestination: 'お届け先は登録されていません。', masked: '連絡先の閲覧権限がないため、住所と電話番号は伏せています。', toTimeline: 'タイムラインを見る',
  },
} as const;

export const en = {
  order: {
    one: 'Order', title: 'Order {{number}}', open: 'Open the order {{number}}', status: 'Status', method: 'Paid by', channel: 'Channel', subscription: 'Subscription number', shippedAt: 'Shipped at', tracking: 'Tracking number', note: 'Note', products: 'Products of the order', price: 'Unit price (tax incl.)', noProducts: 'This order came without products.',
    shippingFee: 'Shipping fee', discount: 'Discount', total: 'Total (tax incl.)', tax: 'Tax in it', destination: 'Ship to', shipName: 'Name', shipAddress: 'Address', shipPhone: 'Phone', noDestination: 'No destination is known.', masked: 'Address and phone are masked, since you may not see contact data.', toTimeline: 'See the timeline',
  },
} as const;
