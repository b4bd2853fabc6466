import type { Samples } from '../samples.ts'
import type { devicePreparationMachine } from './device-preparation.ts'
import { progressesOf } from './setup-category.samples.ts'

export const devicePreparationSamples: Samples<typeof devicePreparationMachine> = {
  inputs: { ordinary: undefined },
  events: [
    ...progressesOf('devicePreparation'),
    { type: 'provider.awaited', provider: 'Sidecar', timeoutMs: 3_600_000 },
    { type: 'provider.overdue', provider: 'Sidecar' },
  ],
  done: {},
}
