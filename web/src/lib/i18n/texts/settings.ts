export const ja = {
  settings: {
    title: '設定', sectionShop: 'ショップ', sectionMasters: 'マスタ', sectionStaff: 'メンバーと権限', sectionMine: '個人設定', general: '全般', options: '機能と規則', staff: 'メンバー', tokens: 'APIトークン', sessions: 'ログイン中の端末', password: 'パスワード', shopName: 'ショップ名', publicUrl: '公開URL', publicUrlHelp: 'この画面を開くときのURLです。この機械の中だけで使う間は空のままにします。', sender: 'メールの差出人', senderName: '差出人の名前', senderEmail: '差出人のメールアドレス',
    mailUnique: 'メールアドレスの重複', mailUniques: { login: '会員と仮会員の間で重複を認めない（標準）', status: '同じステータスの間で重複を認めない', off: '重複を認める' }, saved: '設定を保存しました', stale: '別の人が設定を変更したため、入力した内容はまだ保存されていません。今の値を確かめてから、もう一度変更してください。',
    login: 'ログインID', name: '氏名', role: 'ロール', state: '状態', lastLogin: '最終ログイン', created: '作成日時',
    addStaff: 'メンバーを追加', active: '有効', disabled: '停止中', invited: 'パスワード未設定', disable: '停止する', enable: '再開する', newLink: 'パスワード設定リンクを発行', linkTitle: 'パスワード設定リンク', linkText: 'このリンクを本人に渡してください。一度だけ使えます。この画面を閉じると、もう表示されません。', linkExpires: '有効期限 {{at}}', disableTitle: 'メンバーの停止', disableText: '「{{name}}」（{{login}}）を停止します。ログイン中の端末はすべてログアウトされます。', staffSaved: 'メンバーを保存しました', editStaff: 'メンバーの編集', you: 'あなた',
    tokenName: '名前', tokenOwner: '所有者', scopes: '権限の範囲', allScopes: '所有者と同じ', expiresAt: '有効期限', never: 'なし', lastUsed: '最終使用', addToken: 'APIトークンを作成', tokenShown: 'APIトークンができました', tokenShownText: 'このトークンは今だけ表示されます。安全な場所に保管してください。', revoke: '取り消す', revokeTitle: 'APIトークンの取り消し', revokeText: '「{{name}}」を取り消します。このトークンを使うプログラムは、すぐに使えなくなります。', revoked: 'APIトークンを取り消しました', noTokens: 'APIトークンはまだありません', noTokensText: '基幹システムなどのプログラムからAPIを使うときに作成します。',
    device: '端末', ip: 'IPアドレス', since: 'ログイン日時', lastUse: '最終利用', until: '有効期限', current: 'この端末', endSession: 'ログアウトさせる', endOthers: 'ほかの端末をすべてログアウト', ended: 'ログアウトさせました',
  },
  mailLanguage: {
    title: '通知メール', label: 'メールの言語', ofShop: 'ショップの設定に従う', ofShopNow: 'ショップの設定に従う（{{language}}）', mine: 'パスワードの再設定や新しい場所からのログインなど、システムから届くメールの言語です。', saved: 'メールの言語を保存しました', shops: 'システムメールの言語', shopsHelp: '顧客に届くシステムメールと、言語を選んでいないメンバーへのメールに使います。',
  },
} as const;

export const en = {
  settings: {
    title: 'Settings', sectionShop: 'Shop', sectionMasters: 'Masters', sectionStaff: 'Staff and rights', sectionMine: 'Mine', general: 'General', options: 'Parts and rules', staff: 'Staff', tokens: 'API tokens', sessions: 'My sessions', password: 'Password', shopName: 'Shop name', publicUrl: 'Public URL', publicUrlHelp: 'The address of these pages. Leave it empty while they are used on this machine alone.', sender: 'Mail sender', senderName: 'Sender name', senderEmail: 'Sender address',
    mailUnique: 'Equal mail addresses', mailUniques: { login: 'Refused among members and provisional members (standard)', status: 'Refused within the same status', off: 'Allowed' }, saved: 'The settings have been saved', stale: 'Someone else changed the settings, so what you typed has not been saved. Look at what is there now, then change it again.',
    login: 'Login', name: 'Name', role: 'Role', state: 'State', lastLogin: 'Last sign-in', created: 'Created',
    addStaff: 'Add staff', active: 'Active', disabled: 'Disabled', invited: 'No password yet', disable: 'Disable', enable: 'Enable', newLink: 'New password link', linkTitle: 'Password link', linkText: 'Give this link to the person. It works once, and is not shown again when you close this.', linkExpires: 'Valid until {{at}}', disableTitle: 'Disable the member of staff', disableText: '“{{name}}” ({{login}}) will be disabled and signed out everywhere.', staffSaved: 'Saved', editStaff: 'Edit staff', you: 'you',
    tokenName: 'Name', tokenOwner: 'Owner', scopes: 'Scopes', allScopes: 'As its owner', expiresAt: 'Expires', never: 'Never', lastUsed: 'Last used', addToken: 'Make an API token', tokenShown: 'The API token is made', tokenShownText: 'It is shown only now. Keep it in a safe place.', revoke: 'Revoke', revokeTitle: 'Revoke the API token', revokeText: '“{{name}}” will be revoked. Programs that use it stop working at once.', revoked: 'The API token has been revoked', noTokens: 'No API tokens yet', noTokensText: 'Make one for a program that uses the API.',
    device: 'Device', ip: 'IP address', since: 'Signed in', lastUse: 'Last used', until: 'Valid until', current: 'This device', endSession: 'Sign it out', endOthers: 'Sign out all other devices', ended: 'Signed out',
  },
  mailLanguage: {
    title: 'Mails to me', label: 'Language of mails', ofShop: 'As the shop', ofShopNow: 'As the shop ({{language}})', mine: 'Of what the system writes to you, such as password resets and sign-ins from new places.', saved: 'The language of your mails has been saved', shops: 'Language of system mails', shopsHelp: 'For mails of the system to customers, and to staff who have chosen none.',
  },
} as const;
