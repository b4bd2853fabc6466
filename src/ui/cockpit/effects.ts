import type { Stimulus } from '../../domain/stimulus.ts'
import type { EndsAfter, Move } from './source.ts'

/** What a key does beyond the cockpit itself. */
export type CockpitEffect =
  | { kind: 'apply'; stimuli: readonly Stimulus[]; end?: EndsAfter }
  | { kind: 'travel'; move: Move }
  | { kind: 'quit' }
