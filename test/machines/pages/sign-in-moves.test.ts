import { signInMachine } from '../../../machines/pages/sign-in.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { everyMove, firstContext, press } from '../scene.ts'

const email = (text: string) => press('user.next', { email: text })
const password = (text: string) => press('user.signIn', {}, { password: new Secret(text) })

everyMove(signInMachine, {
  context: { ...firstContext(signInMachine, { usage: 'personal' }), complaint: 'timedOut', proof: {} },
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
    'user.back': press('user.back'),
    'user.tryAgain': press('user.tryAgain'),
  },
  moves: {
    loadingBranding: {},
    enteringEmail: {
      'user.next': 'lookingUpAccount',
      'user.next with spaces around the address': 'lookingUpAccount',
    },
    lookingUpAccount: {},
    enteringPassword: { 'user.signIn': 'authenticating', 'user.back': 'enteringEmail' },
    authenticating: {},
    sendingProof: {},
    provingIdentity: { 'user.back': 'enteringEmail' },
    unproven: { 'user.tryAgain': 'sendingProof', 'user.back': 'enteringEmail' },
    missingProof: { 'user.tryAgain': 'enteringEmail' },
    refusedByTenant: { 'user.tryAgain': 'enteringEmail' },
    failed: { 'user.tryAgain': 'enteringEmail' },
  },
})
