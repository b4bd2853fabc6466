import type { JournalEntry } from '../../domain/journal.ts'
import { PAGE_IDS, type PageId } from '../../domain/pages.ts'
import type { Screen } from '../../domain/screen.ts'
import { shownBy, type View } from '../../domain/view.ts'
import { prepareRun } from '../../scenario/run-scenario.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { screenOf } from '../../screens/screen-of.ts'
import { ENGLISH } from '../../texts/en.ts'

/** One form of a page: a state of its statechart, a step, and what it offers. */
export interface CatalogueEntry {
  page: PageId
  /** For a file: `signIn-password-enteringPassword`, with a number where there are several forms. */
  name: string
  /** The first scenario that shows it. */
  scenario: string
  /** What it is drawn from, in any language. */
  view: View
}

/** Pages that were shown, each form of them once. */
export class Catalogue {
  readonly #entries = new Map<string, CatalogueEntry>()
  readonly #names = new Map<string, number>()

  /** In the order of the first boot. */
  get entries(): CatalogueEntry[] {
    return [...this.#entries.values()].sort((a, b) => PAGE_IDS.indexOf(a.page) - PAGE_IDS.indexOf(b.page))
  }

  /** Plays a scenario, and takes in what it shows. Returns its journal; throws as a run. */
  async play(scenario: Scenario): Promise<readonly JournalEntry[]> {
    const { run, release } = await prepareRun(scenario, { seed: scenario.seed ?? 1, transport: 'direct' })
    run.journal.onEntry((entry) => {
      if (entry.kind === 'screen' && 'screen' in entry) this.take(run.view, scenario.id)
    })
    try {
      return (await run.play()).journal
    } finally {
      release()
    }
  }

  take(view: View, scenario: string): void {
    const screen = screenOf(view, ENGLISH)
    const state = shownBy(view)?.states[0] ?? ''
    if (!screen) return
    const key = `${state} ${formOf(screen)}`
    if (this.#entries.has(key)) return
    this.#entries.set(key, { page: screen.page, name: this.#nameOf(screen, state), scenario, view })
  }

  #nameOf({ page, step }: Screen, state: string): string {
    const parts = [page, ...(step === undefined ? [] : [step]), ...(state === '' || state === step ? [] : [state])]
    const name = parts.join('-').replace(/[^\w-]/g, '_')
    const before = this.#names.get(name) ?? 0
    this.#names.set(name, before + 1)
    return before === 0 ? name : `${name}-${before + 1}`
  }
}

/** Two screens of one form differ in names and numbers, no more. */
const formOf = ({ page, step, body, controls, progress, failure, brand }: Screen): string =>
  JSON.stringify([
    page,
    step,
    body.map(({ tone }) => tone),
    controls.map((control) => [control.id, 'disabled' in control && control.disabled]),
    progress && [progress.fraction !== undefined, progress.categories?.map(({ state }) => state)],
    failure !== undefined,
    brand !== undefined,
  ])
