import type { Stimulus } from '../../domain/stimulus.ts'
import type { Move } from './source.ts'

/** What a key does beyond the cockpit itself. */
export type CockpitEffect =
  | { kind: 'apply'; stimuli: readonly Stimulus[] }
  | { kind: 'travel'; move: Move }
  | { kind: 'quit' }
