import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { domainJoinMachine } from './domain-join.ts'

export const domainJoinSamples: Samples<typeof domainJoinMachine> = {
  inputs: {
    enrolled: { isJoined: false, skipsCheck: false },
    afterRestart: { isJoined: true, skipsCheck: false },
  },
  events: [{ type: 'blob.came' }, press('user.tryAgain')],
  done: {
    askForSync: [undefined],
    giveUp: [TROUBLE],
    checkDomain: [null, TROUBLE],
    applyBlob: [{ domain: 'ad.hillview.test', computerName: 'HV-0001' }],
  },
}
