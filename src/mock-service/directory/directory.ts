import type { DirectoryState } from './state.ts'

interface Snapshot {
  /** Unix milliseconds. */
  at: number
  state: DirectoryState
}

/** What happens within a second of the last change is one change with it: a script of a thousand calls leaves no thousand states. */
const RESOLUTION_MS = 1_000

/**
 * The tenant's objects, with their past: groups and assignments are worked out from what the directory was some minutes
 * ago, which is what makes a fresh registration wait in the field.
 */
export class Directory {
  readonly #snapshots: Snapshot[]
  /** How far back anybody looks. */
  readonly #reachMs: number
  #changedAt = Number.NEGATIVE_INFINITY

  constructor(state: DirectoryState, reachMs: number) {
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
    const state = { ...last.state, ...edit(last.state) }
    if (time < last.at + RESOLUTION_MS) {
      last.state = state
      return
    }
    this.#snapshots.push({ at: time, state })
    const needed = this.#snapshots.findLastIndex(({ at }) => at <= time - this.#reachMs)
    if (needed > 0) this.#snapshots.splice(0, needed)
  }
}
