import * as v from 'valibot'
import type { ExpectationKind, Expectations, Expected } from '../../domain/expectations.ts'
import { answered } from './answered.ts'
import { app } from './app.ts'
import { boots } from './boots.ts'
import { cause } from './cause.ts'
import {
  type ExpectationDefinition,
  failureText,
  type Judgement,
  type NameUsed,
  type Seen,
  unexpectedText,
} from './define-expectation.ts'
import { deviceName } from './device-name.ts'
import { end } from './end.ts'
import { follow } from './follow.ts'
import { happened } from './happened.ts'
import { logged } from './logged.ts'
import { never } from './never.ts'
import { node } from './node.ts'
import { profile } from './profile.ts'
import { reach } from './reach.ts'
import { recorded } from './recorded.ts'
import { requested } from './requested.ts'
import { sessions } from './sessions.ts'
import { show } from './show.ts'
import { skip } from './skip.ts'
import { spend } from './spend.ts'
import { take } from './take.ts'
import { listOf } from './times.ts'

/** Every kind of expectation, in the order in which a verdict tells what did not hold. A kind without its file does not compile. */
export const EXPECTATIONS = {
  end,
  cause,
  follow,
  never,
  reach,
  take,
  show,
  skip,
  spend,
  requested,
  answered,
  node,
  logged,
  app,
  profile,
  sessions,
  happened,
  boots,
  deviceName,
  recorded,
} satisfies { [Kind in ExpectationKind]: ExpectationDefinition<Kind> }

const DEFINITIONS = Object.values(EXPECTATIONS) as unknown as ExpectationDefinition<never>[]

type Entries = Record<string, v.GenericSchema<unknown, unknown>>

const entries: Entries = Object.assign({}, ...DEFINITIONS.map(({ keys }) => keys))

const optional: Entries = Object.fromEntries(Object.entries(entries).map(([key, schema]) => [key, v.optional(schema)]))

const saysSomething = (said: Record<string, unknown>): boolean => Object.values(said).some((one) => one !== undefined)

/** Groups do not hold groups: what is meant can be said without. */
const group = v.pipe(v.strictObject(optional), v.check(saysSomething, 'needs one expectation at least'))

/** Keys beside those of the kinds. */
const groups = {
  anyOf: v.optional(v.pipe(listOf(group), v.description('One of these holds, with all that it says.'))),
  not: v.optional(v.pipe(group, v.description('Nothing of this holds.'))),
}

/** `expect:` of a scenario: how it ends, and all else that may be said. */
export const expectSchema = v.strictObject({
  ...optional,
  ...groups,
  outcome: entries.outcome!,
}) as unknown as v.GenericSchema<Expected & { outcome: Expectations['outcome'] }, Expectations>

/** The same without an end: what a matcher says. */
export const expectedSchema = v.strictObject({ ...optional, ...groups }) as unknown as v.GenericSchema<
  Expected,
  Expected<number>
>

/** What is not said costs nothing: most scenarios say little. */
const judgementsOf = (expected: Expected<number>, seen: Seen): Judgement[] =>
  DEFINITIONS.flatMap(({ keys, judge }) =>
    Object.keys(keys).some((key) => (expected as Record<string, unknown>)[key] !== undefined)
      ? judge(expected as never, seen)
      : [],
  )

/** What of an expectation does not hold: each a sentence. All of it is judged, so that no miss hides another. */
export function missesOf(expected: Expected<number>, seen: Seen): string[] {
  const { anyOf = [], not } = expected
  const others = not ? judgementsOf(not, seen).filter(({ holds }) => holds) : []
  return [
    ...judgementsOf(expected, seen)
      .filter(({ holds }) => !holds)
      .map(failureText),
    ...others.map(unexpectedText),
    ...noneOf(anyOf, seen),
  ]
}

function noneOf(ways: readonly Expected<number>[], seen: Seen): string[] {
  const misses = ways.map((way) => missesOf(way, seen))
  if (misses.length === 0 || misses.some(({ length }) => length === 0)) return []
  const told = misses.map(
    (one, index) => `${index + 1}. ${one.map((text) => text.replace(/^expected /, '')).join('; and ')}`,
  )
  return [`expected one of ${misses.length}: ${told.join('; ')}`]
}

/** What one matcher says of a run. */
export const judgeOne = (kind: ExpectationKind, said: Expected<number>, seen: Seen): Judgement[] =>
  (EXPECTATIONS[kind] as unknown as ExpectationDefinition<never>).judge(said as never, seen)

/** Names that an expectation uses, those of its groups included. */
export function namesIn(expected: Expected<number>): NameUsed[] {
  const { anyOf = [], not } = expected
  const below = (part: Expected<number>, path: NameUsed['path']) =>
    namesIn(part).map((name) => ({ ...name, path: [...path, ...name.path] }))
  return [
    ...DEFINITIONS.flatMap(({ names }) => names?.(expected as never) ?? []),
    ...anyOf.flatMap((part, index) => below(part, ['anyOf', index])),
    ...(not ? below(not, ['not']) : []),
  ]
}
