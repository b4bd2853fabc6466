import { formatDuration } from '../../domain/duration.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { toldLines } from '../../journal/cause/lines.ts'
import type { Finished } from '../reporter.ts'
import { documentOf } from './document.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { Packing, packed } from './pack.ts'

/** What was made when the program was built, and goes into each report. */
export interface ViewerParts {
  /** The script of the viewer. */
  script: string
  charts: readonly DrawnChart[]
}

export interface ReportedRun {
  finished: Finished
  /** Its journal; none where it has none. */
  entries: readonly JournalEntry[]
  /** Why there is none, or not all of it. */
  note?: string
}

/** What the viewer reads of a run, beside its packed journal. */
export interface RunFacts {
  id: string
  title: string
  passed: boolean
  outcome: string
  duration: string
  failures: readonly string[]
  reason: readonly string[]
}

/** A whole report in one file: it needs no network, and can be read without scripts. */
export function htmlReport(runs: readonly ReportedRun[], { script, charts }: ViewerParts, product: string): string {
  const packing = new Packing()
  const journals = runs.map(({ entries }) => packing.add(entries))
  // Also of what ended so as expected.
  const reasons = runs.map(({ finished, entries }) =>
    finished.passed ? toldLines(entries, finished.id) : finished.reason,
  )
  const machines = new Set(runs.flatMap(({ entries }) => entries.map(machineIn)))
  const data = {
    facts: packed(JSON.stringify(runs.map(({ finished }, index) => factsOf(finished, reasons[index]!)))),
    charts: packed(JSON.stringify(charts.filter(({ id }) => machines.has(id)))),
    lines: packing.lines(),
    runs: journals.join(' '),
  }
  const shown = runs.map(({ entries, ...run }, index) => ({ ...run, pages: pagesIn(entries), reason: reasons[index]! }))
  return documentOf(shown, { script, data, product })
}

const factsOf = ({ id, title, passed, outcome, deviceMs, failures, broken }: Finished, reason: string[]): RunFacts => ({
  id,
  title,
  passed,
  outcome: outcome?.text ?? broken?.message ?? 'no end',
  duration: formatDuration(deviceMs),
  failures,
  reason,
})

const machineIn = (entry: JournalEntry): string | undefined => (entry.kind === 'transition' ? entry.machine : undefined)

/** `0:06  [region] Is this the right country or region?`; a page that follows itself once. */
function pagesIn(entries: readonly JournalEntry[]): string[] {
  let last = ''
  return entries.flatMap((entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry) || entry.screen.page === last) return []
    const { page, title } = entry.screen
    last = page
    return [`${formatDuration(entry.at)}  [${page}] ${title}`]
  })
}
