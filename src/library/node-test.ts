import { AssertionError } from 'node:assert'
import { type ExpectationMatchers, MATCHER_KINDS, type MatcherName } from '../domain/expectation-matchers.ts'
import type { Expected } from '../domain/expectations.ts'
import type { PageId } from '../domain/pages.ts'
import { cellsOf } from './cells.ts'
import { differenceFrom } from './golden.ts'
import { judgeAll, judgeMatcher, refuseOther, told } from './judge-matcher.ts'
import { judgeReplay } from './replayable.ts'
import { judgeCoverage } from './run-coverage.ts'
import type { TextKey } from './text-key.ts'
import { traceOf } from './trace.ts'
import type { CoverageThresholds, Run, ScreenSize, Verdict } from './types.ts'

type Matchers = ExpectationMatchers<void, TextKey>

/** Each matcher as a function: the run first, then what the matcher takes. It throws an AssertionError. */
type Assertions = { [Name in MatcherName]: (run: Run, ...given: Parameters<Matchers[Name]>) => void }

/** A forgotten `await` does not compile: a promise is no run. */
export interface RunAssertions extends Assertions {
  /** All of what `expect:` of a scenario may say, `anyOf` and `not` included. */
  toMeet(run: Run, expected: Expected): void
  /** Played again from its journal it is the same run, byte by byte. */
  toBeReplayable(run: Run): Promise<void>
  /** The runs together cover so much of the statecharts, in percent. */
  toHaveTransitionCoverage(runs: Run | readonly Run[], thresholds: CoverageThresholds): void
}

function settle({ pass, message }: Verdict, isNot: boolean, operator: string): void {
  if (pass !== isNot) return
  const error = new AssertionError({ message: message(), operator })
  // Where the test calls it, not where it is thrown.
  Error.captureStackTrace(error, settle)
  if (softly) softly.push(error)
  else throw error
}

let softly: AssertionError[] | undefined

const assertions = (isNot: boolean): RunAssertions => ({
  ...(Object.fromEntries(
    (Object.keys(MATCHER_KINDS) as MatcherName[]).map((name) => [
      name,
      (run: Run, ...given: unknown[]) => settle(judgeMatcher(name, run, given, undefined), isNot, name),
    ]),
  ) as unknown as Assertions),
  toMeet: (run, expected) => settle(judgeAll(run, expected, undefined), isNot, 'toMeet'),
  toBeReplayable: async (run) => settle(await judgeReplay(run, undefined), isNot, 'toBeReplayable'),
  toHaveTransitionCoverage: (runs, thresholds) =>
    settle(judgeCoverage(runs, thresholds), isNot, 'toHaveTransitionCoverage'),
})

/** The same assertions, of what must not hold: `not.toReach(run, 'desktop')`. */
export const not: RunAssertions = assertions(true)

export const {
  toReach,
  toFollow,
  toTake,
  toNever,
  toEnd,
  toShow,
  toSkip,
  toSpend,
  toHaveRequested,
  toHaveAnswered,
  toHaveNode,
  toHaveLogged,
  toHaveApp,
  toHaveProfile,
  toHaveSessions,
  toHaveHappened,
  toHaveBoots,
  toHaveDeviceName,
  toHaveCause,
  toHaveRecorded,
  toMeet,
  toBeReplayable,
  toHaveTransitionCoverage,
} = assertions(false)

/** All assertions within are made, and what did not hold is thrown at the end: no miss hides another. */
export function soft(assertAll: () => void): void {
  if (softly) throw new TypeError('soft within soft')
  const misses: AssertionError[] = []
  softly = misses
  try {
    assertAll()
  } finally {
    softly = undefined
  }
  const [first] = misses
  if (first && misses.length === 1) throw first
  if (first) {
    const message = misses.map((miss, index) => `${index + 1}. ${miss.message}`).join('\n\n')
    throw new AssertionError({ message: `${misses.length} expectations were missed\n\n${message}`, operator: 'soft' })
  }
}

/** What the run did, as in the golden file, which is written when it is missing, but not in CI. `OOBE_UPDATE=1` updates it. */
export function toMatchTrace(run: Run, file: string): void {
  refuseOther('toMatchTrace', run)
  matchGolden('toMatchTrace', run, file, traceOf(run))
}

/** The last screen of a page, cell by cell, as in the golden file. */
export function toMatchScreen(run: Run, file: string, page?: PageId, size: ScreenSize = {}): void {
  refuseOther('toMatchScreen', run)
  matchGolden('toMatchScreen', run, file, cellsOf(run, page, size))
}

function matchGolden(matcher: string, run: Run, file: string, text: string): void {
  const difference = differenceFrom(file, text)
  settle({ pass: difference === undefined, message: () => told(difference ?? '', run, undefined) }, false, matcher)
}
