// The names of pages and of parts of the API, as the history of changes tells where something was done.

export const ja = {
  screens: {
    customer: '顧客情報', api: '{{name}}（API）', command: 'コマンド {{name}}',
    names: {
      'settings.labels': '設定：顧客ラベル', 'settings.groups': '設定：顧客グループ', 'settings.groups.id.members': '設定：顧客グループの所属', 'settings.levels': '設定：会員レベル', 'settings.level-judging': '設定：会員レベルの判定', 'settings.special-types': '設定：特殊会員種別', 'settings.block-reasons': '設定：ブロック理由', 'settings.occupations': '設定：職業', 'settings.customer-types': '設定：顧客タイプ',
      'customers.id.memos': '顧客情報：メモ管理', 'customers.id.coupons': '顧客情報：クーポン履歴', memos: 'すべてのメモ', coupons: 'クーポン', consents: '同意の記録', bounces: 'メール不達',
      start: 'トップ', customers: '顧客一覧', 'customers.new': '顧客の新規作成', 'customers.import': 'CSV登録', 'customers.id': '顧客情報', 'customers.id.addresses': '顧客情報：お届け先住所', 'customers.id.purchases': '顧客情報：購入履歴', 'customers.id.history': '顧客情報：変更履歴', 'customers.id.timeline': '顧客情報：タイムライン', 'customers.id.past': '顧客情報：過去の状態', 'customers.id.print': '顧客情報：印刷',
      'customers.id.points': '顧客情報：ポイント履歴', 'settings.point-kinds': '設定：ポイント区分', points: 'ポイント',
      jobs: 'ジョブ', job: 'ジョブ', operations: '操作履歴', settings: '設定', 'settings.general': '設定：全般', 'settings.options': '設定：機能と規則', 'settings.form-fields': '設定：フリーフォーム', 'settings.staff': '設定：メンバー', 'settings.tokens': '設定：APIトークン', 'settings.sessions': '設定：ログイン中の端末', 'settings.password': '設定：パスワード',
      'settings.roles': '設定：ロール', 'settings.security': '設定：セキュリティ', 'settings.member-groups': '設定：メンバーグループ', 'settings.mail': '設定：メール', 'settings.mail-templates': '設定：メールテンプレート', 'customers.id.mails': '顧客情報：メール配信履歴', mails: 'メール', 'mail-templates': 'メールテンプレート', 'access-log': '閲覧記録',
      labels: '顧客ラベル', groups: '顧客グループ', levels: '会員レベル', 'special-types': '特殊会員種別', 'block-reasons': 'ブロック理由', occupations: '職業', 'customer-types': '顧客タイプ', 'form-fields': 'フリーフォーム', 'point-kinds': 'ポイント区分', 'member-groups': 'メンバーグループ', roles: 'ロール', 'saved-searches': '検索条件の呼び出し', lists: '顧客のリスト', 'coupon-uses': 'クーポンの利用',
      signin: 'ログイン', 'sign-in': 'ログイン', 'one-time link': 'パスワード設定リンク', setup: '初期設定', password: 'パスワードの設定', session: 'ログイン', me: '個人設定', addresses: 'お届け先', orders: '受注', imports: 'CSV登録', exports: 'CSV出力', staff: 'メンバー', tokens: 'APIトークン',
    },
  },
} as const;

export const en = {
  screens: {
    customer: 'Customer', api: '{{name}} (API)', command: 'command {{name}}',
    names: {
      'settings.labels': 'Settings: labels', 'settings.groups': 'Settings: customer groups', 'settings.groups.id.members': 'Settings: members of a customer group', 'settings.levels': 'Settings: member levels', 'settings.level-judging': 'Settings: judging of levels', 'settings.special-types': 'Settings: special member types', 'settings.block-reasons': 'Settings: block reasons', 'settings.occupations': 'Settings: occupations', 'settings.customer-types': 'Settings: customer types',
      'customers.id.memos': 'Customer: memos', 'customers.id.coupons': 'Customer: coupons', memos: 'All memos', coupons: 'Coupons', consents: 'Record of consent', bounces: 'Bounces',
      start: 'Start', customers: 'Customer list', 'customers.new': 'New customer', 'customers.import': 'CSV import', 'customers.id': 'Customer', 'customers.id.addresses': 'Customer: addresses', 'customers.id.purchases': 'Customer: purchases', 'customers.id.history': 'Customer: history', 'customers.id.timeline': 'Customer: timeline', 'customers.id.past': 'Customer: earlier state', 'customers.id.print': 'Customer: printing',
      'customers.id.points': 'Customer: points', 'settings.point-kinds': 'Settings: point kinds', points: 'Points',
      jobs: 'Jobs', job: 'Job', operations: 'Operations', settings: 'Settings', 'settings.general': 'Settings: general', 'settings.options': 'Settings: parts and rules', 'settings.form-fields': 'Settings: free-form fields', 'settings.staff': 'Settings: staff', 'settings.tokens': 'Settings: API tokens', 'settings.sessions': 'Settings: my sessions', 'settings.password': 'Settings: password',
      'settings.roles': 'Settings: roles', 'settings.security': 'Settings: security', 'settings.member-groups': 'Settings: member groups', 'settings.mail': 'Settings: mail', 'settings.mail-templates': 'Settings: mail templates', 'customers.id.mails': 'Customer: mails', mails: 'Mails', 'mail-templates': 'Mail templates', 'access-log': 'Reading log',
      labels: 'Labels', groups: 'Customer groups', levels: 'Member levels', 'special-types': 'Special member types', 'block-reasons': 'Block reasons', occupations: 'Occupations', 'customer-types': 'Customer types', 'form-fields': 'Free-form fields', 'point-kinds': 'Point kinds', 'member-groups': 'Member groups', roles: 'Roles', 'saved-searches': 'Saved searches', lists: 'Lists of customers', 'coupon-uses': 'Coupons used',
      signin: 'Sign-in', 'sign-in': 'Sign-in', 'one-time link': 'One-time link', setup: 'Setup', password: 'Password', session: 'Sign-in', me: 'My settings', addresses: 'Addresses', orders: 'Orders', imports: 'CSV import', exports: 'CSV export', staff: 'Staff', tokens: 'API tokens',
    },
  },
} as const;
