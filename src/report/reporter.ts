import type { JournalEntry } from '../domain/journal.ts'
import { verdictOf } from '../journal/outcome.ts'

/** A scenario that was played. */
export interface Finished {
  /** No two of one command have the same. */
  id: string
  /** The path of its file. */
  file: string
  realMs: number
  /** As far as it was written. */
  journal: readonly JournalEntry[]
  /** Why it has no verdict. */
  broken?: Broken
}

/** A scenario whose turn never came: the command was stopped before it. */
export type NotPlayed = Pick<Finished, 'id' | 'file'>

export interface Broken {
  /** `run`: the run was refused to go on, which fails the scenario. */
  kind: 'run' | 'infrastructure' | 'bug'
  code: string
  message: string
}

export interface Reporter {
  onFinished(finished: Finished): void
  onNotPlayed(scenario: NotPlayed): void
  /** Called once, when all are done. */
  onEnd(): void
}

export const isPassed = ({ journal, broken }: Finished): boolean => !broken && verdictOf(journal)?.passed === true
