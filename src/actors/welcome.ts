import { welcomeMachine } from '../../machines/pages/welcome.ts'
import { authenticate, openSession } from './authentication.ts'
import { working } from './bindings.ts'
import { loadBranding } from './load-branding.ts'

export const welcome = welcomeMachine.provide({
  actors: {
    loadBranding,
    recallCredentials: working<boolean>(({ memory }) => memory.logon !== undefined),
    authenticate,
    createSession: working<void, { isStandardUser: boolean }>(async (run, { isStandardUser }, signal) => {
      if (!isStandardUser) run.device.administrators = [run.memory.logon?.upn ?? '']
      await openSession(run, signal)
    }),
  },
})
