import type { Samples } from '../samples.ts'
import type { deviceSetupMachine } from './device-setup.ts'
import { progressesOf } from './setup-category.samples.ts'

export const deviceSetupSamples: Samples<typeof deviceSetupMachine> = {
  inputs: { ordinary: undefined },
  events: progressesOf('deviceSetup', { state: 'succeeded', needsRestart: true }, { restartsNow: true }),
  done: {},
}
