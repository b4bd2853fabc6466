import { expect } from 'vitest'
import { formatDuration, parseDuration } from '../domain/duration.ts'
import { isPageId, type PageId } from '../domain/pages.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { causeLines } from '../journal/cause/lines.ts'
import { missingInOrder } from '../journal/pages.ts'
import { lastScreen, lastTransitions } from '../journal/story.ts'
import type { Run } from './first-boot.ts'

type OutcomeKind = Run['outcome']['kind']

interface OobeMatchers<Result> {
  /** The run ended there, or came to the page; `within` is virtual time, such as `45m`. */
  toReach(target: PageId | OutcomeKind, options?: { within?: string }): Result
  /** The pages were shown in this order, gaps allowed. */
  toFollow(pages: PageId[]): Result
  /** The page was never shown. */
  toNever(page: PageId): Result
  /** The run ended so, and with this Windows code. */
  toEnd(outcome: OutcomeKind, options?: { code?: string }): Result
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the shape that Vitest's own declaration has
  interface Matchers<T = any> extends OobeMatchers<T> {}
}

interface Answer {
  pass: boolean
  message: () => string
}

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

const answer = (pass: boolean, run: Run, expected: string, negated: string): Answer => ({
  pass,
  message: () => `${pass ? negated : expected}\n\n${story(run)}`,
})

/** When a page was first shown, or the run ended so; undefined when it never did. */
function reachedAt(run: Run, target: string): number | undefined {
  const shown = run.journal.find(
    (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === target,
  )
  if (shown) return shown.at
  return run.outcome.kind === target ? run.durationMs : undefined
}

function checkPages(pages: readonly string[]): void {
  const unknown = pages.filter((page) => !isPageId(page))
  if (unknown.length > 0) throw new TypeError(`there is no page ${unknown.join(', ')}`)
}

expect.extend({
  toReach(run: Run, target: string, { within }: { within?: string } = {}): Answer {
    const at = reachedAt(run, target)
    const limit = within === undefined ? undefined : parseDuration(within)
    if (within !== undefined && limit === undefined) throw new TypeError(`"${within}" is no duration, such as 45m`)
    const isInTime = at !== undefined && (limit === undefined || at <= limit)
    const late = at === undefined ? 'it never did' : `it did after ${formatDuration(at)}`
    const wanted =
      within === undefined
        ? `expected the run to reach ${target}`
        : `expected the run to reach ${target} within ${within}`
    return answer(isInTime, run, `${wanted}; ${late}`, `expected the run not to reach ${target}; ${late}`)
  },
  toFollow(run: Run, pages: PageId[]): Answer {
    checkPages(pages)
    const missing = missingInOrder(run.pages, pages)
    return answer(
      missing === undefined,
      run,
      `expected the pages ${pages.join(' → ')}; ${missing} did not come in its place`,
      `expected another order than ${pages.join(' → ')}`,
    )
  },
  toNever(run: Run, page: PageId): Answer {
    checkPages([page])
    const at = reachedAt(run, page)
    const when = at === undefined ? 'it did not come' : `it came after ${formatDuration(at)}`
    return answer(at === undefined, run, `expected never to see ${page}; ${when}`, `expected to see ${page}; ${when}`)
  },
  toEnd(run: Run, outcome: OutcomeKind, { code }: { code?: string } = {}): Answer {
    const actual = 'code' in run.outcome ? run.outcome.code : undefined
    const isSame = run.outcome.kind === outcome && (code === undefined || actual?.toLowerCase() === code.toLowerCase())
    const wanted = code === undefined ? outcome : `${outcome} with ${code}`
    return answer(isSame, run, `expected the run to end ${wanted}`, `expected the run not to end ${wanted}`)
  },
})
