import { KIOSK_ACCOUNT } from '../../src/domain/kiosk.ts'
import { ACCOUNT, PASSWORD, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { nextSignInMachine } from './next-sign-in.ts'

export const nextSignInSamples: Samples<typeof nextSignInMachine> = {
  inputs: {
    ofTenant: { tenantId: ACCOUNT.tenantId, hasKiosk: false },
    ofKnown: { tenantId: ACCOUNT.tenantId, hasKiosk: false, known: [ACCOUNT.upn] },
    ofKiosk: { tenantId: ACCOUNT.tenantId, hasKiosk: true },
  },
  events: [
    press('user.signIn', { email: ACCOUNT.upn }, { password: PASSWORD }),
    press('user.signIn', { email: KIOSK_ACCOUNT }),
    press('user.guest'),
    { type: 'reset.chosen' },
  ],
  done: {
    endSession: [
      { refusedReset: null, hasGuest: false, hasOrganization: true },
      { refusedReset: TROUBLE, hasGuest: true, hasOrganization: false },
    ],
    authenticate: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'wrongPassword' },
      { kind: 'newPasswordWanted', change: {}, trouble: TROUBLE },
    ],
    openSession: [undefined],
  },
}
