import { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import type { Trouble } from '../domain/trouble.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'

export const nextSignIn = nextSignInMachine.provide({
  actors: {
    endSession: working<Trouble | null>(({ device, memory }) => {
      device.csp.hasUser = false
      delete memory.logon
      return device.refusedReset ?? null
    }),
    authenticate,
    openSession: working<void>((run, _, signal) => {
      run.device.refusedReset = undefined
      return openSession(run, signal)
    }),
  },
})
