import { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'

export const nextSignIn = nextSignInMachine.provide({
  actors: {
    endSession: working<void>(({ device, memory }) => {
      device.csp.hasUser = false
      delete memory.logon
    }),
    authenticate,
    openSession: working<void>((run, _, signal) => openSession(run, signal)),
  },
})
