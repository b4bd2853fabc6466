import { KIOSK_ACCOUNT } from '../../src/domain/kiosk.ts'
import { ACCOUNT, PASSWORD, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { nextSignInMachine } from './next-sign-in.ts'

export const nextSignInSamples: Samples<typeof nextSignInMachine> = {
  inputs: {
    ofTenant: { tenantId: ACCOUNT.tenantId, hasKiosk: false },
    ofKiosk: { tenantId: ACCOUNT.tenantId, hasKiosk: true },
  },
  events: [
    press('user.signIn', { email: ACCOUNT.upn }, { password: PASSWORD }),
    press('user.signIn', { email: KIOSK_ACCOUNT }),
    { type: 'reset.chosen' },
  ],
  done: {
    endSession: [null, TROUBLE],
    authenticate: [{ kind: 'signedIn', account: ACCOUNT }, { kind: 'wrongPassword' }],
    openSession: [undefined],
  },
}
