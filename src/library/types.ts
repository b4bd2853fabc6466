import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'

/** A finished first boot. Everything in it is read off the journal. */
export interface Run {
  outcome: Outcome
  /** One line that says how it ended. */
  summary: string
  pages: PageId[]
  journal: readonly JournalEntry[]
  /** Virtual milliseconds. */
  durationMs: number
  seed: number
}

/** What a matcher answers its runner. */
export interface Verdict {
  pass: boolean
  /** Only called when the assertion fails. */
  message: () => string
}

/** The least percentages that runs have to cover together: what "oobe coverage" prints. */
export interface CoverageThresholds {
  states?: number
  transitions?: number
  pages?: number
  events?: number
}

/** Of a terminal, in cells. */
export interface ScreenSize {
  /** Default 80. */
  columns?: number
  /** Default 24. */
  rows?: number
}
