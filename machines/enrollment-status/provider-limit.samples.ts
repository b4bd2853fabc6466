import type { Samples } from '../samples.ts'
import type { providerLimitMachine } from './provider-limit.ts'

export const providerLimitSamples: Samples<typeof providerLimitMachine> = {
  inputs: { ordinary: { provider: 'Sidecar', timeoutMs: 3_600_000 } },
  events: [],
  done: {},
}
