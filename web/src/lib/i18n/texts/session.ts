export const ja = {
  session: {
    signIn: 'ログイン', login: 'ログインID', password: 'パスワード', signingIn: '確認しています…', expired: 'ログインの有効期限が切れました。もう一度ログインしてください。続きから再開できます。',
    setupTitle: 'はじめての設定', setupLead: 'ショップと最初のオーナーを登録します。このリンクは一度だけ使えます。', shopName: 'ショップ名', yourName: '氏名', yourNameHelp: '操作履歴に表示されます。',
    loginHelp: '半角の英小文字・数字と . _ @ + - が使えます。メールアドレスでもかまいません。', newPassword: '新しいパスワード', newPasswordHelp: '12文字以上。覚えやすい文章でもかまいません。',
    repeatPassword: '新しいパスワード（確認）', differs: 'パスワードが一致しません。', senderName: '差出人の名前', senderEmail: '差出人のメールアドレス', senderHelp: 'ショップから送るメールの差出人です。あとで設定できます。',
    start: '登録して始める', setupDone: 'このショップはすでに設定済みです。', toSignIn: 'ログイン画面へ', passwordTitle: 'パスワードの設定', passwordLead: '新しいパスワードを設定してください。このリンクは一度だけ使えます。',
    setPassword: 'パスワードを設定する', passwordSet: 'パスワードを設定しました。ログインしてください。', linkMissing: 'リンクが正しくありません', linkMissingDetail: '受け取ったリンク全体を開いてください。# より後ろも必要です。',
    setupNeeded: 'まだ設定されていません', setupNeededDetail: 'サーバーの起動時に表示された設定用のリンクを開いてください。', show: 'パスワードを表示', hide: 'パスワードを隠す',
    confirmTitle: 'パスワードの確認', confirmLead: '重要な操作のため、もう一度パスワードを入力してください。', confirm: '確認する', changeTitle: 'パスワードの変更', currentPassword: '現在のパスワード',
    change: '変更する', changed: 'パスワードを変更しました。ほかの端末はログアウトされました。', tooShort: '12文字以上で入力してください。',
    againTitle: 'ログインの有効期限が切れました', againLead: '保存していない入力があります。もう一度ログインすると、入力したまま続けられます。', againAs: 'ログインする人:', againAct: 'ログインして続ける', againLeave: '入力を捨ててログイン画面へ',
  },
} as const;

export const en = {
  session: {
    signIn: 'Sign in', login: 'Login', password: 'Password', signingIn: 'Checking…', expired: 'Your session has ended. Sign in again to go on where you were.',
    setupTitle: 'First setup', setupLead: 'Register the shop and its first owner. This link works once.', shopName: 'Shop name', yourName: 'Your name', yourNameHelp: 'Shown in the history of changes.',
    loginHelp: 'Lower-case letters, digits and . _ @ + -; a mail address works too.', newPassword: 'New password', newPasswordHelp: 'At least 12 characters; a sentence you remember is fine.',
    repeatPassword: 'New password again', differs: 'The two passwords differ.', senderName: 'Sender name', senderEmail: 'Sender address', senderHelp: "The sender of the shop's mails. You can set it later.",
    start: 'Register and start', setupDone: 'This shop is set up already.', toSignIn: 'To the sign-in page', passwordTitle: 'Set your password', passwordLead: 'Choose a new password. This link works once.',
    setPassword: 'Set the password', passwordSet: 'Your password is set. Please sign in.', linkMissing: 'This link is not complete', linkMissingDetail: 'Open the whole link you were given, with what follows the #.',
    setupNeeded: 'Not set up yet', setupNeededDetail: 'Open the setup link that the server printed when it started.', show: 'Show the password', hide: 'Hide the password',
    confirmTitle: 'Confirm your password', confirmLead: 'This is a grave act: please enter your password again.', confirm: 'Confirm', changeTitle: 'Change password', currentPassword: 'Current password',
    change: 'Change it', changed: 'Your password has been changed. Your other devices were signed out.', tooShort: 'Use at least 12 characters.',
    againTitle: 'Your session has ended', againLead: 'Something you typed is not saved yet. Sign in again to go on with it.', againAs: 'Signing in as', againAct: 'Sign in and go on', againLeave: 'Discard it and leave',
  },
} as const;
