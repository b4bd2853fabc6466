import type { Outcome } from '../domain/journal.ts'

/** A scenario that was played, as its journal tells it: plain data. */
export interface Finished extends Case {
  passed: boolean
  /** Left out where it broke before it had one. */
  seed?: number
  /** Real milliseconds, of all its plays. */
  realMs: number
  deviceMs: number
  outcome?: { kind: Outcome['kind']; text: string }
  /** Expectations that did not hold. */
  failures: string[]
  /** Why it ended like that, one line each: see `reasonOf`. */
  reason: string[]
  /** What was on the screen at the end, as text. */
  screen: string[]
  /** Of a run against a real service. */
  service?: { title: string; requests: number }
  /** The path of its journal, where there is one. */
  journal?: string
  /** Why it has no verdict. */
  broken?: Broken
  /** How often it was played again after it had failed. */
  retries?: number
  /** Of a known issue that failed, and counts as passed: what did not hold. */
  knownFailures?: string[]
}

/** A scenario of a command. */
export interface Case {
  /** No two of one command have the same. */
  id: string
  /** The path of its file. */
  file: string
  title: string
  /** Why it is not played yet. */
  todo?: string
  /** Why it fails for now. */
  knownIssue?: string
}

/** A scenario that was not played: its file says so, or the command was stopped before its turn. */
export type NotPlayed = Case

export interface Broken {
  /** `run`: the run was refused to go on, which fails the scenario. */
  kind: 'run' | 'infrastructure' | 'bug'
  code: string
  message: string
}

/** How it was, when all are done. */
export interface RunEnd {
  /** Unix milliseconds, of this machine. */
  startedAt: number
  endedAt: number
  /** Why not all were played. */
  stopped?: 'signal' | 'bail'
}

export interface Reporter {
  /** Called once, before the first is played. */
  onStart?(cases: { readonly length: number }): void
  /** Called in the order of the cases, as {@link onNotPlayed}. */
  onFinished(finished: Finished): void
  onNotPlayed(scenario: NotPlayed): void
  /** Called once, when all are done. */
  onEnd(end: RunEnd): void
}

/** The scenario could not be judged, and that is not the scenario's failure. */
export const isError = ({ broken }: Finished): boolean => broken !== undefined && broken.kind !== 'run'

/** It failed as its file says. */
export const isKnown = ({ knownFailures }: Finished): boolean => knownFailures !== undefined

/** It passed only when it was played again. */
export const isFlaky = ({ passed, retries = 0 }: Finished): boolean => passed && retries > 0

/** The end of a scenario that passed, where that end is no success: `failed on page …`. */
export const isNegative = ({ passed, outcome }: Finished): boolean =>
  passed && outcome !== undefined && !['desktop', 'signInScreen', 'kiosk'].includes(outcome.kind)
