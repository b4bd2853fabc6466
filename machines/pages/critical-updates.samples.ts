import { CODE } from '../../src/domain/windows-codes.ts'
import { UPDATE } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { criticalUpdatesMachine } from './critical-updates.ts'

export const criticalUpdatesSamples: Samples<typeof criticalUpdatesMachine> = {
  inputs: { unchecked: { isDone: false }, done: { isDone: true } },
  events: [],
  done: {
    scanForCriticalUpdates: [
      { kind: 'found', updates: [UPDATE] },
      { kind: 'none' },
      { kind: 'notServiced', windows: 'Windows 11 SE 24H2', until: '2026-10-13' },
      { kind: 'unavailable', code: CODE.nameNotResolved },
    ],
    installUpdates: [
      { kind: 'installed', needsRestart: true },
      { kind: 'installed', needsRestart: false },
      { kind: 'failed', code: CODE.connectionAborted },
    ],
  },
}
