import type { JournalWriter } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import { shownBy, type View } from '../domain/view.ts'
import { screenIn } from '../screens/in-language.ts'
import { textsFor } from '../texts/languages.ts'
import { languageOfView } from './language-of-view.ts'
import { type MachineRef, viewOf } from './live-view.ts'

/** What is on the screen of the device, as its statecharts move. */
export class Display {
  /** Another object only when it says something else. */
  screen: Screen | null = null
  view: View = []
  /** True while the page waits for a person. */
  isWaiting = false
  readonly #journal: JournalWriter
  readonly #onPage: () => void
  #isRefreshing = false

  /** @param onPage called when another page is shown, or the same one begins or ends to wait */
  constructor(journal: JournalWriter, onPage: () => void) {
    this.#journal = journal
    this.#onPage = onPage
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
    this.isWaiting = false
    this.view = []
  }

  #show(screen: Screen): void {
    const isOther = !isSameJson(screen, this.screen)
    const isWaiting = shownBy(this.view)?.waitsForPerson === true
    // Two states may look the same, and only one of them waits for a person.
    if (!isOther && isWaiting === this.isWaiting) return
    this.isWaiting = isWaiting
    if (isOther) this.screen = screen
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

/** Written as JSON both would be one text. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((value, index) => isSameJson(value, other[index]))
    )
  }
  const [own, others] = [statedOf(one), statedOf(other)]
  return (
    own.length === others.length &&
    own.every(([key, value], index) => key === others[index]![0] && isSameJson(value, others[index]![1]))
  )
}

const statedOf = (value: object): [string, unknown][] => Object.entries(value).filter(([, one]) => one !== undefined)
