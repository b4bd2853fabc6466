import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'

/** Pages in the order in which they were shown; a page that follows itself counts once. */
export function pagesOf(journal: readonly JournalEntry[]): PageId[] {
  const pages: PageId[] = []
  for (const entry of journal) {
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    if (pages.at(-1) !== entry.screen.page) pages.push(entry.screen.page)
  }
  return pages
}

/** The first page of an order that is not kept; undefined when all are, gaps allowed. */
export function missingInOrder<Page>(shown: readonly Page[], wanted: readonly Page[]): Page | undefined {
  let from = 0
  for (const page of wanted) {
    const at = shown.indexOf(page, from)
    if (at < 0) return page
    from = at + 1
  }
  return undefined
}
