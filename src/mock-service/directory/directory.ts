import type { Changes } from '../changes.ts'
import type { DirectoryPart } from './directory-part.ts'
import { EntraDevices, type EntraView } from './entra-devices.ts'
import type { DirectoryState } from './state.ts'

/** What happens within a second of the last change is one change with it: a script of a thousand calls leaves no thousand states. */
const RESOLUTION_MS = 1_000

/** The directory at a moment: what administrators have set up, and its device objects. */
export interface Moment {
  state: DirectoryState
  entra: EntraView
}

/**
 * The tenant's objects, with their past: groups and assignments are worked out from what the directory was some minutes
 * ago, which is what makes a fresh registration wait in the field.
 */
export class Directory {
  readonly entra: EntraDevices
  readonly #part: () => DirectoryPart
  /** How far back the service looks. */
  readonly #reachMs: number
  readonly #changes: Changes

  constructor(part: () => DirectoryPart, reachMs: number, changes: Changes) {
    this.#part = part
    this.#changes = changes
    this.#reachMs = reachMs
    this.entra = new EntraDevices(part, reachMs, changes)
  }

  get now(): DirectoryState {
    return this.#part().past.at(-1)!.state
  }

  /** The state at a moment, changes of that moment included. */
  at(time: number): DirectoryState {
    const { past } = this.#part()
    return (past.findLast((snapshot) => snapshot.at <= time) ?? past[0]!).state
  }

  /** Unix milliseconds of the last change. */
  get changedAt(): number {
    return this.#part().changedAt
  }

  get moment(): Moment {
    return { state: this.now, entra: this.entra }
  }

  momentAt = (time: number): Moment => ({ state: this.at(time), entra: this.entra.at(time) })

  /** @param time Unix milliseconds, not before the last change. */
  change(time: number, edit: (state: DirectoryState) => Partial<DirectoryState>): void {
    const part = this.#part()
    const last = part.past.at(-1)!
    if (time < part.changedAt) throw new RangeError('a directory does not change in the past')
    part.changedAt = time
    this.#changes.note()
    const state = { ...last.state, ...edit(last.state) }
    if (time < last.at + RESOLUTION_MS) {
      last.state = state
      return
    }
    part.past.push({ at: time, state })
    const needed = part.past.findLastIndex(({ at }) => at <= time - this.#reachMs)
    if (needed > 0) part.past.splice(0, needed)
  }
}
