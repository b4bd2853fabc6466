import type { JournalEntry } from '../domain/journal.ts'
import { verdictOf } from '../journal/outcome.ts'

/**
 * Why a run ended as it did, one line each: what every reporter prints as the reason of a failure. This is the one place
 * that decides it.
 */
export const reasonOf = (journal: readonly JournalEntry[]): string[] => verdictOf(journal)?.causes ?? []

/** A line of a reason, as people read it. */
export const reasonLine = (reason: string): string => `why: ${reason}`
