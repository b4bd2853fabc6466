import type { Update, UpdateInstallation } from '../../machines/pages/update-scan.ts'
import { type UpdateDownload, type UpdateProgress, updateStepsMachine } from '../../machines/pages/update-steps.ts'
import { reporting } from './bindings.ts'
import { downloadOffers, installOffers, percentOf } from './updates.ts'

export const updateSteps = updateStepsMachine.provide({
  actors: {
    downloadUpdates: reporting<UpdateDownload, UpdateProgress, Update[]>((run, updates, { signal, tell }) =>
      downloadOffers(
        run,
        updates,
        signal,
        percentOf((percent) => tell({ type: 'update.progressed', percent })),
      ),
    ),
    installUpdates: reporting<UpdateInstallation, UpdateProgress, Update[]>((run, updates, { signal, tell }) =>
      installOffers(
        run,
        updates,
        signal,
        percentOf((percent) => tell({ type: 'update.progressed', percent })),
      ),
    ),
  },
})
