import { signInMachine } from '../../../machines/pages/sign-in.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { everyMove, firstContext, press } from '../scene.ts'

const email = (text: string) => press('user.next', { email: text })
const password = (text: string) => press('user.signIn', {}, { password: new Secret(text) })

const newPassword = (first: string, second = first) =>
  press('user.signIn', {}, { newPassword: new Secret(first), confirmPassword: new Secret(second) })

everyMove(signInMachine, {
  context: {
    ...firstContext(signInMachine, { usage: 'personal', securityKeys: ['YK-0417'] }),
    complaint: 'timedOut',
    proof: {},
    change: {},
    hasAccessPass: true,
    key: { name: 'YK-0417', pin: new Secret('246813') },
  },
  events: {
    'user.next': email('alex@hillview.test'),
    'user.next with spaces around the address': email(' alex@hillview.test '),
    'user.next without an at sign': email('alex'),
    'user.next with two at signs': email('alex@hillview@test'),
    'user.next without a domain': email('alex@'),
    'user.next with a space inside': email('alex rivera@hillview.test'),
    'user.next with nothing': press('user.next'),
    'user.signIn': password('correct horse'),
    'user.signIn with an empty password': password(''),
    'user.signIn with nothing': press('user.signIn'),
    'user.signIn with a new password': newPassword('Paper-Kite-2'),
    'user.signIn with two new passwords': newPassword('Paper-Kite-2', 'Paper-Kite-3'),
    'user.back': press('user.back'),
    'user.tryAgain': press('user.tryAgain'),
    'user.options': press('user.options'),
    'user.return': press('user.return'),
    'user.forgot': press('user.forgot'),
    'user.useAccessPass': press('user.useAccessPass'),
    'user.otherAccount': press('user.otherAccount'),
    'user.securityKey': press('user.securityKey'),
    'user.useKey': press('user.useKey', { securityKey: 'YK-0417' }, { pin: new Secret('246813') }),
    'user.insertAgain': press('user.insertAgain'),
    'user.useKey without a PIN': press('user.useKey', { securityKey: 'YK-0417' }),
  },
  moves: {
    loadingBranding: {},
    enteringEmail: {
      'user.next': 'lookingUpAccount',
      'user.next with spaces around the address': 'lookingUpAccount',
      'user.options': 'readingOptions',
    },
    readingOptions: { 'user.return': 'enteringEmail', 'user.securityKey': 'insertingKey' },
    insertingKey: { 'user.useKey': 'usingKey', 'user.return': 'enteringEmail' },
    usingKey: {},
    readingReset: { 'user.return': 'enteringPassword' },
    lookingUpAccount: {},
    enteringPassword: {
      'user.signIn': 'authenticating',
      'user.back': 'enteringEmail',
      'user.forgot': 'readingReset',
      'user.useAccessPass': 'enteringPassword',
      'user.otherAccount': 'enteringEmail',
    },
    authenticating: {},
    enteringNewPassword: {
      'user.signIn with a new password': 'settingNewPassword',
      ...Object.fromEntries(
        ['', ' with an empty password', ' with nothing', ' with two new passwords'].map((how) => [
          `user.signIn${how}`,
          'enteringNewPassword',
        ]),
      ),
      'user.back': 'enteringEmail',
    },
    settingNewPassword: {},
    sendingProof: {},
    provingIdentity: { 'user.back': 'enteringEmail' },
    unproven: { 'user.tryAgain': 'sendingProof', 'user.back': 'enteringEmail' },
    missingProof: { 'user.tryAgain': 'enteringEmail' },
    refusedByTenant: { 'user.tryAgain': 'enteringEmail' },
    failed: { 'user.tryAgain': 'enteringEmail' },
  },
})
