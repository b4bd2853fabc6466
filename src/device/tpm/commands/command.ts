import type { Role } from '../authorize.ts'
import type { Takes } from '../handles.ts'
import type { Parameters } from '../parameters.ts'
import type { TpmState } from '../state.ts'

export interface Call {
  state: TpmState
  /** Checked: what they stand for is there. */
  handles: readonly number[]
  parameters: Parameters
}

export interface CommandSpec {
  handles: readonly { takes: Takes; role?: Role }[]
  /** Takes no session at all. */
  isAlone?: true
  run(call: Call): { handle?: number; parameters?: Uint8Array } | void
}
