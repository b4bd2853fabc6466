import { qualityUpdatesMachine, type UpdatePolicy } from '../../machines/pages/quality-updates.ts'
import { QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import { working } from './bindings.ts'
import { installUpdates, scan } from './updates.ts'

export const qualityUpdates = qualityUpdatesMachine.provide({
  actors: {
    readUpdatePolicy: working<UpdatePolicy>(({ device }) => {
      if (device.csp.read(QUALITY_UPDATES_NODE) !== '1') return 'off'
      return device.network.isMetered ? 'metered' : 'on'
    }),
    scanForQualityUpdates: scan('quality'),
    installUpdates,
  },
})
