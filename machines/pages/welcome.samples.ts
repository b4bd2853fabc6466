import { ACCOUNT, PASSWORD, PROFILE, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { WelcomeInput, welcomeMachine } from './welcome.ts'

const signedIn: WelcomeInput = { account: ACCOUNT, tenantDomain: PROFILE.tenantDomain, isStandardUser: true }

export const welcomeSamples: Samples<typeof welcomeMachine> = {
  inputs: { signedIn },
  events: [
    press('user.signIn', {}, { password: PASSWORD }),
    press('user.webSignIn', {}, { password: PASSWORD }),
    press('user.signIn', {}, { newPassword: PASSWORD, confirmPassword: PASSWORD }),
    press('user.signIn', {}, { newPassword: PASSWORD }),
    press('user.tryAgain'),
    press('user.cancel'),
  ],
  done: {
    loadBranding: [{ name: 'Hillview School' }],
    recallCredentials: [
      { isRecalled: true, hasWebSignIn: false },
      { isRecalled: false, hasWebSignIn: false },
      { isRecalled: false, hasWebSignIn: true },
    ],
    authenticate: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'wrongPassword' },
      { kind: 'newPasswordWanted', change: {}, trouble: TROUBLE },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    setNewPassword: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'weakPassword' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    requestProof: [{ kind: 'proofWanted', proof: {} }, { kind: 'proven' }, { kind: 'trouble', trouble: TROUBLE }],
    sendProof: [
      { kind: 'sent', proof: {}, number: '42' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    phoneProof: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'refused', trouble: null },
    ],
    createSession: [undefined],
  },
}
