import type { KnownSpec } from './story.ts'

/**
 * File and line of a fact by its path in the RunSpec: of its nearest parent where it has no own. A list that the scenario's file
 * states (`tenant.apps`) takes the place of the one in the device's or the tenant's file.
 */
export function placeIn({ places = {} }: KnownSpec, fact: string): string | undefined {
  // The scenario's file comes first.
  const found = Object.entries(places).flatMap(([file, lines]) => {
    for (let path = fact; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
      const line = lines[path]
      if (line !== undefined) return [{ path, place: `${file}:${line}` }]
    }
    return []
  })
  const stated = found.find(({ path }) => path === fact || /^\.\d/.test(fact.slice(path.length)))
  const longest = found.reduce<(typeof found)[number] | undefined>(
    (best, one) => (best && best.path.length >= one.path.length ? best : one),
    undefined,
  )
  return (stated ?? longest)?.place
}
