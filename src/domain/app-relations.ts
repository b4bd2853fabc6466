import type { AppDependency, AppSupersedence } from './tenant-apps.ts'

/** What of an app says which others it has to do with. */
export interface RelatedApp {
  id: string
  dependsOn?: readonly AppDependency[] | undefined
  supersedes?: readonly AppSupersedence[] | undefined
}

export type Relation = 'dependsOn' | 'supersedes'

const namesIn = (app: RelatedApp | undefined, relation: Relation): string[] =>
  (app?.[relation] ?? []).map((one) => one.app)

/** Ids of a circle, its first one again at the end; undefined where there is none. */
export function circleOf(apps: readonly RelatedApp[], relation: Relation): string[] | undefined {
  const byId = new Map(apps.map((app) => [app.id, app]))
  const settled = new Set<string>()
  const walk = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id]
    if (settled.has(id)) return undefined
    for (const next of namesIn(byId.get(id), relation)) {
      const found = walk(next, [...path, id])
      if (found) return found
    }
    settled.add(id)
    return undefined
  }
  for (const { id } of apps) {
    const found = walk(id, [])
    if (found) return found
  }
  return undefined
}

/** Ids of all that an app leads to, in the order in which they are met; the app itself is not one of them. */
export function relatedTo(byId: ReadonlyMap<string, RelatedApp>, id: string, relation: Relation): string[] {
  const met = new Set<string>()
  const walk = (from: string): void => {
    for (const next of namesIn(byId.get(from), relation)) {
      if (next === id || met.has(next)) continue
      met.add(next)
      walk(next)
    }
  }
  walk(id)
  return [...met]
}

/** Ids of the apps that are connected to one by a relation, in either direction, with itself: what the service counts. */
export function connectedTo(apps: readonly RelatedApp[], id: string, relation: Relation): ReadonlySet<string> {
  const neighbours = new Map<string, Set<string>>()
  const connect = (one: string, other: string): void =>
    void (neighbours.get(one) ?? neighbours.set(one, new Set()).get(one)!).add(other)
  for (const app of apps) {
    for (const other of namesIn(app, relation)) {
      connect(app.id, other)
      connect(other, app.id)
    }
  }
  const met = new Set([id])
  for (const one of met) for (const other of neighbours.get(one) ?? []) met.add(other)
  return met
}
