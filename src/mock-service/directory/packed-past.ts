import type { Snapshot } from './directory-part.ts'
import type { DirectoryState } from './state.ts'

/**
 * The directory's past for a file. The oldest state is kept whole; of each later one only what is different in it, so that
 * twenty minutes of changes to a large school take no more than the school and the changes.
 */
export type PackedPast = { at: number; changes: PackedChanges }[]

/** What is not named is as it was before. */
type PackedChanges = { [Name in CollectionName]?: CollectionChange<DirectoryState[Name]> } & {
  branding?: DirectoryState['branding']
}

/** First entries are taken out, then others are set: so the order of a map comes back too. */
interface CollectionChange<Collection> {
  removed: string[]
  set: Collection
}

type CollectionName = Exclude<keyof DirectoryState, 'branding'>

const COLLECTIONS = Object.keys({
  devices: 0,
  groups: 0,
  profiles: 0,
  statusPages: 0,
  apps: 0,
  users: 0,
} satisfies Record<CollectionName, 0>) as CollectionName[]

type AnyMap = ReadonlyMap<string, unknown>
type AnyChanges = Record<string, CollectionChange<AnyMap> | undefined>

const NONE: AnyMap = new Map()

export function packPast(snapshots: readonly Snapshot[]): PackedPast {
  let before: DirectoryState | undefined
  return snapshots.map(({ at, state }) => {
    const changes: AnyChanges = {}
    for (const name of COLLECTIONS) {
      const change = changeOf(before?.[name] ?? NONE, state[name])
      if (change) changes[name] = change
    }
    const branding = state.branding === before?.branding ? {} : { branding: state.branding }
    before = state
    return { at, changes: { ...changes, ...branding } as PackedChanges }
  })
}

export function unpackPast(past: PackedPast): Snapshot[] {
  let state: Record<string, unknown> = Object.fromEntries(COLLECTIONS.map((name) => [name, NONE]))
  return past.map(({ at, changes: { branding = state.branding, ...changes } }) => {
    state = { ...state, branding }
    for (const name of COLLECTIONS) {
      const change = (changes as AnyChanges)[name]
      if (!change) continue
      const map = new Map(state[name] as AnyMap)
      for (const key of change.removed) map.delete(key)
      for (const [key, value] of change.set) map.set(key, value)
      state[name] = map
    }
    return { at, state: state as unknown as DirectoryState }
  })
}

/** Nothing when both are alike: same entries in the same order. */
function changeOf(before: AnyMap, after: AnyMap): CollectionChange<AnyMap> | undefined {
  if (before === after) return undefined
  const removed = [...before.keys()].filter((key) => !after.has(key))
  const set = new Map([...after].filter(([key, value]) => before.get(key) !== value || !before.has(key)))
  const left = [...before.keys()].filter((key) => after.has(key))
  const added = [...set.keys()].filter((key) => !before.has(key))
  const order = [...left, ...added]
  const isInOrder = [...after.keys()].every((key, index) => key === order[index])
  // An entry that was taken out and put in again comes last.
  if (!isInOrder) return { removed: [...before.keys()], set: after }
  return removed.length > 0 || set.size > 0 ? { removed, set } : undefined
}
