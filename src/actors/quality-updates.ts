import { qualityUpdatesMachine } from '../../machines/pages/quality-updates.ts'
import { QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import { working } from './bindings.ts'
import { installUpdates, scan } from './updates.ts'

export const qualityUpdates = qualityUpdatesMachine.provide({
  actors: {
    readUpdatePolicy: working<boolean>(({ device }) => device.csp.read(QUALITY_UPDATES_NODE) === '1'),
    scanForQualityUpdates: scan('quality'),
    installUpdates,
  },
})
