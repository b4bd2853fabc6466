import type { Samples } from '../samples.ts'
import type { accountSetupMachine } from './account-setup.ts'
import { progressesOf } from './setup-category.samples.ts'

export const accountSetupSamples: Samples<typeof accountSetupMachine> = {
  inputs: { ordinary: undefined },
  events: progressesOf('accountSetup'),
  done: {},
}
