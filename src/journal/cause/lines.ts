import { formatDuration } from '../../domain/duration.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { safeText } from '../../domain/safe-text.ts'
import { verdictOf } from '../outcome.ts'
import type { Cause, FactBehind, InjectedEvent } from './cause.ts'
import { causeOf } from './cause-of.ts'

/** A cause in one to three lines, for a person: what broke, what is behind it, what to try. */
export function causeLines(cause: Cause): string[] {
  const { sentence, end, at, before, fact, injected, next } = cause
  const behind = [...(fact ? [factText(fact)] : []), ...(injected ? [injectedText(injected)] : [])]
  return [
    ...before,
    `${sentence}, at ${formatDuration(at)}${ENDS[end]}`,
    ...(behind.length > 0 ? [`behind it: ${behind.join('; ')}`] : []),
    ...(next.length > 0 ? [`next: ${next.join(', or ')}`] : []),
  ]
}

const ENDS: Readonly<Record<Cause['end'], string>> = {
  ended: '',
  passedOver: '; the person continued anyway',
  reset: '; the person reset the device',
  recovered: '; it was repaired later',
  present: '',
}

export const endText = (end: Cause['end']): string => ENDS[end]

export const factText = ({ text, fact, place }: FactBehind): string => safeText(`${text} (${place ?? fact})`)

export const injectedText = ({ text, at, by, place, isDirect }: InjectedEvent): string =>
  safeText(
    isDirect
      ? `the event ${place ?? by}, at ${formatDuration(at)}`
      : `the last event before it, ${place ?? by}: ${text}, at ${formatDuration(at)}`,
  )

/** The same for one run that a person looks at: also where it ended so as expected. */
export function toldLines(journal: readonly JournalEntry[], run?: string): string[] {
  if (!verdictOf(journal)?.passed) return whyLines(journal, run)
  const cause = causeOf(journal, run === undefined ? {} : { run })
  return [...(cause?.end === 'ended' ? causeLines(cause) : []), ...whyLines(journal, run)]
}

/**
 * Why a run did not pass, for every report: its cause, and what else its verdict says of its management sessions. None for a run
 * that passed, but what is odd of a real service.
 */
export function whyLines(journal: readonly JournalEntry[], run?: string): string[] {
  const verdict = verdictOf(journal)
  const causes = verdict?.causes ?? []
  if (verdict?.passed) return causes
  const cause = causeOf(journal, run === undefined ? {} : { run })
  const lines = cause ? causeLines(cause) : []
  return [...lines, ...causes.filter((text) => !lines.some((line) => line.includes(text)))]
}
