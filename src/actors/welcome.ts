import { welcomeMachine } from '../../machines/pages/welcome.ts'
import { signInBreaker } from '../domain/sign-in-policies.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'
import { loadBranding } from './load-branding.ts'

export const welcome = welcomeMachine.provide({
  actors: {
    loadBranding,
    recallCredentials: working<boolean>(({ device, memory }) => {
      if (memory.logon === undefined) return false
      const breaker = signInBreaker(device.csp.uris(), device.signInPolicies)
      if (breaker !== undefined) device.log('automaticSignInBroken', { uri: breaker })
      return breaker === undefined
    }),
    authenticate,
    createSession: working<void, { isStandardUser: boolean }>(async (run, { isStandardUser }, signal) => {
      if (!isStandardUser) run.device.administrators = [run.memory.logon?.upn ?? '']
      await openSession(run, signal)
    }),
  },
})
