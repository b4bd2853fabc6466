import { parseMembershipRule } from '../../protocols/membership-rule/parse.ts'
import type { DirectoryState, Group } from './state.ts'

interface Snapshot {
  /** Unix milliseconds. */
  at: number
  state: DirectoryState
}

/** Rules are kept as they were written: read, they are programs. */
export interface KeptDirectory {
  changedAt: number
  past: { at: number; state: Omit<DirectoryState, 'groups'>; groups: ReadonlyMap<string, KeptGroup> }[]
}

type KeptGroup = Omit<Group, 'membership'> & { rule: string | undefined }

/** What happens within a second of the last change is one change with it: a script of a thousand calls leaves no thousand states. */
const RESOLUTION_MS = 1_000

/**
 * The tenant's objects, with their past: groups and assignments are worked out from what the directory was some minutes
 * ago, which is what makes a fresh registration wait in the field.
 */
export class Directory {
  #snapshots: Snapshot[]
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

  keep(): KeptDirectory {
    const keepGroups = oncePerMap(
      ({ membership, ...group }: Group): KeptGroup => ({ ...group, rule: membership?.text }),
    )
    const past = this.#snapshots.map(({ at, state: { groups, ...state } }) => ({
      at,
      state,
      groups: keepGroups(groups),
    }))
    return { changedAt: this.#changedAt, past }
  }

  restore({ changedAt, past }: KeptDirectory): void {
    const restoreGroups = oncePerMap(
      ({ rule, ...group }: KeptGroup): Group => ({
        ...group,
        membership: rule === undefined ? null : { text: rule, rule: parseMembershipRule(rule) },
      }),
    )
    this.#changedAt = changedAt
    this.#snapshots = past.map(({ at, state, groups }) => ({ at, state: { ...state, groups: restoreGroups(groups) } }))
  }
}

/** States of different times share what did not change between them. */
function oncePerMap<From, To>(convert: (value: From) => To) {
  const known = new Map<ReadonlyMap<string, From>, ReadonlyMap<string, To>>()
  return (map: ReadonlyMap<string, From>): ReadonlyMap<string, To> => {
    const made = known.get(map) ?? new Map([...map].map(([id, value]) => [id, convert(value)] as const))
    known.set(map, made)
    return made
  }
}
