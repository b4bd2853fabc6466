import type { Expected } from '../domain/expectations.ts'
import type { Answers, Named, ScenarioEvent, Surroundings } from './script.ts'

/** What a scenario file says, as an object. */
export interface ScenarioWords {
  title: string
  tags?: string[]
  todo?: string
  knownIssue?: string
  device?: Named
  tenant?: Named
  seed?: number
  /** ISO 8601. */
  startsAt?: string
  clockSkew?: string
  network?: Surroundings | Named
  person?: Answers | Named
  people?: Record<string, Answers | Named>
  events?: ScenarioEvent[]
  stuckAfter?: string
  limits?: Record<string, number | string>
  expect: Expected & { outcome: NonNullable<Expected['outcome']> }
  /** Values of facts by their paths; `include` and `exclude` are lists of facts. */
  matrix?: Record<string, unknown[]>
}
