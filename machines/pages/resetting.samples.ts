import type { Samples } from '../samples.ts'
import type { resettingMachine } from './resetting.ts'

export const resettingSamples: Samples<typeof resettingMachine> = { inputs: { begun: {} }, events: [], done: {} }
