import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { hybridJoinMachine } from './hybrid-join.ts'

export const hybridJoinSamples: Samples<typeof hybridJoinMachine> = {
  inputs: { signedIn: { isJoined: false }, afterRestart: { isJoined: true } },
  events: [press('user.tryAgain')],
  done: { register: [{ kind: 'joined' }, { kind: 'waiting', trouble: TROUBLE }] },
}
