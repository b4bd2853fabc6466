import type { VirtualDevice } from '../../device/virtual-device.ts'
import type { JournalEntry } from '../../domain/journal.ts'

/** What an invariant looks at besides the entries of the journal. */
export interface Watched {
  device: VirtualDevice
  /** Secrets of the run, as they are. */
  secrets: readonly string[]
  /** What the run is made of, as text and without its secrets. */
  plain: string
}

/** Something that holds after each step of every run, whatever the scenario and the server. */
export interface Invariant {
  /** As a broken run is reported: `standardUser`. */
  name: string
  /** In one plain sentence. */
  about: string
  /** Begins to watch a run. What it returns is asked of each entry, and says what is wrong; undefined when nothing is. */
  watch(watched: Watched): (entry: JournalEntry) => string | undefined
}

/** An invariant does not hold: our bug, which ends the run. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant'
  readonly invariant: string

  constructor({ name, about }: Invariant, what: string) {
    super(`the invariant ${name} does not hold (${about}): ${what}`)
    this.invariant = name
  }
}
