import { RH } from '../../../protocols/tpm/constants.ts'
import { oneOf } from '../handles.ts'
import type { CommandSpec } from './command.ts'

/** Part 3, 24.6: a new owner. */
export const clear: CommandSpec = {
  handles: [{ takes: oneOf(RH.LOCKOUT, RH.PLATFORM), role: 'user' }],
  run({ state, parameters }) {
    parameters.end()
    state.clear()
  },
}

/** Part 3, 24.5: other endorsement keys. */
export const changeEps: CommandSpec = {
  handles: [{ takes: oneOf(RH.PLATFORM), role: 'user' }],
  run({ state, parameters }) {
    parameters.end()
    state.changeEndorsementSeed()
  },
}

/** Part 3, 25.2. */
export const dictionaryAttackLockReset: CommandSpec = {
  handles: [{ takes: oneOf(RH.LOCKOUT), role: 'user' }],
  run({ state, parameters }) {
    parameters.end()
    state.lockoutCounter = 0
  },
}
