import { parseMembershipRule } from '../../protocols/membership-rule/parse.ts'
import type { DirectoryState, Group } from './state.ts'

/** The directory at a moment. */
export interface Snapshot {
  /** Unix milliseconds. */
  at: number
  state: DirectoryState
}

/** Rules are kept as they were written: read, they are programs. */
type KeptGroup = Omit<Group, 'membership'> & { rule: string | undefined }

type Kept<Collection> = Collection extends ReadonlyMap<string, Group> ? ReadonlyMap<string, KeptGroup> : Collection

/**
 * The directory's past. The oldest state is kept whole; of each later one only what is different in it, so that twenty minutes of
 * changes to a large school take no more than the school and the changes.
 */
export interface KeptDirectory {
  changedAt: number
  past: { at: number; changes: KeptChanges }[]
}

/** What is not named is as it was before. */
type KeptChanges = { [Name in CollectionName]?: CollectionChange<Kept<DirectoryState[Name]>> } & {
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

export function keepPast(snapshots: readonly Snapshot[]): KeptDirectory['past'] {
  const keepGroup = once(({ membership, ...group }: Group): KeptGroup => ({ ...group, rule: membership?.text }))
  let before: DirectoryState | undefined
  return snapshots.map(({ at, state }) => {
    const changes: AnyChanges = {}
    for (const name of COLLECTIONS) {
      const change = changeOf(before?.[name] ?? NONE, state[name])
      if (change) changes[name] = name === 'groups' ? withValues(change, keepGroup) : change
    }
    const branding = state.branding === before?.branding ? {} : { branding: state.branding }
    before = state
    return { at, changes: { ...changes, ...branding } as KeptChanges }
  })
}

export function restorePast(past: KeptDirectory['past']): Snapshot[] {
  const restoreGroup = once(
    ({ rule, ...group }: KeptGroup): Group => ({
      ...group,
      membership: rule === undefined ? null : { text: rule, rule: parseMembershipRule(rule) },
    }),
  )
  let state: Record<string, unknown> = Object.fromEntries(COLLECTIONS.map((name) => [name, NONE]))
  return past.map(({ at, changes: { branding = state.branding, ...changes } }) => {
    state = { ...state, branding }
    for (const name of COLLECTIONS) {
      const change = (changes as AnyChanges)[name]
      if (!change) continue
      const map = new Map(state[name] as AnyMap)
      for (const key of change.removed) map.delete(key)
      const { set } = name === 'groups' ? withValues(change, restoreGroup) : change
      for (const [key, value] of set) map.set(key, value)
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

const withValues = <From>(change: CollectionChange<AnyMap>, convert: (value: From) => unknown) => ({
  ...change,
  set: new Map([...change.set].map(([key, value]) => [key, convert(value as From)])),
})

/** One group of several states stays one. */
function once<From extends object, To>(convert: (value: From) => To): (value: From) => To {
  const known = new Map<From, To>()
  return (value) => {
    const made = known.get(value) ?? convert(value)
    known.set(value, made)
    return made
  }
}
