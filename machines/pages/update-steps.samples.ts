import { CODE } from '../../src/domain/windows-codes.ts'
import { UPDATE } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { updateStepsMachine } from './update-steps.ts'

export const updateStepsSamples: Samples<typeof updateStepsMachine> = {
  inputs: { update: { updates: [UPDATE] } },
  events: [{ type: 'update.progressed', percent: 40 }],
  done: {
    downloadUpdates: [{ kind: 'downloaded' }, { kind: 'failed', code: CODE.connectionAborted }],
    installUpdates: [
      { kind: 'installed', needsRestart: true },
      { kind: 'installed', needsRestart: false },
      { kind: 'failed', code: CODE.diskFull },
    ],
  },
}
