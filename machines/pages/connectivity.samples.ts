import { CODE } from '../../src/domain/windows-codes.ts'
import { press, type Samples } from '../samples.ts'
import type { connectivityMachine } from './connectivity.ts'

export const connectivitySamples: Samples<typeof connectivityMachine> = {
  inputs: { ordinary: {} },
  events: [
    press('user.acceptPortal'),
    press('user.tryAgain'),
    press('user.changeNetwork'),
    { type: 'network.restored' },
  ],
  done: {
    probe: [
      { kind: 'internet' },
      { kind: 'portal', url: 'http://portal.hillview.test/' },
      { kind: 'none', code: CODE.nameNotResolved },
    ],
    releasePortal: [undefined],
  },
}
