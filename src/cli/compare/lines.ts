import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { ComparedRuns } from '../../report/compared/compare-runs.ts'
import type { FactDifference } from '../../report/compared/facts.ts'
import type { Parting, Side } from '../../report/compared/parting.ts'
import { wrap } from '../../ui/text-width.ts'
import { type Names, wayLines } from './ways.ts'

const FACTS_MAX = 12
const DETAILS_MAX = 8
const VALUE_MAX = 100

export const RESULTS: Readonly<Record<ComparedRuns['result'], string>> = {
  equal: 'The two are equal, byte by byte.',
  alike: 'The two are alike: the same steps at the same times. Ids and what the seed draws may differ.',
  later: 'The same steps, at other times.',
  different: 'The two are different.',
}

export const REASONS: Readonly<Record<Parting['by'], string>> = {
  answer: 'an answer of the person',
  event: 'something that happened to the device',
  choice: 'which of two things came first',
  service: 'what a service answered',
  fact: 'what the runs are made of',
  end: 'one of the two ends here',
  unknown: 'nothing that the two records have',
}

/** Two runs for a person who reads. @param width cells of a line: two columns from 100 on */
export function comparedLines(compared: ComparedRuns, names: Names, width: number): string[] {
  const { result, parting, ways, facts } = compared
  return [
    `first:  ${safeText(names.left)}`,
    `second: ${safeText(names.right)}`,
    RESULTS[result],
    ...(result === 'equal' ? [] : ['', ...commonLines(compared)]),
    ...(parting ? ['', ...partingLines(parting)] : []),
    ...(facts.length > 0 ? ['', ...factLines(facts)] : []),
  ]
    .flatMap((line) => (line === '' ? [''] : wrapped(line, width)))
    .concat(ways ? ['', ...wayLines(ways, names, width)] : [])
}

function commonLines({ common }: ComparedRuns): string[] {
  const { entries, until, page, states, otherTimes } = common
  return [
    `in common: ${entries} ${entries === 1 ? 'entry' : 'entries'}, up to ${formatDuration(until)}`,
    ...(page ? [`  page:   ${safeText(`[${page.id}${page.step ? `/${page.step}` : ''}] ${page.title}`)}`] : []),
    ...(states.length > 0 ? [`  states: ${states.join(', ')}`] : []),
    ...(otherTimes
      ? [
          `  times:  entry #${otherTimes.seq} is at ${formatDuration(otherTimes.left)} in the first, at ${formatDuration(otherTimes.right)} in the second`,
        ]
      : []),
  ]
}

function partingLines({ by, left, right }: Parting): string[] {
  return [`they part by: ${REASONS[by]}`, ...sideLines('first: ', left), ...sideLines('second:', right)]
}

function sideLines(name: string, side: Side | null): string[] {
  if (!side) return [`  ${name} has ended`]
  const more = side.details.length - DETAILS_MAX
  return [
    `  ${name} ${safeText(`entry #${side.seq}, ${formatDuration(side.at)}: ${side.text}`)}`,
    ...side.details.slice(0, DETAILS_MAX).map((detail) => `            ${safeText(detail, VALUE_MAX)}`),
    ...(more > 0 ? [`            and ${more} more lines`] : []),
  ]
}

function factLines(facts: readonly FactDifference[]): string[] {
  const more = facts.length - FACTS_MAX
  return [
    'facts that differ:',
    ...facts
      .slice(0, FACTS_MAX)
      .flatMap(({ fact, left, right, leftPlace, rightPlace }) => [
        `  ${safeText(fact)}`,
        `    first:  ${valueText(left, leftPlace)}`,
        `    second: ${valueText(right, rightPlace)}`,
      ]),
    ...(more > 0 ? [`  and ${more} more: --json has all of them`] : []),
  ]
}

function valueText(value: unknown, place: string | undefined): string {
  if (value === undefined) return 'none'
  return `${safeText(JSON.stringify(value), VALUE_MAX)}${place ? `  (${safeText(place)})` : ''}`
}

/** What is too long continues below itself, two cells further in. */
function wrapped(line: string, width: number): string[] {
  const room = /^ */.exec(line)![0].length
  return wrap(line.slice(room), Math.max(20, width - room)).map((part, index) =>
    (' '.repeat(index === 0 ? room : room + 2) + part).trimEnd(),
  )
}
