import type { Samples } from '../samples.ts'
import type { namingMachine } from './naming.ts'

const template = 'HV-%SERIAL%'

export const namingSamples: Samples<typeof namingMachine> = {
  inputs: {
    unnamed: { template, isNamed: false },
    named: { template, isNamed: true },
    noTemplate: { template: '', isNamed: false },
  },
  events: [],
  done: { expandTemplate: ['HV-SIM-0001', 'School PC 00001'] },
  decisive: ({ name }) => ({ name }),
}
