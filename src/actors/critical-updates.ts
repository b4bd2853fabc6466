import { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import type { Update, UpdateInstallation, UpdateScan } from '../../machines/pages/update-scan.ts'
import { working } from './bindings.ts'
import { bringOffers, scanFor } from './updates.ts'

export const criticalUpdates = criticalUpdatesMachine.provide({
  actors: {
    scanForCriticalUpdates: working<UpdateScan>((run, _, signal) => scanFor('critical', run, signal)),
    installUpdates: working<UpdateInstallation, Update[]>((run, updates, signal) => bringOffers(run, updates, signal)),
  },
})
