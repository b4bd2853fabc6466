import { qualityUpdatesMachine, type UpdatePolicy } from '../../machines/pages/quality-updates.ts'
import type { UpdateScan } from '../../machines/pages/update-scan.ts'
import { QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import { runOf, working } from './bindings.ts'
import { updateSteps } from './update-steps.ts'
import { scanFor } from './updates.ts'

export const qualityUpdates = qualityUpdatesMachine.provide({
  actions: {
    noteEnd: ({ system }, { needsRestart }) => {
      const { device } = runOf({ system })
      device.log('pageStopped', { result: 'success' })
      // That this page is the one of the restart is read from its name.
      if (needsRestart) device.log('pageStarted', { cxid: 'RebootNDUP' })
    },
  },
  actors: {
    readUpdatePolicy: working<UpdatePolicy>(({ device }) => {
      if (device.csp.read(QUALITY_UPDATES_NODE) !== '1') return 'off'
      if (device.network.isMetered) return 'metered'
      device.log('pageStarted', { cxid: 'OobeNDUP' })
      return 'on'
    }),
    scanForQualityUpdates: working<UpdateScan>(async (run, _, signal) => {
      const found = await scanFor('quality', run, signal)
      if (found.kind === 'none' || found.kind === 'notServiced') run.device.log('pageStopped', { result: 'success' })
      return found
    }),
    updateSteps,
  },
})
