import type { JournalEntry } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import { prepareSealed } from '../../scenario/run-scenario.ts'
import type { SealedRun } from '../../scenario/spec-of.ts'
import { silentKeys } from '../reported-keys.ts'
import type { Expected } from './faults.ts'

/** What the run would ask its services when the scenario's person answers all pages: it is played once, and nothing of it is kept. */
export async function forecastOf(sealed: SealedRun): Promise<Expected[]> {
  const { run, release } = await prepareSealed(sealed, { keys: silentKeys, transport: 'direct' })
  try {
    await run.play()
    return requestsIn(run.journal.entries)
  } finally {
    release()
  }
}

/** Requests of a journal, with the page that was shown. */
export function requestsIn(entries: readonly JournalEntry[]): Expected[] {
  let page: PageId | undefined
  return entries.flatMap((entry) => {
    if (entry.kind === 'screen' && 'screen' in entry) page = entry.screen.page
    return entry.kind === 'request' ? [{ operation: entry.operation, method: entry.method, url: entry.url, page }] : []
  })
}
