import type { Walks, WalksEnd } from '../../explore/walk/explore-walks.ts'
import { FINDING_KINDS } from '../../explore/walk/oracle.ts'

/** How many there are of what is covered. */
export interface Totals {
  pairs: number
  states: number
  edges: number
}

const ENDED: Readonly<Record<WalksEnd, string>> = {
  runs: 'all runs of the budget are played',
  plateau: 'no new transition came for long',
  time: 'the time of the budget is over',
  exhausted: 'nothing is left to try',
  stopped: 'it was stopped',
}

type Files = readonly (string | undefined)[]

/** What was found, and what was covered. */
export function walksLines(walks: Walks, totals: Totals, files: Files): string[] {
  const found = walks.findings.flatMap(({ finding, times, steps, runs }, index) => [
    `✗ ${FINDING_KINDS[finding.kind]}${times > 1 ? `, ${times} times` : ''}`,
    `    ${finding.text}`,
    ...(runs > 0 ? [`    made smaller ${counted(steps, 'time')} in ${counted(runs, 'run')}`] : []),
    ...(files[index] === undefined ? [] : [`    play it: ${playLine(files[index])}`]),
  ])
  return [...found, ...coveredLines(walks, totals), ...(found.length === 0 ? ['✓ nothing was found'] : [])]
}

function coveredLines({ runs, ends, pairs, states, edges, absent, refusals, ended }: Walks, totals: Totals): string[] {
  const byEnd = Object.entries(ends)
    .toSorted(([, one], [, other]) => other - one)
    .map(([end, count]) => `${end} ${count}`)
  const [often] = [...refusals].toSorted(([, one], [, other]) => other - one)
  return [
    `${counted(runs, 'run')}: ${ENDED[ended]}`,
    `ends: ${byEnd.join(', ') || 'none'}`,
    `pairs of two values: ${pairs.size} of ${totals.pairs}`,
    `states: ${states.size} of ${totals.states}; transitions: ${edges.size} of ${totals.edges}`,
    ...(often === undefined
      ? []
      : [`refused, since the parts do not go together, most often: ${often[0].split('\n')[0]}`]),
    ...(absent === 0 ? [] : [`faults and events that found no place in their run: ${absent}`]),
  ]
}

const playLine = (file: string): string => `oobe run ${shellWord(file.includes('/') ? file : `./${file}`)}`

const shellWord = (text: string): string =>
  /^[\w./@:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** The same for programs. */
export function walksJson(walks: Walks, totals: Totals, files: Files): object {
  const { runs, ends, pairs, states, edges, absent, ended, findings } = walks
  return {
    runs,
    ended,
    ends,
    pairs: { covered: pairs.size, of: totals.pairs },
    states: { covered: states.size, of: totals.states },
    transitions: { covered: edges.size, of: totals.edges },
    absent,
    findings: findings.map(({ finding, times, steps, choice, moves }, index) => ({
      kind: finding.kind,
      text: finding.text,
      times,
      leftOut: steps,
      choice,
      moves,
      ...(files[index] === undefined ? {} : { file: files[index], play: playLine(files[index]) }),
    })),
  }
}
