import type * as v from 'valibot'
import type { MatcherArguments, MatcherOf } from '../../domain/expectation-matchers.ts'
import type { ExpectationKind, ExpectationKinds } from '../../domain/expectations.ts'
import type { JournalEntry, Outcome } from '../../domain/journal.ts'
import type { Key } from '../schema-issues.ts'

/** What an expectation is judged by. */
export interface Seen {
  outcome: Outcome
  journal: readonly JournalEntry[]
  /** Virtual milliseconds. */
  durationMs: number
  /** Names of the transitions that were taken, in their order. */
  takenWays(): string[]
}

/** One thing that is expected. */
export interface Judgement {
  holds: boolean
  /** What is expected: it follows "expected". */
  said: string
  /** What was there instead, nearest first, with the sign that parts it from the words before; empty where that says nothing. */
  found: string
}

/** A name in an expectation that has to be one of this product, of the journal, or of the scenario. */
export interface NameUsed {
  /** From the expectation on. */
  path: readonly Key[]
  kind: 'place' | 'way' | 'text' | 'log event' | 'event' | 'member'
  name: string
}

type Keys<Kind extends ExpectationKind> = ExpectationKinds<number>[Kind]

/** One kind of expectation: what a scenario and a matcher may say, and how a run is judged by it. */
export interface ExpectationDefinition<Kind extends ExpectationKind> {
  /** What each of its keys may say. */
  keys: {
    [Key in keyof ExpectationKinds[Kind]]-?: v.GenericSchema<
      ExpectationKinds[Kind][Key],
      Keys<Kind>[Key & keyof Keys<Kind>]
    >
  }
  matcher: MatcherOf<Kind>
  /** What the arguments of the matcher are in `expect:`. */
  words(...given: MatcherArguments<Kind>): ExpectationKinds[Kind]
  /** One for each thing that is said. */
  judge(said: Keys<Kind>, seen: Seen): Judgement[]
  /** Names that may be wrong. */
  names?(said: Keys<Kind>): NameUsed[]
}

/** Keeps the types of a kind's parts together. */
export const defineExpectation = <Kind extends ExpectationKind>(definition: ExpectationDefinition<Kind>) => definition

export const failureText = ({ said, found }: Judgement): string => `expected ${said}${found}`

/** Of one that holds and should not. */
export const unexpectedText = ({ said, found }: Judgement): string => `did not expect ${said}${found}`
