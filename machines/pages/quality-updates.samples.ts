import { CODE } from '../../src/domain/windows-codes.ts'
import { UPDATE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { qualityUpdatesMachine } from './quality-updates.ts'

export const qualityUpdatesSamples: Samples<typeof qualityUpdatesMachine> = {
  inputs: {
    enrolled: { isDone: false, isEnrolled: true },
    notEnrolled: { isDone: false, isEnrolled: false },
    done: { isDone: true, isEnrolled: true },
  },
  events: [press('user.skip')],
  done: {
    readUpdatePolicy: ['on', 'off', 'metered'],
    scanForQualityUpdates: [
      { kind: 'found', updates: [UPDATE] },
      { kind: 'none' },
      { kind: 'notServiced', windows: 'Windows 11 SE 24H2', until: '2026-10-13' },
      { kind: 'unavailable', code: CODE.nameNotResolved },
    ],
    updateSteps: [{ kind: 'restart' }, { kind: 'installed' }, { kind: 'failed', code: CODE.connectionAborted }],
  },
}
