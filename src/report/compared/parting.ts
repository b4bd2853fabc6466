import type { JournalEntry, ResponseFact } from '../../domain/journal.ts'
import type { StimulusSource } from '../../domain/stimulus.ts'
import { entryText } from '../../ui/cockpit/entry-text.ts'
import { align } from '../wire/align.ts'
import { comparableMessage } from '../wire/comparable.ts'
import type { FactDifference } from './facts.ts'

/** What a run does at the entry with which it parts from the other. */
export interface Side {
  seq: number
  /** Virtual milliseconds. */
  at: number
  kind: JournalEntry['kind']
  text: string
  /** What only this one has: values of a form, lines of an answer. */
  details: string[]
}

/** The first step that two runs do not have in common. */
export interface Parting {
  /**
   * What made them part. `answer`: of the person; `event`: of the scenario, of a hand or of a fork; `choice`: of the order of two things;
   * `service`: what a service answered; `fact`: of the RunSpec; `end`: one of the two ends here; `unknown`: nothing of the records says it.
   */
  by: 'answer' | 'event' | 'choice' | 'service' | 'fact' | 'end' | 'unknown'
  /** Null: this run has ended before. */
  left: Side | null
  right: Side | null
}

/**
 * The first step that two runs do not have in common, and what made it.
 *
 * @param index of the first entry that differs: each run has one there, or has ended
 */
export function partingAt(
  index: number,
  [left, right]: readonly [readonly JournalEntry[], readonly JournalEntry[]],
  facts: readonly FactDifference[],
): Parting {
  const [a, b] = [left[index], right[index]]
  return { by: reasonOf(a, b, facts), left: sideOf(a, b), right: sideOf(b, a) }
}

function reasonOf(
  left: JournalEntry | undefined,
  right: JournalEntry | undefined,
  facts: readonly FactDifference[],
): Parting['by'] {
  for (const entry of [left, right]) {
    if (entry?.kind === 'stimulus') return isOfPerson(entry.by, entry.stimulus.kind) ? 'answer' : 'event'
  }
  if (left === undefined || right === undefined) return 'end'
  if (left.kind === 'choice' || right.kind === 'choice') return 'choice'
  if (left.kind === 'response' && right.kind === 'response') return 'service'
  return facts.length > 0 ? 'fact' : 'unknown'
}

const OF_PAGES: readonly string[] = ['press', 'keyChord', 'wait', 'does']

const isOfPerson = (by: StimulusSource, kind: string): boolean => !by.startsWith('events.') && OF_PAGES.includes(kind)

/** The part of the RunSpec that is behind a parting: where two runs have it otherwise, it comes first. */
export function behind({ by, left, right }: Parting, fact: string): boolean {
  const isOf = (...parts: string[]): boolean => parts.some((part) => fact === part || fact.startsWith(`${part}.`))
  if (by === 'answer') return isOf('person', 'people')
  if (by === 'event') return isOf('events')
  if (by === 'choice') return isOf('seed', 'choices')
  if (by === 'service') return isOf('tenant', 'registeredAs', 'before', 'service')
  const kinds = [left?.kind, right?.kind]
  return kinds.includes('network') ? isOf('network') : false
}

function sideOf(entry: JournalEntry | undefined, other: JournalEntry | undefined): Side | null {
  if (!entry) return null
  const { seq, at, kind } = entry
  return { seq, at, kind, text: entryText(entry), details: detailsOf(entry, other) }
}

function detailsOf(entry: JournalEntry, other: JournalEntry | undefined): string[] {
  if (entry.kind === 'stimulus' && entry.stimulus.kind === 'press') {
    return Object.entries(entry.stimulus.values).map(
      ([id, value]) => `${id} = ${typeof value === 'string' ? value : '•••'}`,
    )
  }
  if (entry.kind !== 'response' || other?.kind !== 'response') return []
  return align(linesOf(entry), linesOf(other), (line) => line).flatMap((pair) => ('right' in pair ? [] : [pair.left]))
}

const linesOf = ({ headers = {}, body, status, trouble }: ResponseFact): string[] => [
  trouble === undefined ? `status ${status}` : `no answer: ${trouble}`,
  ...comparableMessage({ headers, bytes: 0, ...(body === undefined ? {} : { body }) }),
]
