import { ACCOUNT, PASSWORD, PROFILE, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { WelcomeInput, welcomeMachine } from './welcome.ts'

const signedIn: WelcomeInput = { account: ACCOUNT, tenantDomain: PROFILE.tenantDomain, isStandardUser: true }

export const welcomeSamples: Samples<typeof welcomeMachine> = {
  inputs: { signedIn, noAccount: { ...signedIn, account: null } },
  events: [press('user.signIn', {}, { password: PASSWORD }), press('user.tryAgain')],
  done: {
    loadBranding: [{ name: 'Hillview School' }],
    recallCredentials: [true, false],
    authenticate: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'wrongPassword' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    createSession: [undefined],
  },
}
