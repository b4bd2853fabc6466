import { ACCOUNT, PASSWORD, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { localResetMachine } from './local-reset.ts'

export const localResetSamples: Samples<typeof localResetMachine> = {
  inputs: { atTheLockScreen: {} },
  events: [
    press('user.reset', { email: ACCOUNT.upn }, { password: PASSWORD }),
    press('user.cancel'),
    press('user.close'),
  ],
  done: {
    authorize: [
      { kind: 'granted' },
      { kind: 'wrongPassword' },
      { kind: 'notAdministrator' },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    checkRecovery: [null, TROUBLE],
  },
}
