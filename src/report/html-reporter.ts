import type { JournalEntry } from '../domain/journal.ts'
import { collecting } from './collected.ts'
import { htmlReport, type ViewerParts } from './html/report.ts'
import type { Finished, Reporter } from './reporter.ts'

/** The journal of a run; or why there is none to look at. */
export type JournalReader = (finished: Finished) => readonly JournalEntry[] | string

/** One page with all runs, to be looked at. */
export const htmlReporter = (
  write: (text: string) => void,
  { parts, product, journalOf }: { parts: () => ViewerParts; product: string; journalOf: JournalReader },
): Reporter =>
  collecting(({ finished }) => {
    const runs = finished.map((one) => {
      const entries = journalOf(one)
      return typeof entries === 'string' ? { finished: one, entries: [], note: entries } : { finished: one, entries }
    })
    write(htmlReport(runs, parts(), product))
  })
