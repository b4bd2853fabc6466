import { formatDuration } from '../domain/duration.ts'
import { MATCHER_KINDS, type MatcherName } from '../domain/expectation-matchers.ts'
import type { Expected } from '../domain/expectations.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { causeLines } from '../journal/cause/lines.ts'
import { lastScreen, lastTransitions, specIn } from '../journal/story.ts'
import { failureText, type Judgement, type Seen, unexpectedText } from '../scenario/expect/define-expectation.ts'
import { EXPECTATIONS, expectedSchema, judgeOne, missesOf } from '../scenario/expect/expectations.ts'
import { takenWays } from '../scenario/expect/known.ts'
import { refuseUnknownIn } from '../scenario/expect/refuse-unknown.ts'
import { checked, unwritten } from '../scenario/override.ts'
import { keptJournal } from './kept-journal.ts'
import type { Run, Verdict } from './types.ts'

/** A forgotten `await`, and what is no run at all, would read as any failure. */
export function refuseOther(matcher: string, run: unknown): asserts run is Run {
  if (typeof (run as PromiseLike<unknown> | undefined)?.then === 'function') {
    throw new TypeError(`${matcher} got a promise: write "await" before firstBoot(…) or runScenario(…)`)
  }
  const { journal, outcome } = (run ?? {}) as Partial<Run>
  if (!Array.isArray(journal) || outcome === undefined) {
    throw new TypeError(`${matcher} got no run: it takes what firstBoot(…) or runScenario(…) resolve to`)
  }
}

export const seenOf = (run: Run): Seen => ({ ...run, takenWays: () => takenWays(run.journal) })

/** What a run did, for a message. */
const story = (run: Run): string => {
  const cause = causeOf(run.journal)
  return [
    `it ended: ${run.summary}, after ${formatDuration(run.durationMs)}`,
    ...(cause ? causeLines({ ...cause, next: [] }).map((line) => `why: ${line}`) : []),
    `pages: ${run.pages.join(' → ')}`,
    'last transitions:',
    lastTransitions(run.journal),
    'on the screen:',
    lastScreen(run.journal),
  ].join('\n')
}

/** A message with the story of the run, and its journal on the disk. @param test its name, for the folder */
export const told = (text: string, run: Run, test: string | undefined): string =>
  `${text}\n\n${story(run)}\n${keptJournal(run, test).join('\n')}`

/** @throws UserError for words that are wrong: a name that there is not would be missed for ever */
function expectedIn(matcher: string, run: Run, words: unknown): Expected<number> {
  const expected = checked(expectedSchema, words, unwritten(matcher))
  const { events = [] } = (specIn(run.journal) ?? {}) as { events?: { name?: string }[] }
  const names = events.flatMap(({ name }) => name ?? [])
  refuseUnknownIn(expected, names, (_, check) => check())
  return expected
}

/** Judges a run by a matcher, whose words are those of its kind of expectation. */
export function judgeMatcher(
  matcher: MatcherName,
  run: unknown,
  given: readonly unknown[],
  test: string | undefined,
): Verdict {
  refuseOther(matcher, run)
  const kind = MATCHER_KINDS[matcher]
  const words = (EXPECTATIONS[kind].words as (...given: unknown[]) => unknown)(...given)
  const judgements = judgeOne(kind, expectedIn(matcher, run, words), seenOf(run))
  const misses = judgements.filter(({ holds }) => !holds)
  const text = (all: readonly Judgement[], as: (one: Judgement) => string) => all.map(as).join('\n')
  const pass = misses.length === 0
  return {
    pass,
    message: () => told(pass ? text(judgements, unexpectedText) : text(misses, failureText), run, test),
  }
}

/** Judges a run by all that `expect:` of a scenario may say. */
export function judgeAll(run: unknown, words: Expected, test: string | undefined): Verdict {
  refuseOther('toMeet', run)
  const misses = missesOf(expectedIn('toMeet', run, words), seenOf(run))
  const text = misses.length > 0 ? misses.join('\n') : 'did not expect all of this to hold'
  return { pass: misses.length === 0, message: () => told(text, run, test) }
}
