import { PIN_DEFAULTS } from '../../src/domain/hello.ts'
import { Secret } from '../../src/domain/secret.ts'
import { ACCOUNT, TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { helloMachine } from './hello.ts'

const pin = new Secret('482915')

export const helloSamples: Samples<typeof helloMachine> = {
  inputs: {
    joined: { isDone: false, isJoined: true, tenantId: ACCOUNT.tenantId },
    notJoined: { isDone: false, isJoined: false, tenantId: undefined },
    done: { isDone: true, isJoined: true, tenantId: ACCOUNT.tenantId },
  },
  events: [
    press('user.ok'),
    press('user.ok', {}, { pin, confirmPin: pin }),
    press('user.cancel'),
    press('user.tryAgain'),
    press('user.skip'),
  ],
  done: {
    checkPrerequisites: [
      { kind: 'launches', rules: PIN_DEFAULTS, why: [{ fact: 'no policy', effect: 'on' }] },
      { kind: 'refused', why: [{ fact: 'a policy', effect: 'off' }] },
    ],
    requestProof: [{ kind: 'proofWanted', proof: {} }, { kind: 'proven' }, { kind: 'trouble', trouble: TROUBLE }],
    sendProof: [
      { kind: 'sent', number: '42', proof: {} },
      { kind: 'trouble', trouble: TROUBLE },
    ],
    phoneProof: [
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'refused', trouble: TROUBLE },
    ],
    registerKey: [{ kind: 'registered' }, { kind: 'trouble', trouble: TROUBLE }],
  },
}
