import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'

/** Tells of each page that comes onto the screen, whatever states it has. */
export class PageChanges {
  readonly #tell: (page: PageId, isWaiting: boolean) => void
  #page: PageId | undefined

  constructor(tell: (page: PageId, isWaiting: boolean) => void) {
    this.#tell = tell
  }

  see(entry: JournalEntry): void {
    if (entry.kind !== 'screen' || !('screen' in entry) || entry.screen.page === this.#page) return
    this.#page = entry.screen.page
    this.#tell(this.#page, entry.isWaiting === true)
  }

  /** The screen is dark: every page is new. */
  forget(): void {
    this.#page = undefined
  }
}
