import { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import { installUpdates, scan } from './updates.ts'

export const criticalUpdates = criticalUpdatesMachine.provide({
  actors: { scanForCriticalUpdates: scan('critical'), installUpdates },
})
