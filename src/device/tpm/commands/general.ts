import { sized } from '../../../protocols/tpm/bytes.ts'
import { SHA256_SIZE } from '../../../protocols/tpm/constants.ts'
import { ofParameter, RC } from '../../../protocols/tpm/response-codes.ts'
import { refuseUnless } from '../refusal.ts'
import type { CommandSpec } from './command.ts'

const SU_CLEAR = 0

/** Part 3, 9.3. Only a start after a loss of power: nothing is kept over a sleep. */
export const startup: CommandSpec = {
  handles: [],
  isAlone: true,
  run({ state, parameters }) {
    const type = parameters.next((reader) => reader.u16())
    refuseUnless(type === SU_CLEAR, ofParameter(RC.VALUE, 1))
    parameters.end()
    state.isStarted = true
    state.resetCount++
    state.transient.clear()
    state.sessions.clear()
    state.resetPcrs()
  },
}

/** Part 3, 9.4. */
export const shutdown: CommandSpec = {
  handles: [],
  run({ parameters }) {
    refuseUnless(parameters.next((reader) => reader.u16()) <= 1, ofParameter(RC.VALUE, 1))
    parameters.end()
  },
}

/** Part 3, 10.2. */
export const selfTest: CommandSpec = {
  handles: [],
  run({ parameters }) {
    refuseUnless(parameters.next((reader) => reader.u8()) <= 1, ofParameter(RC.VALUE, 1))
    parameters.end()
  },
}

/** Part 3, 16.1: at most a digest at once. */
export const getRandom: CommandSpec = {
  handles: [],
  run({ state, parameters }) {
    const requested = parameters.next((reader) => reader.u16())
    parameters.end()
    return { parameters: sized(state.random(Math.min(requested, SHA256_SIZE))) }
  },
}
