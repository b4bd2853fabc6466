import { Secret } from '../../src/domain/secret.ts'
import { ACCOUNT, OTHER_ACCOUNT, PASSWORD, PROFILE, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { signInMachine } from './sign-in.ts'

const usage = 'workOrSchool'
const tenant = {
  id: PROFILE.tenantId,
  domain: PROFILE.tenantDomain,
  assignedUpn: '',
  profile: PROFILE.deploymentProfileName,
  isExplicit: true,
  hidesOtherAccount: false,
}

export const signInSamples: Samples<typeof signInMachine> = {
  inputs: {
    noTenant: { usage },
    ofTenant: { usage, tenant, securityKeys: ['YK-0417'] },
    assignedUser: { usage, tenant: { ...tenant, assignedUpn: ACCOUNT.upn } },
    notNeeded: { usage, notNeeded: 'the user signed in before the restart' },
  },
  events: [
    press('user.next', { email: ACCOUNT.upn }),
    press('user.signIn', {}, { password: PASSWORD }),
    press('user.signIn', {}, { newPassword: PASSWORD, confirmPassword: PASSWORD }),
    press('user.back'),
    press('user.tryAgain'),
    press('user.options'),
    press('user.return'),
    press('user.forgot'),
    press('user.useAccessPass'),
    press('user.otherAccount'),
    press('user.securityKey'),
    press('user.insertAgain'),
    press('user.useKey', { securityKey: 'YK-0417' }, { pin: new Secret('246813') }),
  ],
  done: {
    loadBranding: [{ name: 'Hillview School' }],
    lookUpAccount: [
      { kind: 'found', displayName: ACCOUNT.displayName, realm: { page: undefined } },
      { kind: 'found', displayName: ACCOUNT.displayName, realm: { page: undefined }, hasAccessPass: true },
      { kind: 'unknown' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    authenticate: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'signedIn', account: OTHER_ACCOUNT },
      { kind: 'wrongPassword' },
      { kind: 'newPasswordWanted', change: {}, trouble: TROUBLE },
      { kind: 'proofWanted', proof: {} },
      { kind: 'proofMissing', trouble: TROUBLE },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    signInWithKey: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'signedIn', account: OTHER_ACCOUNT },
      { kind: 'wrongPin' },
      { kind: 'heldKey' },
      { kind: 'lockedKey' },
      { kind: 'unfamiliarKey' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    setNewPassword: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'signedIn', account: OTHER_ACCOUNT },
      { kind: 'weakPassword' },
      { kind: 'proofWanted', proof: {} },
      { kind: 'proofMissing', trouble: TROUBLE },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    sendProof: [
      { kind: 'sent', number: '42', proof: {} },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    phoneProof: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'signedIn', account: OTHER_ACCOUNT },
      { kind: 'refused', trouble: TROUBLE },
    ],
  },
}
