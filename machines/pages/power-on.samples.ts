import type { Samples } from '../samples.ts'
import type { powerOnMachine } from './power-on.ts'

export const powerOnSamples: Samples<typeof powerOnMachine> = {
  inputs: { ordinary: { isFinishingUpdates: false }, afterUpdates: { isFinishingUpdates: true } },
  events: [],
  done: {},
}
