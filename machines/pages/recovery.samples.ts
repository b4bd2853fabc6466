import { OOBE_RETRIES_MAX } from '../../src/domain/boot.ts'
import { press, type Samples } from '../samples.ts'
import type { recoveryMachine } from './recovery.ts'

const ordinary = { languages: ['en-US'], retries: 0, isRecovering: false, entersRecovery: true }

export const recoverySamples: Samples<typeof recoveryMachine> = {
  inputs: {
    ordinary,
    tooOften: { ...ordinary, retries: OOBE_RETRIES_MAX },
    again: { ...ordinary, isRecovering: true },
    off: { ...ordinary, retries: OOBE_RETRIES_MAX, entersRecovery: false },
  },
  events: [press('user.next', { language: 'en-US', region: 'US', keyboard: '00000409' })],
  done: {},
}
