import { type Leaving, nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { sharedPcOf } from '../device/shared-pc.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'

export const nextSignIn = nextSignInMachine.provide({
  actors: {
    endSession: working<Leaving>(({ device, memory }) => {
      device.csp.hasUser = false
      delete memory.logon
      return { refusedReset: device.refusedReset ?? null, ...sharedPcOf(device.csp) }
    }),
    authenticate,
    openSession: working<void>((run, _, signal) => {
      run.device.refusedReset = undefined
      return openSession(run, signal)
    }),
  },
})
