import type { Changes } from '../changes.ts'
import { type KeptDirectory, keepPast, restorePast, type Snapshot } from './kept-directory.ts'
import type { DirectoryState } from './state.ts'

/** What happens within a second of the last change is one change with it: a script of a thousand calls leaves no thousand states. */
const RESOLUTION_MS = 1_000

/**
 * The tenant's objects, with their past: groups and assignments are worked out from what the directory was some minutes
 * ago, which is what makes a fresh registration wait in the field.
 */
export class Directory {
  #snapshots: Snapshot[]
  /** How far back the service looks. */
  readonly #reachMs: number
  readonly #changes: Changes
  #changedAt = Number.NEGATIVE_INFINITY

  constructor(state: DirectoryState, reachMs: number, changes: Changes) {
    this.#changes = changes
    this.#snapshots = [{ at: Number.NEGATIVE_INFINITY, state }]
    this.#reachMs = reachMs
  }

  get now(): DirectoryState {
    return this.#snapshots.at(-1)!.state
  }

  /** The state at a moment, changes of that moment included. */
  at(time: number): DirectoryState {
    return (this.#snapshots.findLast((snapshot) => snapshot.at <= time) ?? this.#snapshots[0]!).state
  }

  /** @param time Unix milliseconds, not before the last change. */
  change(time: number, edit: (state: DirectoryState) => Partial<DirectoryState>): void {
    const last = this.#snapshots.at(-1)!
    if (time < this.#changedAt) throw new RangeError('a directory does not change in the past')
    this.#changedAt = time
    this.#changes.note()
    const state = { ...last.state, ...edit(last.state) }
    if (time < last.at + RESOLUTION_MS) {
      last.state = state
      return
    }
    this.#snapshots.push({ at: time, state })
    const needed = this.#snapshots.findLastIndex(({ at }) => at <= time - this.#reachMs)
    if (needed > 0) this.#snapshots.splice(0, needed)
  }

  keep = (): KeptDirectory => ({ changedAt: this.#changedAt, past: keepPast(this.#snapshots) })

  restore({ changedAt, past }: KeptDirectory): void {
    this.#changedAt = changedAt
    this.#snapshots = restorePast(past)
  }
}
