import { expect } from 'vitest'
import { type ExpectationMatchers, MATCHER_KINDS, type MatcherName } from '../domain/expectation-matchers.ts'
import type { Expected } from '../domain/expectations.ts'
import type { PageId } from '../domain/pages.ts'
import { cellsOf } from './cells.ts'
import { judgeAll, judgeMatcher, refuseOther, told } from './judge-matcher.ts'
import { judgeReplay } from './replayable.ts'
import { judgeCoverage } from './run-coverage.ts'
import type { TextKey } from './text-key.ts'
import { traceOf } from './trace.ts'
import type { CoverageThresholds, ScreenSize, Verdict } from './types.ts'

interface OobeMatchers<Result> extends ExpectationMatchers<Result, TextKey> {
  /** All of what `expect:` of a scenario may say, `anyOf` and `not` included. */
  toMeet(expected: Expected): Result
  /** What the run did, as a snapshot of Vitest: `-u` updates it. Values that differ from seed to seed are placeholders. */
  toMatchTrace(hint?: string): Result
  /** The last screen of the page, or of the run, cell by cell, as a snapshot of Vitest. */
  toMatchScreen(page?: PageId, options?: ScreenSize & { hint?: string }): Result
  /** Played again from its journal it is the same run, byte by byte. To be awaited. */
  toBeReplayable(): Promise<Result>
  /** A run, or a list of runs, covers so much of the statecharts, in percent. */
  toHaveTransitionCoverage(thresholds: CoverageThresholds): Result
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the shape that Vitest's own declaration has
  interface Matchers<T = any> extends OobeMatchers<T> {}
}

interface State {
  isNot: boolean
  currentTestName?: string
}

/** Vitest compares, and knows what `-u` is; the message has the story of the run besides. */
function matchSnapshot(matcher: string, run: unknown, text: string, hint: string | undefined, state: State): Verdict {
  refuseOther(matcher, run)
  if (state.isNot) throw new TypeError(`${matcher} does not go with not: a snapshot is what is expected`)
  try {
    expect(text).toMatchSnapshot(hint)
    return { pass: true, message: () => '' }
  } catch (error) {
    const { message, actual, expected } = error as { message: string; actual?: unknown; expected?: unknown }
    return {
      pass: false,
      message: () => told(`${message}\n"vitest -u" takes it over, where it is right.`, run, state.currentTestName),
      ...(actual === undefined ? {} : { actual }),
      ...(expected === undefined ? {} : { expected }),
    }
  }
}

const fromKinds = Object.fromEntries(
  (Object.keys(MATCHER_KINDS) as MatcherName[]).map((name) => [
    name,
    function (this: State, run: unknown, ...given: unknown[]): Verdict {
      return judgeMatcher(name, run, given, this.currentTestName)
    },
  ]),
)

expect.extend({
  ...fromKinds,
  toMeet(this: State, run: unknown, expected: Expected): Verdict {
    return judgeAll(run, expected, this.currentTestName)
  },
  toMatchTrace(this: State, run: unknown, hint?: string): Verdict {
    refuseOther('toMatchTrace', run)
    return matchSnapshot('toMatchTrace', run, traceOf(run), hint, this)
  },
  toMatchScreen(
    this: State,
    run: unknown,
    page?: PageId,
    { hint, ...size }: ScreenSize & { hint?: string } = {},
  ): Verdict {
    refuseOther('toMatchScreen', run)
    return matchSnapshot('toMatchScreen', run, cellsOf(run, page, size), hint, this)
  },
  toBeReplayable(this: State, run: unknown): Promise<Verdict> {
    return judgeReplay(run, this.currentTestName)
  },
  toHaveTransitionCoverage(this: State, runs: unknown, thresholds: CoverageThresholds): Verdict {
    return judgeCoverage(runs, thresholds)
  },
} as never)
