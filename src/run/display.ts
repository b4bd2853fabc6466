import type { JournalWriter } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import { shownBy, type View } from '../domain/view.ts'
import { screenIn } from '../screens/in-language.ts'
import { textsFor } from '../texts/languages.ts'
import { languageOfView } from './language-of-view.ts'
import { type MachineRef, viewOf } from './live-view.ts'

/** What is on the screen of the device, as its statecharts move. */
export class Display {
  screen: Screen | null = null
  view: View = []
  /** True while the page waits for a person. */
  isWaiting = false
  readonly #journal: JournalWriter
  readonly #onPage: () => void
  /** The screen as text, to tell whether it has changed. */
  #shown = ''
  #isRefreshing = false

  /** @param onPage called when another page is shown, or the same one begins or ends to wait */
  constructor(journal: JournalWriter, onPage: () => void) {
    this.#journal = journal
    this.#onPage = onPage
  }

  /** Changes with what is shown. */
  get text(): string {
    return this.#shown
  }

  /** Looks at the statecharts again. @param above a window above the pages */
  refresh(root: MachineRef, above?: MachineRef): void {
    if (this.#isRefreshing) return
    this.#isRefreshing = true
    try {
      const view = above ? Object.freeze([...viewOf(root), ...viewOf(above)]) : viewOf(root)
      if (isSame(view, this.view)) return
      this.view = view
      const language = languageOfView(this.view)
      const screen = screenIn(this.view, language, textsFor(language))
      if (screen) this.#show(screen)
    } finally {
      this.#isRefreshing = false
    }
  }

  goDark(): void {
    this.screen = null
    this.#shown = ''
    this.isWaiting = false
    this.view = []
  }

  #show(screen: Screen): void {
    const text = JSON.stringify(screen)
    const isWaiting = shownBy(this.view)?.waitsForPerson === true
    // Two states may look the same, and only one of them waits for a person.
    if (text === this.#shown && isWaiting === this.isWaiting) return
    this.isWaiting = isWaiting
    this.#shown = text
    this.screen = screen
    this.#journal.write({ kind: 'screen', screen, ...(isWaiting ? { isWaiting } : {}) })
    this.#onPage()
  }
}

/** The picture of a statechart that has not moved is the same one. */
function isSame(one: View, other: View): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false
  return true
}
