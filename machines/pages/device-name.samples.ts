import { press, type Samples } from '../samples.ts'
import type { deviceNameMachine } from './device-name.ts'

export const deviceNameSamples: Samples<typeof deviceNameMachine> = {
  inputs: { unnamed: { isNamed: false }, named: { isNamed: true } },
  events: [
    press('user.next', { name: 'ALEX-LAPTOP' }),
    press('user.next', { name: 'Alex has a laptop' }),
    press('user.skip'),
  ],
  done: {},
}
