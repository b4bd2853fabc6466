import type { Samples } from '../samples.ts'
import type { restoringMachine } from './restoring.ts'

export const restoringSamples: Samples<typeof restoringMachine> = {
  inputs: { afterReset: { isRestored: false }, afterRestart: { isRestored: true } },
  events: [{ type: 'management.synced' }],
  done: {},
}
