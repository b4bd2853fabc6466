import { GAVE_UP } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { TechnicianStatusInput, technicianStatusMachine } from './technician-status.ts'

const green: TechnicianStatusInput = { failure: null, startedAt: 0, tenantDomain: 'hillview.test' }

export const technicianStatusSamples: Samples<typeof technicianStatusMachine> = {
  inputs: { green, red: { ...green, failure: GAVE_UP } },
  events: [press('user.reseal'), press('user.retry'), press('user.reset'), press('user.collectLogs')],
  done: {
    noteResult: [1_800_000],
    loadBranding: [{ name: 'Hillview School' }, null],
    reseal: [{ resealedAt: 1_800_000 }],
    retryFailed: [undefined],
  },
}
