import { endsAs } from '../domain/expectations.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { isFromOutside } from '../domain/stimulus.ts'
import type { RunResult } from '../run/run-options.ts'
import { isShared, placeOf, type RunSpec } from '../run/run-spec.ts'
import type { UnusedAnswer } from './scripted-person.ts'

/**
 * Answers of the scenario's person that no page has used: they tested nothing. Values are not repeated: they may be secrets.
 */
export function unusedAnswers(spec: RunSpec, result: RunResult, unused: readonly UnusedAnswer[]): string[] {
  return isWholeStory(spec, result)
    ? unused.flatMap((answer) => (isShared(spec, answer.path) ? [] : [textOf(spec, result.journal, answer)]))
    : []
}

/**
 * Whether the run is the story that the answers were written for. A run that ended otherwise did not come to the rest; a person
 * that was lent to another device, to another service or to the other cases of a matrix brings answers that one does not need;
 * and a person who steps in from outside answers instead.
 */
const isWholeStory = ({ expect, service, cases = 1 }: RunSpec, { outcome, journal }: RunResult): boolean =>
  endsAs(expect?.outcome, outcome.kind) &&
  service === undefined &&
  cases === 1 &&
  !journal.some((entry) => entry.kind === 'stimulus' && isFromOutside(entry.by))

function textOf(
  spec: RunSpec,
  journal: readonly JournalEntry[],
  { path, page, asked, controls }: UnusedAnswer,
): string {
  const place = placeOf(spec.places, path)
  const instead =
    asked === 0 ? neverAsked(journal, page) : `the page asked ${times(asked)} and had: ${controls.join(', ')}`
  return `${path} was never used: ${instead}${place ? `. ${place}` : ''}`
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

function neverAsked(journal: readonly JournalEntry[], page: string): string {
  const screens = journal.flatMap((entry) => (entry.kind === 'screen' ? [entry] : []))
  const skipped = screens.find((entry) => 'skipped' in entry && entry.skipped === page)
  if (skipped && 'skipped' in skipped && skipped.why[0]) return `the page was not shown: ${skipped.why[0].fact}`
  if (screens.some((entry) => 'screen' in entry && entry.screen.page === page))
    return 'the page never waited for an answer'
  const pages = screens.flatMap((entry) => ('screen' in entry && entry.isWaiting ? [entry.screen.page] : []))
  return `the page was not shown; those that asked: ${[...new Set(pages)].join(', ') || 'none'}`
}
