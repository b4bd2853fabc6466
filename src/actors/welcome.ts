import type { RequestedProof } from '../../machines/pages/second-proof.ts'
import { type Recall, welcomeMachine } from '../../machines/pages/welcome.ts'
import { signInBreaker } from '../domain/sign-in-policies.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'
import { requestProof } from './hello.ts'
import { loadBranding } from './load-branding.ts'
import { phoneProof } from './phone-proof.ts'
import { sendProof } from './send-proof.ts'
import { setNewPassword } from './set-new-password.ts'

/** Offers web sign-in at the lock screen; on devices that have joined Microsoft Entra. */
const WEB_SIGN_IN_NODE = './Device/Vendor/MSFT/Policy/Config/Authentication/EnableWebSignIn'

export const welcome = welcomeMachine.provide({
  actors: {
    loadBranding,
    recallCredentials: working<Recall>(({ device, memory }) => {
      const hasWebSignIn = device.csp.read(WEB_SIGN_IN_NODE) === '1'
      if (memory.logon === undefined) return { isRecalled: false, hasWebSignIn }
      const breaker = signInBreaker(device.csp.uris(), device.signInPolicies)
      if (breaker !== undefined) device.log('automaticSignInBroken', { uri: breaker })
      return { isRecalled: breaker === undefined, hasWebSignIn }
    }),
    requestProof: working<RequestedProof>(requestProof),
    sendProof,
    phoneProof,
    authenticate,
    setNewPassword,
    createSession: working<void, { isStandardUser: boolean }>(async (run, { isStandardUser }, signal) => {
      if (!isStandardUser) run.device.administrators = [run.memory.logon?.upn ?? '']
      await openSession(run, signal)
    }),
  },
})
